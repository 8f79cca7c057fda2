//! What journalctl says of journal files.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output};

use super::entry::{Placed, read_export};
use super::{MakeError, program};

/// What journalctl prints of one file, or of a directory of them.
///
/// # Errors
/// journalctl is missing, or cannot be started. What it refuses to read is no error: then nothing is printed.
pub fn journalctl<A: AsRef<OsStr>>(
    path: &Path,
    args: impl IntoIterator<Item = A>,
) -> Result<Vec<u8>, MakeError> {
    Ok(call(path, args)?.stdout)
}

/// The entries that journalctl reads, by `-o export`.
///
/// # Errors
/// As [`journalctl`], or what it printed makes no sense.
pub fn entries(path: &Path) -> Result<Vec<Placed>, MakeError> {
    let output = call(path, ["-o", "export"])?;
    read_export(&output.stdout)
        .ok_or_else(|| MakeError::Failed { program: "journalctl", said: "no export format".to_owned() })
}

/// Checks a file with `journalctl --verify`. None where it is sound, else what was said.
///
/// # Errors
/// As [`journalctl`].
pub fn verify(path: &Path, key: Option<&str>) -> Result<Option<String>, MakeError> {
    let key = key.map(|key| format!("--verify-key={key}"));
    let output = call(path, ["--verify".to_owned()].into_iter().chain(key))?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Ok((!output.status.success() || said.contains("FAIL")).then_some(said))
}

/// The version of the installed systemd.
///
/// # Errors
/// journalctl is missing.
pub fn version() -> Result<u32, MakeError> {
    let output = program::run_well("journalctl", Command::new("journalctl").arg("--version"), b"")?;
    let said = String::from_utf8_lossy(&output).into_owned();
    said.split_whitespace()
        .nth(1)
        .and_then(|word| word.split(|char: char| !char.is_ascii_digit()).next()?.parse().ok())
        .ok_or(MakeError::Failed { program: "journalctl", said })
}

fn call<A: AsRef<OsStr>>(path: &Path, args: impl IntoIterator<Item = A>) -> Result<Output, MakeError> {
    let by = if path.is_dir() { "-D" } else { "--file" };
    let mut command = Command::new("journalctl");
    // Times as they would be anywhere.
    command.args(["-q", "--no-pager"]).env("TZ", "UTC").env("LC_ALL", "C");
    program::run("journalctl", command.arg(by).arg(path).args(args), b"")
}
