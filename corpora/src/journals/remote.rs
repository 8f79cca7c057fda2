//! Journals that systemd-journal-remote writes.

use std::path::Path;
use std::process::Command;

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
    let flag = |yes| if yes { "1" } else { "0" };
    let mut command = Command::new(program::of_systemd("systemd-journal-remote")?);
    command
        .env("SYSTEMD_JOURNAL_COMPACT", flag(compact == Compact::Yes))
        .env("SYSTEMD_JOURNAL_KEYED_HASH", flag(keyed == Keyed::Yes))
        .arg("-o")
        .arg(to)
        .arg("-");
    program::run_well("systemd-journal-remote", &mut command, export).map(drop)
}
