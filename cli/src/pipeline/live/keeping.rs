//! Keeps what is told in a store, on a thread of its own: a disk that is slow, full or gone stops nothing.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;
use std::time::Duration;

use anyhow::{Context, anyhow};
use nwlog_correlate::{Change, IncidentId};
use nwlog_index::{Checkpoint, Error, Retention, Store, Writer, WriterOptions};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::Instant;

use super::clock;
use super::held::{Held, Revision};
use crate::holder;

/// How long after a failure it is tried again, at first and at the most.
const RETRY: Duration = Duration::from_secs(1);
const MAX_RETRY: Duration = Duration::from_secs(60);

/// How often it is looked for what is too old, or too much. That reads all that is stored.
const RETAIN_EVERY: Duration = Duration::from_secs(3_600);

/// What is to be stored in one commit.
struct Work {
    incidents: Vec<Revision>,
    checkpoint: Checkpoint,
    retention: Retention,
}

/// What came of a commit.
#[derive(Debug)]
pub(super) struct Answer {
    stored: Vec<(IncidentId, u64)>,
    result: Result<(), Error>,
}

/// What the store says that others want to hear.
#[derive(Debug)]
pub(super) enum News {
    /// It can be written no more.
    Fails(anyhow::Error),
    /// It can be written again. So many incidents were dropped meanwhile.
    Works(u64),
}

/// A store, and what waits for it.
#[derive(Debug)]
pub(super) struct Keeping {
    dir: PathBuf,
    held: Held,
    retention: Retention,
    work: SyncSender<Work>,
    answers: UnboundedReceiver<Answer>,
    is_busy: bool,
    fails: Option<String>,
    dropped_before: u64,
    wait: Duration,
    not_before: Instant,
    last: Option<Instant>,
}

impl Keeping {
    /// Opens the store in a directory, and makes it where there is none. Where it cannot be written now, it is tried again.
    ///
    /// # Errors
    /// Another process writes it, another version of this program wrote it, or the system gives no thread.
    pub(super) fn open(
        dir: PathBuf,
        retention: Retention,
    ) -> anyhow::Result<(Self, Option<Checkpoint>, Option<News>)> {
        let mut fails = None;
        let open = match Opened::of(&dir) {
            Ok(open) => Some(open),
            Err(error @ (Error::LockBusy(_) | Error::SchemaVersion { .. })) => {
                return Err(holder::told(&dir, error));
            }
            Err(error) => {
                fails = Some(error);
                None
            }
        };
        let read = Store::open_reader(&dir).and_then(|store| store.checkpoint());
        let checkpoint = match (read, &fails) {
            (Ok(checkpoint), _) => checkpoint,
            (Err(Error::NoStore(_)), _) | (Err(_), Some(_)) => None,
            (Err(error), None) => return Err(error.into()),
        };
        let (work, works) = mpsc::sync_channel(1);
        let (answer, answers) = unbounded_channel();
        let place = dir.clone();
        let thread = thread::Builder::new().name("store".into());
        thread.spawn(move || keep(&place, open, &works, &answer)).context("cannot start a thread")?;
        let mut keeping = Self {
            dir,
            held: Held::default(),
            retention,
            work,
            answers,
            is_busy: false,
            fails: None,
            dropped_before: 0,
            wait: RETRY,
            not_before: Instant::now(),
            last: None,
        };
        let news = fails.map(|error| keeping.failed(error));
        Ok((keeping, checkpoint, news.flatten()))
    }

    /// Where it is.
    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    /// From now on this is what stays.
    pub(super) fn retain(&mut self, retention: Retention) {
        self.retention = retention;
    }

    /// Takes an incident, for the next commit.
    pub(super) fn hold(&mut self, Change { incident, corrects, .. }: &Change) {
        self.held.put(incident.clone(), corrects.clone());
    }

    /// What waits.
    pub(super) fn held(&self) -> &Held {
        &self.held
    }

    /// Why it cannot be written, where that is so.
    pub(super) fn fails(&self) -> Option<&str> {
        self.fails.as_deref()
    }

    /// From when on a commit can be made that comes so long after the one before.
    pub(super) fn next(&self, after: Duration) -> Option<Instant> {
        let next = self.last.map_or(self.not_before, |last| (last + after).max(self.not_before));
        (!self.is_busy).then_some(next)
    }

    /// Puts all that waits into the store, together with how far the log was read.
    pub(super) fn commit(&mut self, checkpoint: Checkpoint) {
        self.last = Some(Instant::now());
        let work = Work { incidents: self.held.all(), checkpoint, retention: self.retention };
        self.is_busy = self.work.try_send(work).is_ok();
    }

