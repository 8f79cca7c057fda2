//! The entries behind generated incidents, as an export and as the journal of a machine, and how long journalctl and ripgrep
//! search them.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

use crate::reader::files;
use crate::side::set::JOURNAL_REMOTE;
use crate::side::tools::which;
use crate::years;

/// The entries of some incidents.
#[derive(Clone, Debug)]
pub struct Behind {
    /// How many incidents they are of.
    pub incidents: u64,
    /// How many they are.
    pub entries: u64,
    /// Where they lie as an export.
    pub export: PathBuf,
    /// The directory with them as journal files; none where systemd-journal-remote is missing.
    pub journal: Option<PathBuf>,
}

impl Behind {
    /// Writes the entries of the first incidents of a seed into a folder, in the order of time.
    ///
    /// # Errors
    /// The disk is full, or systemd-journal-remote fails.
    pub fn make(folder: &Path, seed: u64, incidents: u64) -> anyhow::Result<Self> {
        fs::create_dir_all(folder)?;
        let export = folder.join("entries.export");
        let mut order: Vec<_> =
            (0..incidents).map(|n| (years::incident(seed, n).first.realtime, n)).collect();
        order.sort_unstable();
        let mut out = Counted { out: BufWriter::with_capacity(1 << 20, File::create(&export)?), records: 0 };
        for (_, n) in order {
            years::entries::write(&mut out, &years::incident(seed, n))?;
        }
        out.flush()?;
        let entries = out.records;
        let journal = Path::new(JOURNAL_REMOTE).is_file().then(|| import(&export, &folder.join("journal")));
        Ok(Self { incidents, entries, export, journal: journal.transpose()? })
    }

    /// The bytes of the export, and of the journal files.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn bytes(&self) -> anyhow::Result<(u64, Option<u64>)> {
        let mut journal = None;
        for file in self.journal.iter().flat_map(|folder| files(folder)).flatten() {
            journal = Some(journal.unwrap_or_default() + fs::metadata(file)?.len());
        }
        Ok((fs::metadata(&self.export)?.len(), journal))
    }

    /// Asks journalctl for messages, of those entries that these arguments choose; none where it or the journal is missing.
    pub fn journalctl(&self, pattern: &str, args: &[&str]) -> Option<Command> {
        let mut command = Command::new(which("journalctl")?);
        command.args(["-q", "--no-pager", "-o", "cat", "-D"]).arg(self.journal.as_ref()?);
        command.args(["-g", pattern]).args(args);
        Some(command)
    }

    /// Asks ripgrep for lines of the export; none where it is missing.
    pub fn rg(&self, pattern: &str) -> Option<Command> {
        let mut command = Command::new(which("rg")?);
        command.args(["-a", "-c", pattern]).arg(&self.export);
        Some(command)
    }
}

fn import(export: &Path, folder: &Path) -> anyhow::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let mut remote = Command::new(JOURNAL_REMOTE);
    remote.arg("-o").arg(folder.join("system.journal")).arg("-");
    let remote = remote.stdin(File::open(export)?).stdout(Stdio::null()).stderr(Stdio::null());
    let status = remote.status().context("cannot run systemd-journal-remote")?;
    ensure!(status.success(), "systemd-journal-remote failed ({status}): is the disk full?");
    Ok(folder.to_owned())
}

/// Counts records: each ends with an empty line.
struct Counted<W> {
    out: W,
    records: u64,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.out.write_all(bytes)?;
        self.records += u64::from(bytes.ends_with(b"\n\n"));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}
