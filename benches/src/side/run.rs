//! Runs a process, with its time and its memory.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

use super::contest::Contestant;

/// GNU time (Debian package time): it tells the peak of a process's memory.
const GNU_TIME: &str = "/usr/bin/time";

/// One run.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// From start to end, on the wall.
    pub wall: Duration,
    /// The peak of its resident memory, in KiB; none where GNU time is missing.
    pub peak_kb: Option<u64>,
    /// How many lines it printed.
    pub lines: u64,
}

/// Whether the peak of memory can be told here.
pub fn tells_memory() -> bool {
    Path::new(GNU_TIME).is_file()
}

/// Runs a contestant to its end and reads all that it prints.
///
/// # Errors
/// When it cannot be started, or fails. Status 1 is no failure: searches mean by it that they found nothing.
pub fn run(contestant: &Contestant, folder: &Path) -> anyhow::Result<Run> {
    let report = folder.join("peak");
    let mut command = if tells_memory() {
        let mut command = Command::new(GNU_TIME);
        command.arg("-q").arg("-f").arg("%M").arg("-o").arg(&report).arg(&contestant.program);
        command
    } else {
        Command::new(&contestant.program)
    };
    command.args(&contestant.arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let start = Instant::now();
    let mut child =
        command.spawn().with_context(|| format!("cannot start {}", contestant.program.display()))?;
    let mut stdout = child.stdout.take().context("stdout is missing")?;
    let lines = count_lines(&mut stdout)?;
    let status = child.wait()?;
    let wall = start.elapsed();
    ensure!(matches!(status.code(), Some(0 | 1)), "{} failed: {status}", contestant.name);
    let told = if tells_memory() { std::fs::read_to_string(&report)? } else { String::new() };
    Ok(Run { wall, peak_kb: told.trim().parse().ok(), lines })
}

fn count_lines(stdout: &mut impl Read) -> anyhow::Result<u64> {
    let mut buffer = vec![0; 1 << 20];
    let mut lines = 0;
    loop {
        let length = stdout.read(&mut buffer)?;
        let Some(read) = buffer.get(..length).filter(|read| !read.is_empty()) else { return Ok(lines) };
        lines += read.iter().map(|&byte| u64::from(byte == b'\n')).sum::<u64>();
    }
}