    /// Whether a commit is under way.
    pub(super) fn is_busy(&self) -> bool {
        self.is_busy
    }

    /// Waits for what comes of a commit.
    pub(super) async fn answer(&mut self) -> Answer {
        match self.answers.recv().await {
            Some(answer) => answer,
            None => std::future::pending().await,
        }
    }

    /// Takes what came of a commit.
    pub(super) fn settle(&mut self, answer: Answer) -> Option<News> {
        self.is_busy = false;
        match answer.result {
            Ok(()) => {
                self.held.stored(&answer.stored);
                self.wait = RETRY;
                let dropped = self.held.dropped() - self.dropped_before;
                self.dropped_before = self.held.dropped();
                self.fails.take().map(|_| News::Works(dropped))
            }
            Err(error) => self.failed(error),
        }
    }

    /// It failed. That is news where it failed otherwise, or did not fail before.
    fn failed(&mut self, error: Error) -> Option<News> {
        self.not_before = Instant::now() + self.wait;
        self.wait = (self.wait * 2).min(MAX_RETRY);
        let said = error.to_string();
        let is_news = self.fails.as_ref() != Some(&said);
        self.fails = Some(said);
        is_news.then(|| News::Fails(holder::told(&self.dir, error)))
    }
}

/// An open store, and the directory that it was opened in.
struct Opened {
    writer: Writer,
    place: Option<(u64, u64)>,
}

impl Opened {
    fn of(dir: &Path) -> Result<Self, Error> {
        let writer = Store::open_writer(dir, WriterOptions::LIVE)?;
        Ok(Self { writer, place: place(dir) })
    }
}

/// Which directory it is, whatever it is called.
fn place(dir: &Path) -> Option<(u64, u64)> {
    let is_store = dir.join("meta.json").exists();
    fs::metadata(dir).ok().filter(|_| is_store).map(|dir| (dir.dev(), dir.ino()))
}

fn keep(dir: &Path, mut open: Option<Opened>, works: &Receiver<Work>, answers: &UnboundedSender<Answer>) {
    let mut retained: Option<(Retention, Instant)> = None;
    while let Ok(Work { incidents, checkpoint, retention }) = works.recv() {
        let stored = incidents.iter().map(|held| (held.incident.id, held.incident.revision)).collect();
        let is_due = retained.is_none_or(|(known, at)| known != retention || at.elapsed() >= RETAIN_EVERY);
        if is_due {
            retained = Some((retention, Instant::now()));
        }
        let retention = is_due.then_some(retention);
        let write = || store(dir, &mut open, incidents, &checkpoint, retention);
        // Whatever it stumbles over, this thread is the only one that keeps anything.
        let result = catch_unwind(AssertUnwindSafe(write)).unwrap_or_else(|_| Err(stumbled(dir)));
        if result.is_err() {
            // What it holds half written goes with it.
            open = None;
        }
        if answers.send(Answer { stored, result }).is_err() {
            break;
        }
    }
    if let Some(Opened { writer, .. }) = open {
        // What was committed is on disk, whatever comes of this.
        let _ = writer.close();
    }
}

/// Writing ended in a panic, of which stderr has more.
fn stumbled(dir: &Path) -> Error {
    let source = io::Error::other("writing to it failed by a fault of this program");
    Error::Io { path: dir.to_owned(), source }
}

fn store(
    dir: &Path,
    open: &mut Option<Opened>,
    incidents: Vec<Revision>,
    checkpoint: &Checkpoint,
    retention: Option<Retention>,
) -> Result<(), Error> {
    // A store that was removed under the writer takes what is written, and nobody ever finds it.
    if open.as_ref().is_some_and(|open| open.place != place(dir)) {
        *open = None;
    }
    let open = match open {
        Some(open) => open,
        none => none.insert(Opened::of(dir)?),
    };
    for Revision { incident, corrects } in incidents {
        open.writer.revise(incident, corrects.as_ref())?;
    }
    if let Some(retention) = retention {
        open.writer.retain(&retention, clock::now().realtime.unwrap_or_default())?;
    }
    open.writer.commit(Some(checkpoint))
}

impl News {
    /// What to say.
    pub(super) fn told(&self) -> anyhow::Error {
        match self {
            Self::Fails(error) => anyhow!("incidents are held in memory until they can be kept: {error:#}"),
            Self::Works(0) => anyhow!("incidents are kept again"),
            Self::Works(dropped) => anyhow!(
                "incidents are kept again; {dropped} had to be dropped, for there was no more room in memory"
            ),
        }
    }
}
