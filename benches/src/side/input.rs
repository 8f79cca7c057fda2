//! What the tools read: one generated journal, as export and as journal files.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

use crate::generator::generate;

/// Where Debian's package systemd-journal-remote has it.
const JOURNAL_REMOTE: &str = "/lib/systemd/systemd-journal-remote";

/// The generated files.
#[derive(Clone, Debug)]
pub struct Input {
    /// The export.
    pub export: PathBuf,
    /// Its size in bytes.
    pub export_bytes: u64,
    /// The journal files, as a pattern for `journalctl --file`: there is a file for each 128 MiB. None where they
    /// cannot be made here.
    pub journal: Option<OsString>,
    /// Their size in bytes.
    pub journal_bytes: u64,
}

impl Input {
    /// Generates it into a folder.
    ///
    /// # Errors
    /// When writing fails, or systemd-journal-remote does.
    pub fn make(folder: &Path, entries: u64, seed: u64) -> anyhow::Result<Self> {
        let export = folder.join("x.export");
        let file = File::create(&export).with_context(|| format!("cannot write {}", export.display()))?;
        generate(file, entries, seed).context("cannot generate a journal: is the disk full?")?;
        let export_bytes = fs::metadata(&export)?.len();
        let mut input = Self { export, export_bytes, journal: None, journal_bytes: 0 };
        if Path::new(JOURNAL_REMOTE).is_file() {
            input.import(folder)?;
        }
        Ok(input)
    }

    fn import(&mut self, folder: &Path) -> anyhow::Result<()> {
        let journals = folder.join("journals");
        fs::create_dir(&journals)?;
        let status = Command::new(JOURNAL_REMOTE)
            .arg("-o")
            .arg(journals.join("x.journal"))
            .arg(&self.export)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .context("cannot run systemd-journal-remote")?;
        ensure!(status.success(), "systemd-journal-remote failed: {status}");
        for entry in fs::read_dir(&journals)? {
            self.journal_bytes += entry?.metadata()?.len();
        }
        self.journal = Some(journals.join("*.journal").into_os_string());
        Ok(())
    }
}
