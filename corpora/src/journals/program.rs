//! Programs that make or read journals.

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

use super::MakeError;

/// Where systemd keeps the programs that are not for hands.
const FOLDERS: [&str; 2] = ["/usr/lib/systemd", "/lib/systemd"];

/// One of systemd's own programs.
pub(super) fn of_systemd(name: &str) -> Result<PathBuf, MakeError> {
    FOLDERS
        .into_iter()
        .map(|folder| Path::new(folder).join(name))
        .find(|path| path.exists())
        .ok_or_else(|| MakeError::Missing(format!("{name} is not installed")))
}

/// Runs a program with `input` as its stdin.
pub(super) fn run(name: &'static str, command: &mut Command, input: &[u8]) -> Result<Output, MakeError> {
    let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = match spawned {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(MakeError::Missing(format!("{name} is not installed")));
        }
        spawned => spawned?,
    };
    let stdin = child.stdin.take();
    let (fed, output) = thread::scope(|scope| {
        // A program that ends before it has read all says why by itself.
        let fed = scope.spawn(move || stdin.map_or(Ok(()), |mut stdin| stdin.write_all(input)));
        (fed.join(), child.wait_with_output())
    });
    drop(fed);
    Ok(output?)
}

/// The same, where a failure is one.
pub(super) fn run_well(
    name: &'static str,
    command: &mut Command,
    input: &[u8],
) -> Result<Vec<u8>, MakeError> {
    let output = run(name, command, input)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(MakeError::Failed { program: name, said })
}
