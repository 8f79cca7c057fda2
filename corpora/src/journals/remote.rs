//! Journals that systemd-journal-remote writes.

use std::io::{Error, ErrorKind, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};

use super::{MakeError, program};

/// Whether offsets have 32 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Compact {
    Yes,
    No,
}

/// Whether hashes are keyed by the file's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Keyed {
    Yes,
    No,
}

/// Writes the journal `to` (its name has to end in `.journal`) from an export, and appends where it is there already.
///
/// Where a file has been filled, by size or by a full hash table, it stands beside `to` under a name with an `@`.
///
/// # Errors
/// systemd-journal-remote is missing or fails.
pub fn remote(to: &Path, export: &[u8], compact: Compact, keyed: Keyed) -> Result<(), MakeError> {
    let mut command = command(to, compact, keyed)?;
    program::run_well("systemd-journal-remote", &mut command, export).map(drop)
}

fn command(to: &Path, compact: Compact, keyed: Keyed) -> Result<Command, MakeError> {
    let flag = |yes| if yes { "1" } else { "0" };
    let mut command = Command::new(program::of_systemd("systemd-journal-remote")?);
    command
        .env("SYSTEMD_JOURNAL_COMPACT", flag(compact == Compact::Yes))
        .env("SYSTEMD_JOURNAL_KEYED_HASH", flag(keyed == Keyed::Yes))
        .arg("-o")
        .arg(to)
        .arg("-");
    Ok(command)
}

/// A systemd-journal-remote that writes entries as it is given them. It is killed when it goes out of scope.
#[derive(Debug)]
pub struct Remote {
    child: Child,
    input: Option<ChildStdin>,
}

impl Remote {
    /// Begins to write the journal `to` (its name has to end in `.journal`), and appends where it is there already.
    ///
    /// # Errors
    /// systemd-journal-remote is missing or cannot be started.
    pub fn start(to: &Path) -> Result<Self, MakeError> {
        let mut command = command(to, Compact::Yes, Keyed::Yes)?;
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        Ok(Self { input: child.stdin.take(), child })
    }

    /// Stores an entry, or more of them: in the export format.
    ///
    /// # Errors
    /// It has ended.
    pub fn write(&mut self, export: &[u8]) -> Result<(), MakeError> {
        let input = self.input.as_mut().ok_or(Error::from(ErrorKind::BrokenPipe))?;
        input.write_all(export)?;
        Ok(())
    }

    /// Ends it when all is stored.
    ///
    /// # Errors
    /// It failed.
    pub fn end(mut self) -> Result<(), MakeError> {
        drop(self.input.take());
        let status = self.child.wait()?;
        let failed = || MakeError::Failed { program: "systemd-journal-remote", said: status.to_string() };
        if status.success() { Ok(()) } else { Err(failed()) }
    }
}

impl Drop for Remote {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
