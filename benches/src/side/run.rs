//! Runs a process, with its time and its memory.

use std::io::Read;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};

use super::contest::Contestant;
use super::watch::{self, Memory};

/// How much is read of a pipe at once, in bytes.
const BLOCK: usize = 1 << 20;

/// How much of the first line is kept, in bytes.
const MAX_FIRST: usize = 200;

/// One run.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// From start to end, on the wall.
    pub wall: Duration,
    /// On all processors together, in whole ticks (10 ms).
    pub processor: Duration,
    /// The most memory it had.
    pub memory: Memory,
}

/// What a process has printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// How many lines.
    pub lines: u64,
    /// How many bytes.
    pub bytes: u64,
    /// The first line, cut where it is long.
    pub first: String,
}

/// Runs a contestant to its end, and reads what it prints.
///
/// # Errors
/// When it cannot be started, or fails. Status 1 is no failure: searches mean by it that they found nothing.
pub fn reading(contestant: &Contestant) -> anyhow::Result<(Run, Printed)> {
    run(contestant, Stdio::piped())
}

/// Runs a contestant to its end, with nobody to read what it prints.
///
/// # Errors
/// As [`reading`].
pub fn deaf(contestant: &Contestant) -> anyhow::Result<Run> {
    run(contestant, Stdio::null()).map(|(run, _)| run)
}

fn run(contestant: &Contestant, stdout: Stdio) -> anyhow::Result<(Run, Printed)> {
    let mut command = Command::new(&contestant.program);
    command.args(&contestant.arguments).stdin(Stdio::null()).stdout(stdout).stderr(Stdio::null());
    let start = Instant::now();
    let mut child =
        command.spawn().with_context(|| format!("cannot start {}", contestant.program.display()))?;
    let pid = child.id();
    let ended = AtomicBool::new(false);
    let (wall, memory, printed) = thread::scope(|threads| {
        let memory = threads.spawn(|| watch::memory(pid, &ended));
        let printed =
            child.stdout.take().map(|mut pipe| take(&mut pipe)).unwrap_or_else(|| Ok(Printed::default()));
        let waited = wait(pid);
        let wall = start.elapsed();
        ended.store(true, Ordering::Relaxed);
        waited?;
        anyhow::Ok((wall, memory.join().unwrap_or_default(), printed?))
    })?;
    let processor = watch::processor_time(pid);
    let status = child.wait()?;
    ensure!(matches!(status.code(), Some(0 | 1)), "{status}");
    Ok((Run { wall, processor, memory }, printed))
}

/// Waits until a process has ended, and leaves what /proc tells of it.
fn wait(pid: u32) -> anyhow::Result<()> {
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw).context("a process has no id")?;
    waitid(WaitId::Pid(pid), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT)?;
    Ok(())
}

fn take(pipe: &mut impl Read) -> anyhow::Result<Printed> {
    let mut buffer = vec![0; BLOCK];
    let mut printed = Printed::default();
    let mut first = Vec::new();
    loop {
        let length = pipe.read(&mut buffer)?;
        let Some(read) = buffer.get(..length).filter(|read| !read.is_empty()) else { break };
        if printed.lines == 0 && first.len() < MAX_FIRST {
            first.extend(read.iter().take_while(|&&byte| byte != b'\n').take(MAX_FIRST - first.len()));
        }
        printed.bytes += length as u64;
        printed.lines += memchr::memchr_iter(b'\n', read).count() as u64;
    }
    printed.first = String::from_utf8_lossy(&first).into_owned();
    Ok(printed)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Contestant {
        Contestant::new("sh", "sh".as_ref(), ["-c", script])
    }

    #[test]
    fn tells_what_was_printed() {
        let (run, printed) = reading(&shell("echo 3 entries; echo more")).unwrap();
        assert_eq!(printed, Printed { lines: 2, bytes: 15, first: "3 entries".to_owned() });
        assert!(run.wall > Duration::ZERO);
    }

    #[test]
    fn a_search_without_a_hit_has_not_failed() {
        for (status, fails) in [(0, false), (1, false), (2, true), (127, true)] {
            assert_eq!(deaf(&shell(&format!("exit {status}"))).is_err(), fails, "{status}");
        }
        assert!(deaf(&shell("kill -9 $$")).is_err());
    }
}
