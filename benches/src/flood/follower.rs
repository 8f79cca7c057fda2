//! Who follows, and what that takes.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use nwlog::pipeline::live::progress::Progress;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

use super::failure::Failures;
use super::stage::Stage;
use crate::side::watch::{Memory, memory, processor_time};

/// How long it may take to start, and to come to the end of a flood.
const PATIENCE: Duration = Duration::from_secs(600);

/// How long it may take to tell of what was read.
const TELLING: Duration = Duration::from_secs(30);

/// How long a process has to do nothing before it counts as done.
const SILENCE: Duration = Duration::from_secs(2);

/// How often it is looked at.
const PACE: Duration = Duration::from_millis(50);

/// What a follower took.
#[derive(Clone, Copy, Debug)]
pub struct Spent {
    /// In user and system mode, from its start until it was through.
    pub processor: Duration,
    /// At the most.
    pub memory: Memory,
    /// How long after the last line it was through.
    pub behind: Duration,
}

/// Someone who follows.
pub(super) trait Follow {
    fn who(&self) -> &'static str;
    /// Starts it, and waits until it follows.
    fn start(&mut self, stage: &Stage) -> anyhow::Result<()>;
    /// Waits until it is through, and ends it.
    fn end(&mut self, made: &Failures, stored: u64, ended: Instant) -> anyhow::Result<Option<Spent>>;
}

/// Nobody follows.
pub(super) struct Nobody;

impl Follow for Nobody {
    fn who(&self) -> &'static str {
        "nobody"
    }

    fn start(&mut self, _: &Stage) -> anyhow::Result<()> {
        Ok(())
    }

    fn end(&mut self, _: &Failures, _: u64, _: Instant) -> anyhow::Result<Option<Spent>> {
        Ok(None)
    }
}

/// A process whose memory is looked at.
struct Watched {
    child: Child,
    ended: Arc<AtomicBool>,
    looks: Option<JoinHandle<Memory>>,
}

impl Watched {
    fn spawn(command: &mut Command) -> anyhow::Result<Self> {
        let child =
            command.stdin(Stdio::null()).spawn().with_context(|| format!("cannot start {command:?}"))?;
        let (pid, ended) = (child.id(), Arc::new(AtomicBool::new(false)));
        let end = Arc::clone(&ended);
        Ok(Self { child, ended, looks: Some(thread::spawn(move || memory(pid, &end))) })
    }

    fn processor(&self) -> Duration {
        processor_time(self.child.id())
    }

    fn end(&mut self) -> anyhow::Result<Memory> {
        self.ended.store(true, Ordering::Relaxed);
        let looks = self.looks.take().context("it has ended")?;
        let memory = looks.join().ok().context("nobody looked")?;
        kill_process(Pid::from_child(&self.child), Signal::TERM)?;
        self.child.wait()?;
        Ok(memory)
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits for something.
fn wait(what: &str, mut is_so: impl FnMut() -> anyhow::Result<bool>) -> anyhow::Result<()> {
    let until = Instant::now() + PATIENCE;
    while !is_so()? {
        ensure!(Instant::now() < until, "it takes too long until {what}");
        thread::sleep(PACE);
    }
    Ok(())
}

/// `nwlog follow`.
pub(super) struct Nwlog {
    program: PathBuf,
    folder: TempDir,
    process: Option<Watched>,
    /// How it did when it was through.
    pub(super) progress: Progress,
}

impl Nwlog {
    pub(super) fn new(program: &Path) -> anyhow::Result<Self> {
        let folder = TempDir::new()?;
        Ok(Self { program: program.to_owned(), folder, process: None, progress: Progress::default() })
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    /// What it has printed.
    pub(super) fn told(&self) -> anyhow::Result<Vec<Value>> {
        let text = std::fs::read_to_string(self.folder.path().join("told"))?;
        // The last line may be half written.
        Ok(text.lines().map_while(|line| serde_json::from_str(line).ok()).collect())
    }
}

impl Follow for Nwlog {
    fn who(&self) -> &'static str {
        "nwlog follow -o json"
    }

    fn start(&mut self, stage: &Stage) -> anyhow::Result<()> {
        let mut command = Command::new(&self.program);
        command.args(["follow", "-o", "json", "--store"]).arg(self.store());
        command.arg("-D").arg(stage.journals()).stdout(File::create(self.folder.path().join("told"))?);
        let mut process = Watched::spawn(&mut command)?;
        let store = self.store();
        wait("it follows", || {
            if let Some(status) = process.child.try_wait()? {
                bail!("nwlog ended with {status}");
            }
            Ok(Progress::read(&store).is_some_and(|progress| progress.caught_up))
        })?;
        self.process = Some(process);
        Ok(())
    }

    fn end(&mut self, made: &Failures, stored: u64, ended: Instant) -> anyhow::Result<Option<Spent>> {
        let mut process = self.process.take().context("it was not started")?;
        let store = self.store();
        let mut progress = Progress::default();
        wait("all is read", || {
            progress = Progress::read(&store).unwrap_or_default();
            Ok(progress.caught_up && progress.counts.entries + progress.counts.missing >= stored)
        })?;
        let until = Instant::now() + TELLING;
        wait("all is told", || {
            let told = self.told()?;
            let text = told.iter().map(Value::to_string).collect::<String>();
            Ok(Instant::now() > until || made.made.iter().all(|failed| text.contains(&failed.name)))
        })?;
        let (behind, processor) = (ended.elapsed(), process.processor());
        self.progress = Progress::read(&store).unwrap_or(progress);
        let memory = process.end()?;
        Ok(Some(Spent { processor, memory, behind }))
    }
}

/// Some other program, which says nothing of how far it is: it is through when it does nothing any more.
pub(super) struct Other {
    who: &'static str,
    words: &'static [&'static str],
    process: Option<Watched>,
}

impl Other {
    pub(super) fn journalctl() -> Self {
        let words = &["journalctl", "-f", "-m", "-o", "json", "-D"];
        Self { who: "journalctl -f -o json", words, process: None }
    }
}

impl Follow for Other {
    fn who(&self) -> &'static str {
        self.who
    }

    fn start(&mut self, stage: &Stage) -> anyhow::Result<()> {
        let (program, words) = self.words.split_first().context("no program")?;
        let mut command = Command::new(program);
        command.args(words).arg(stage.journals()).stdout(Stdio::null());
        let process = Watched::spawn(&mut command)?;
        silent(&process, Instant::now())?;
        self.process = Some(process);
        Ok(())
    }

    fn end(&mut self, _: &Failures, _: u64, ended: Instant) -> anyhow::Result<Option<Spent>> {
        let mut process = self.process.take().context("it was not started")?;
        let behind = silent(&process, ended)?;
        let processor = process.processor();
        let memory = process.end()?;
        Ok(Some(Spent { processor, memory, behind }))
    }
}

/// Waits until a process does nothing. Gives when it last did something.
fn silent(process: &Watched, began: Instant) -> anyhow::Result<Duration> {
    let (mut seen, mut last) = (process.processor(), began);
    wait("it does nothing", || {
        let now = process.processor();
        if now > seen {
            (seen, last) = (now, Instant::now());
        }
        Ok(last.max(began).elapsed() >= SILENCE)
    })?;
    Ok(last.saturating_duration_since(began))
}
