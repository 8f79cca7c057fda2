//! Readers of journal files, all asked for the same: the entries, and what five of their fields take.

pub mod memmem;
pub mod nwlog;
pub mod sdjournal;

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, ensure};

/// The fields that are asked for, as their payloads begin.
pub const FIELDS: [&[u8]; 5] = [b"MESSAGE=", b"PRIORITY=", b"_PID=", b"_SYSTEMD_UNIT=", b"UNIT="];

/// What a reader has found. Two that read the same files and do not agree are not to be compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many entries there are.
    pub entries: u64,
    /// How many bytes the fields take, each as `NAME=value`.
    pub bytes: u64,
}

impl std::ops::Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { entries: self.entries + other.entries, bytes: self.bytes + other.bytes }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} entries, {} bytes", self.entries, self.bytes)
    }
}

impl FromStr for Tally {
    type Err = anyhow::Error;

    fn from_str(said: &str) -> anyhow::Result<Self> {
        let (entries, bytes) = said.trim().split_once(" entries, ").context("no tally")?;
        let bytes = bytes.strip_suffix(" bytes").context("no tally")?;
        Ok(Self { entries: entries.parse()?, bytes: bytes.parse()? })
    }
}

/// Whether a payload is of one of the fields.
#[inline]
fn is_asked(payload: &[u8]) -> bool {
    FIELDS.iter().any(|field| payload.starts_with(field))
}

/// The journal files of a directory, the largest first: then several threads end together.
///
/// # Errors
/// The directory cannot be read, or holds none.
pub fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in folder.read_dir().with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "journal") {
            files.push((std::cmp::Reverse(path.metadata()?.len()), path));
        }
    }
    ensure!(!files.is_empty(), "{} holds no journal files", folder.display());
    files.sort();
    Ok(files.into_iter().map(|(_, path)| path).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_tally_is_read_as_it_is_written() {
        let tally = Tally { entries: 12, bytes: 3456 };
        assert_eq!(tally.to_string().parse::<Tally>().unwrap(), tally);
        for wrong in ["", "12 entries", "12 entries, 4", "x entries, 4 bytes"] {
            assert!(wrong.parse::<Tally>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_field_is_told_by_its_whole_name() {
        let table: [(&[u8], bool); 6] = [
            (b"MESSAGE=", true),
            (b"UNIT=a", true),
            (b"_PID=1", true),
            (b"MESSAGE_ID=1", false),
            (b"_SYSTEMD_USER_UNIT=a", false),
            (b"PRIORITY", false),
        ];
        for (payload, asked) in table {
            assert_eq!(is_asked(payload), asked, "{payload:?}");
        }
    }
}
