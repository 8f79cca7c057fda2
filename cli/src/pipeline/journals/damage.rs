//! What is wrong with a journal file, in words.

use std::fmt;
use std::path::PathBuf;

use nwlog_journal::Damage;

use crate::errors::hinted;
use crate::output::amount;

/// A damaged file. Shown as a sentence.
#[derive(Clone, Debug)]
pub struct Damaged {
    /// Where it lies.
    pub path: PathBuf,
    /// What is wrong with it.
    pub damage: Damage,
}

impl Damaged {
    /// As an error: the rest of the file was read.
    pub fn told(&self) -> anyhow::Error {
        hinted(anyhow::anyhow!("{self}"), "all that can still be read was read")
    }
}

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Damage { entries, missing, values, refused, passed, cut, lost, .. } = self.damage;
        write!(f, "{} is damaged: ", self.path.display())?;
        let mut parts = Vec::new();
        // Of a file whose entries were taken from its lists nobody has counted them.
        if entries + missing + refused > 0 {
            parts.push(format!("{} were read", amount::count(entries, "entry")));
        }
        for (count, what) in
            [(missing, "missing by the file's own count"), (refused, "that cannot be believed")]
        {
            if count > 0 {
                parts.push(format!("{} {what}", amount::count(count, "entry")));
            }
        }
        if values > 0 {
            parts.push(format!("{} missing", amount::count(values, "field value")));
        }
        for (bytes, what) in
            [(cut, "cut off"), (passed, "make no sense"), (lost, "could not be read from the disk")]
        {
            if bytes > 0 {
                parts.push(format!("{} {what}", amount::count(bytes, "byte")));
            }
        }
        f.write_str(&parts.join(", "))
    }
}
