//! How soon a kill by this machine's kernel is printed: by `nwlog follow`, `journalctl -f` and `dmesg -w`, all on the same kills.
//!
//! A journald of its own reads the kernel's log. Time is taken from the kernel's own stamp of the record, which is put on this process's
//! clock by the record that could be read soonest after it was stamped.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write, stdout};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::Parser;
use nwlog_corpora::cgroup::Cgroup;
use nwlog_corpora::journals::Journald;
use nwlog_corpora::journals::daemon::Settings;
use nwlog_ingest::source::KernelLog;
use tempfile::TempDir;

/// A kill that nobody tells of in so long is missed.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Debug, Parser)]
#[command(about)]
struct Args {
    /// How many kills
    #[arg(default_value_t = 100)]
    kills: usize,
    /// The nwlog to measure
    #[arg(long, default_value = "target/release/nwlog")]
    nwlog: PathBuf,
}

/// A line, and who printed it when.
struct Line {
    who: &'static str,
    at: Instant,
    text: String,
}

/// A program that prints lines. It is killed when it goes out of scope.
struct Watcher(Child);

impl Watcher {
    fn start(who: &'static str, command: &mut Command, tell: &Sender<Line>) -> anyhow::Result<Self> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {who}"))?;
        let out = child.stdout.take().context("no output")?;
        let tell = tell.clone();
        thread::spawn(move || {
            for text in BufReader::new(out).lines().map_while(Result::ok) {
                let line = Line { who, at: Instant::now(), text };
                if tell.send(line).is_err() {
                    return;
                }
            }
        });
        Ok(Self(child))
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A kill, as the kernel told of it.
struct Killed {
    pid: u32,
    /// In microseconds on the kernel's clock.
    stamp: u64,
    /// When it could be read.
    seen: Instant,
}

/// Reads the kernel's log, as it is written.
fn watch_kernel() -> anyhow::Result<Receiver<Killed>> {
    let mut log = KernelLog::open(Path::new("/dev/kmsg"))?;
    log.skip()?;
    let (tell, kills) = mpsc::channel();
    thread::spawn(move || {
        loop {
            match log.record() {
                Ok(Some(record)) => {
                    let record = String::from_utf8_lossy(record);
                    let seen = Instant::now();
                    let pid = record.split_once("Killed process ").and_then(|(_, rest)| {
                        rest.split_whitespace().next().and_then(|pid| pid.parse().ok())
                    });
                    let stamp = record.split(',').nth(2).and_then(|stamp| stamp.parse().ok());
                    if let (Some(pid), Some(stamp)) = (pid, stamp)
                        && tell.send(Killed { pid, stamp, seen }).is_err()
                    {
                        return;
                    }
                }
                Ok(None) => thread::sleep(Duration::from_micros(500)),
                Err(_) => return,
            }
        }
    });
    Ok(kills)
}

fn main() -> anyhow::Result<()> {
    let Args { kills, nwlog } = Args::parse();
    let kernel = watch_kernel()?;
    let folder = TempDir::new()?;
    let settings = Settings { conf: "ReadKMsg=yes".to_owned(), ..Settings::default() };
    let journald = Journald::start(folder.path(), &settings)?;
    let journals = journald.journals();
    let (tell, lines) = mpsc::channel();
    let follow = || {
        let mut command = Command::new(&nwlog);
        command.args(["follow", "--no-store", "-o", "json", "-D"]).arg(&journals);
        command
    };
    let _watchers = [
        Watcher::start("nwlog follow --kmsg", follow().arg("--kmsg"), &tell)?,
        Watcher::start("nwlog follow", &mut follow(), &tell)?,
        Watcher::start(
            "journalctl -f",
            Command::new("journalctl").args(["-f", "-m", "-o", "cat", "-D"]).arg(&journals),
            &tell,
        )?,
        Watcher::start("dmesg -w", Command::new("dmesg").arg("-w"), &tell)?,
    ];
    let mut kept: Vec<(Killed, BTreeMap<&str, Instant>)> = Vec::new();
    // The first ones find out that all of them are there.
    for n in 0..kills + 3 {
        // The kernel tells of no more than 10 kills in 5 s in full (Linux, mm/oom_kill.c, oom_rs). Whoever wakes up by a
        // timer is met at another moment each time.
        let moment = (n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        thread::sleep(Duration::from_millis(600 + moment % 500));
        // One of its own for each: what happens to one again and again is told of less and less often.
        let pid = Cgroup::make(&format!("nwlog-latency-{}-{n}", std::process::id()))?.kill()?;
        let killed = loop {
            let killed = kernel.recv_timeout(PATIENCE).context("the kernel tells of no kill")?;
            if killed.pid == pid {
                break killed;
            }
        };
        let told = wait(&lines, pid);
        if n >= 3 {
            kept.push((killed, told));
        }
    }
    // What was read soonest after its stamp tells what the kernel's clock is on this process's.
    let begin = kept.iter().map(|(killed, _)| killed.seen).min().context("no kills")?;
    let ahead = |killed: &Killed| (killed.seen - begin).as_micros() as i64 - killed.stamp.cast_signed();
    let least = kept.iter().map(|(killed, _)| ahead(killed)).min().unwrap_or_default();
    let mut times: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
    for (killed, told) in &kept {
        let late = Duration::from_micros((ahead(killed) - least).unsigned_abs());
        let at = killed.seen - late;
        for (who, printed) in told {
            times.entry(who).or_default().push(printed.saturating_duration_since(at));
        }
    }
    let mut out = stdout();
    writeln!(out, "| | told | p50 ms | p99 ms | worst ms |\n|---|---|---|---|---|")?;
    for (who, mut times) in times {
        times.sort_unstable();
        let at = |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1)));
        let ms = |time: Option<&Duration>| time.map_or(0.0, |time| time.as_secs_f64() * 1e3);
        let (half, most, worst) = (ms(at(50)), ms(at(99)), ms(times.last()));
        writeln!(out, "| {who} | {} of {kills} | {half:.0} | {most:.0} | {worst:.0} |", times.len())?;
    }
    Ok(())
}

/// When each of them told of a kill.
fn wait(lines: &Receiver<Line>, pid: u32) -> BTreeMap<&'static str, Instant> {
    let until = Instant::now() + PATIENCE;
    let mut told = BTreeMap::new();
    let (plain, json) = (format!("Killed process {pid} "), format!("killed process {pid} "));
    while told.len() < 4
        && let Ok(line) = lines.recv_timeout(until.saturating_duration_since(Instant::now()))
    {
        if line.text.contains(&plain) || line.text.contains(&json) {
            told.entry(line.who).or_insert(line.at);
        }
    }
    told
}
