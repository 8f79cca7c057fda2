//! Joins events, tells what came of them, and says when it is to be kept.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use nwlog_correlate::{Advance, Change, ChangeKind, Preview};
use nwlog_ingest::event::Fact;
use nwlog_ingest::scan::LiveTold;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::Settings;
use super::board::Board;
use super::clock;
use super::keeping::{Answer, Keeping};
use super::message::{Mark, Message, Read};
use super::pace::Pace;
use super::progress::Progress;
use super::rate::Rate;
use super::state::{self, Stood};
use super::telling::Telling;
use crate::output::amount;
use crate::terminal::Terminal;

/// How long after a commit the next one comes, where an incident opened, closed or was withdrawn.
const SOON: Duration = Duration::from_secs(1);
/// The same where entries came, and nothing else.
const LATER: Duration = Duration::from_secs(30);
/// How often it is written down how it does, where that changes.
const PROGRESS: Duration = Duration::from_millis(500);

/// Joins events, and tells what came of them.
pub(super) struct Joiner<'a> {
    preview: Preview,
    telling: Telling<Box<dyn Write>>,
    keeping: Option<Keeping>,
    board: Option<Board>,
    wishes: Arc<Notify>,
    terminal: &'a Terminal,
    pace: Pace,
    stood: Stood,
    caught_up: bool,
    /// Entries came since the last commit.
    has_read: bool,
    /// An incident opened, closed or was withdrawn since then.
    has_news: bool,
    is_wished: bool,
    /// What is left is being told.
    is_ending: bool,
    written: (Instant, Progress),
    rate: Rate,
    status: String,
}

impl<'a> Joiner<'a> {
    /// Joins what comes to what is known.
    pub(super) fn new(
        preview: Preview,
        telling: Telling<Box<dyn Write>>,
        keeping: Option<Keeping>,
        stood: Stood,
        is_new: bool,
        wishes: Arc<Notify>,
        terminal: &'a Terminal,
    ) -> Self {
        let now = Instant::now();
        Self {
            preview,
            telling,
            // Where there is no thread for it nothing is written down.
            board: keeping.as_ref().and_then(|keeping| Board::of(keeping.dir().to_owned()).ok()),
            keeping,
            wishes,
            terminal,
            pace: Pace::default(),
            rate: Rate::new(stood.counts.entries),
            stood,
            caught_up: false,
            // Where it began is to be known after a crash, too.
            has_read: is_new,
            has_news: false,
            is_wished: false,
            is_ending: false,
            written: (now, Progress::default()),
            status: String::new(),
        }
    }

    /// Tells nothing of these units from now on.
    pub(super) fn set(&mut self, settings: Settings) {
        let Settings { exclude, retention } = settings;
        self.keeping.iter_mut().for_each(|keeping| keeping.retain(retention));
        self.telling.exclude(exclude);
    }

    /// Takes what the reader says.
    ///
    /// # Errors
    /// Where it cannot be printed.
    pub(super) fn take(&mut self, message: Message) -> anyhow::Result<()> {
        match message {
            Message::Read(read) => self.read(read),
            Message::Mark(mark) => {
                self.tell()?;
                self.commit(mark);
            }
        }
        Ok(())
    }

    /// When it has something to do though nothing comes.
    pub(super) fn next(&self) -> Instant {
        let always = Instant::now() + PROGRESS;
        let due = self.pace.due().unwrap_or(always);
        let commit = self.commits_at().unwrap_or(always);
        always.min(due).min(commit)
    }

    /// Does what is due.
    ///
    /// # Errors
    /// Where it cannot be printed.
    pub(super) fn attend(&mut self) -> anyhow::Result<()> {
        let now = Instant::now();
        if self.pace.due().is_some_and(|due| due <= now) {
            self.tell()?;
        }
        if self.commits_at().is_some_and(|at| at <= now) {
            self.wish();
        }
        if self.written.0 + PROGRESS <= now {
            self.write_progress();
        }
        Ok(())
    }

    /// Waits for what comes of a commit.
    pub(super) async fn answer(&mut self) -> Answer {
        match &mut self.keeping {
            Some(keeping) if keeping.is_busy() => keeping.answer().await,
            _ => std::future::pending().await,
        }
    }

    /// Takes what came of a commit.
    pub(super) fn settle(&mut self, answer: Answer) {
        let news = self.keeping.as_mut().and_then(|keeping| keeping.settle(answer));
        if let Some(news) = news {
            self.terminal.warn_of(&news.told());
            self.write_progress();
        }
    }

    /// What it does, where that differs from what it did.
    pub(super) fn status(&mut self) -> Option<String> {
        let counts = self.stood.counts;
        let told = amount::count(counts.incidents, "incident");
        let kept = match self.keeping.as_ref().and_then(Keeping::fails) {
            Some(_) => ", the store cannot be written",
            None => "",
        };
        let is = if self.caught_up { "following" } else { "catching up" };
        let status = format!("{is}, {told}{kept}");
        (status != self.status).then(|| self.status.clone_from(&status)).map(|()| status)
    }

