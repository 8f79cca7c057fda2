//! What is read: a generated journal, as the files that a machine would have.

use std::fmt;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};
use clap::ValueEnum;
use nwlog_journal::JournalFile;

use crate::generator::{Failures, generate};
use crate::reader::files;

/// Where Debian's package systemd-journal-remote has it.
pub(crate) const JOURNAL_REMOTE: &str = "/lib/systemd/systemd-journal-remote";

/// How the journal is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Journal files as systemd wrote them up to version 251, and still does where it is told to
    Plain,
    /// Journal files with 32-bit offsets, as systemd writes them since version 252
    Compact,
    /// One file in the journal export format
    Export,
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Plain => "plain",
            Self::Compact => "compact",
            Self::Export => "export",
        })
    }
}

/// What is generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The same seed gives the same journal.
    pub seed: u64,
    /// How often something fails in it.
    pub failures: Failures,
}

/// A journal in one form.
#[derive(Clone, Debug)]
pub struct Set {
    /// Its form.
    pub form: Form,
    /// The directory of its journal files, or the export.
    pub path: PathBuf,
    /// How many entries it has; none where it is an export that was found and not made.
    pub entries: Option<u64>,
    /// How many files it is.
    pub files: usize,
    /// Their size in bytes.
    pub bytes: u64,
}

impl Set {
    /// Takes the set of a form that lies in a folder, or makes it there.
    ///
    /// # Errors
    /// systemd-journal-remote is missing or fails, or the disk is full.
    pub fn in_folder(folder: &Path, form: Form, entries: u64, source: Source) -> anyhow::Result<Self> {
        let name = if form == Form::Export { "x.export".to_owned() } else { form.to_string() };
        let path = folder.join(name);
        if path.exists() {
            return Self::read(path, form, None);
        }
        // Under its name there is only what was made to its end.
        let part = path.with_extension("part");
        match form {
            Form::Export => generate(File::create(&part)?, entries, source.seed, source.failures)?,
            Form::Plain | Form::Compact => import(&part, form, entries, source)?,
        }
        fs::rename(&part, &path)?;
        Self::read(path, form, Some(entries))
    }

    fn read(path: PathBuf, form: Form, made: Option<u64>) -> anyhow::Result<Self> {
        if form == Form::Export {
            let bytes = fs::metadata(&path)?.len();
            return Ok(Self { form, path, entries: made, files: 1, bytes });
        }
        let files = files(&path)?;
        let (mut entries, mut bytes) = (0, 0);
        for file in &files {
            bytes += fs::metadata(file)?.len();
            let opened =
                JournalFile::open(file).with_context(|| format!("cannot open {}", file.display()))?;
            entries += opened.header().n_entries;
        }
        Ok(Self { form, path, entries: Some(entries), files: files.len(), bytes })
    }
}

/// Generates a journal into systemd-journal-remote, which cuts it into files of at most 128 MiB.
fn import(folder: &Path, form: Form, entries: u64, source: Source) -> anyhow::Result<()> {
    if !Path::new(JOURNAL_REMOTE).is_file() {
        bail!("{JOURNAL_REMOTE} is missing (Debian package systemd-journal-remote)");
    }
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let mut remote = Command::new(JOURNAL_REMOTE)
        .env("SYSTEMD_JOURNAL_COMPACT", if form == Form::Compact { "1" } else { "0" })
        .arg("-o")
        .arg(folder.join("system.journal"))
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("cannot run systemd-journal-remote")?;
    let input = remote.stdin.take().context("systemd-journal-remote has no input")?;
    let written = generate(input, entries, source.seed, source.failures);
    let status = remote.wait()?;
    ensure!(status.success(), "systemd-journal-remote failed ({status}): is the disk full?");
    Ok(written?)
}