    /// Asks for what the last commit needs, where there is one to make.
    pub(super) fn wish_last(&mut self) {
        self.is_ending = true;
        let Some(keeping) = &self.keeping else { return };
        let has_more = self.has_read || self.has_news || self.preview.is_due() || !keeping.held().is_empty();
        if has_more && !self.is_wished {
            self.wish();
        }
    }

    /// Whether a commit is under way.
    pub(super) fn is_busy(&self) -> bool {
        self.keeping.as_ref().is_some_and(Keeping::is_busy)
    }

    /// Whether a commit is under way or asked for.
    pub(super) fn is_done(&self) -> bool {
        !self.is_wished && !self.is_busy()
    }

    /// It ended.
    pub(super) fn ended(&mut self) {
        // Whoever read what is printed may be gone.
        let _ = self.telling.flush();
        let lost = self.keeping.as_ref().map_or(0, |keeping| keeping.held().len());
        if lost > 0 {
            let incidents = amount::count(lost as u64, "incident");
            self.terminal.warn(format_args!("{incidents} could not be kept"));
        }
        if let (Some(progress), Some(board)) = (self.progress(None), self.board.take()) {
            board.close(Progress { at: now(), ..progress });
        }
    }

    fn read(&mut self, read: Read) {
        let Read { told, entries, last, caught_up, trouble, half } = read;
        self.has_read |= entries > 0;
        self.stood.counts.entries += entries;
        self.stood.read = last.or(self.stood.read);
        self.caught_up = caught_up;
        for trouble in trouble {
            let error = anyhow::anyhow!("{trouble}");
            self.terminal.warn_of(&crate::errors::hinted(error, trouble.hint));
        }
        for one in told {
            match one {
                LiveTold::Event(event) => {
                    if let Fact::Gap(gap) = &event.fact {
                        self.stood.counts.gaps += 1;
                        self.stood.counts.missing += gap.count.unwrap_or_default();
                    }
                    self.preview.push(*event);
                }
                LiveTold::Seen(seen) => {
                    let (origin, at) = (Box::new(seen.origin), seen.last);
                    self.preview.advance(Advance::To { origin, at });
                }
                LiveTold::Over(origin) => self.preview.advance(Advance::Over { origin }),
            }
        }
        self.preview.half(half);
        if self.preview.is_due() {
            self.pace.heard(caught_up);
        }
    }

    fn tell(&mut self) -> anyhow::Result<()> {
        let began = Instant::now();
        for change in self.preview.tell() {
            self.change(&change)?;
        }
        self.telling.flush()?;
        self.pace.told(began);
        Ok(())
    }

    fn change(&mut self, change: &Change) -> anyhow::Result<()> {
        if self.telling.is_excluded(&change.incident) {
            return Ok(());
        }
        self.has_news |= change.kind != ChangeKind::Updated;
        self.stood.counts.incidents += u64::from(change.kind == ChangeKind::Opened);
        if let Some(keeping) = &mut self.keeping {
            keeping.hold(change);
        }
        self.telling.tell(change)?;
        Ok(())
    }

    /// When the next commit is due.
    fn commits_at(&self) -> Option<Instant> {
        let keeping = self.keeping.as_ref().filter(|_| !self.is_wished && !self.is_ending)?;
        if self.has_news || (keeping.fails().is_some() && !keeping.held().is_empty()) {
            keeping.next(SOON)
        } else if self.has_read {
            keeping.next(LATER)
        } else {
            None
        }
    }

    fn wish(&mut self) {
        self.is_wished = true;
        self.wishes.notify_one();
    }

    fn commit(&mut self, mark: Mark) {
        self.is_wished = false;
        let Some(keeping) = &mut self.keeping else { return };
        if keeping.is_busy() {
            return;
        }
        self.stood.position.clone_from(&mark.position);
        keeping.commit(state::write(&self.preview, mark, &self.stood));
        (self.has_read, self.has_news) = (false, false);
    }

    fn write_progress(&mut self) {
        self.written.0 = Instant::now();
        let progress = self.progress(Some(std::process::id()));
        let Some(progress) = progress.filter(|progress| *progress != self.written.1) else { return };
        if self.board.as_ref().is_some_and(|board| board.put(&Progress { at: now(), ..progress.clone() })) {
            self.written.1 = progress;
        }
    }

    /// How it does, at no time.
    fn progress(&mut self, pid: Option<u32>) -> Option<Progress> {
        let rate = self.rate.now(self.stood.counts.entries);
        let keeping = self.keeping.as_ref()?;
        Some(Progress {
            pid,
            at: 0,
            read: self.stood.read,
            caught_up: self.caught_up,
            rate,
            counts: self.stood.counts,
            held: keeping.held().len(),
            dropped: keeping.held().dropped(),
            fails: keeping.fails().map(str::to_owned),
        })
    }
}

/// In microseconds since 1970.
fn now() -> u64 {
    clock::now().realtime.unwrap_or_default()
}
