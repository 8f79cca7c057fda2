//! Follows the journal files of directories as they are written, without losing or doubling an entry.

mod asked;
mod batch;
mod copies;
mod entry;
mod files;
mod followed;
mod gaps;
mod place;
mod position;
mod progress;
mod rewind;
mod run;
mod settle;
mod snapshot;
mod steps;
mod trouble;
mod watch;

use std::io;
use std::os::fd::BorrowedFd;
use std::time::Duration;

use thiserror::Error;

pub use entry::{LiveEntry, LiveGap, LiveItem};
pub use position::{Position, PositionError};
pub use trouble::Trouble;

use self::batch::Batch;
use self::copies::Copies;
use self::files::Files;
use self::gaps::Gaps;
use self::snapshot::Taken;
use self::watch::Watch;
use crate::Search;

/// The longest that [`Live::wait`] waits: journals on a network file system raise no events.
const MAX_WAIT: Duration = Duration::from_secs(2);

/// Where to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// Behind all entries that there are.
    Now,
    /// At the first entry of each file that was stored at this time or later, in microseconds since 1970.
    Since(u64),
    /// At the first entry of all.
    Oldest,
    /// Where another follower stood.
    At(Position),
}

/// What to follow, and from where on.
#[derive(Clone, Debug)]
pub struct LiveOptions {
    /// Which files, those included that come later.
    pub search: Search,
    /// From where on.
    pub start: Start,
}

/// Why journals cannot be followed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LiveError {
    /// The system gives no inotify instance.
    #[error("cannot watch directories (fs.inotify.max_user_instances says how often a user can): {0}")]
    Watch(#[source] io::Error),
}

/// What came of a look.
#[derive(Debug, Default)]
pub struct Polled {
    /// How many entries were given.
    pub given: usize,
    /// Whether there was no more to give. Where there was, it is worth while to poll again at once.
    pub caught_up: bool,
    /// What cannot be read. Each is told once.
    pub trouble: Vec<Trouble>,
}

/// Follows journals.
///
/// It is driven from outside: [`poll`](Self::poll) gives what is there and never blocks, and when to call it is told by
/// [`wait`](Self::wait), or by [`as_fd`](Self::as_fd) and a timer of about two seconds for file systems that raise no events.
#[derive(Debug)]
pub struct Live {
    search: Search,
    watch: Watch,
    files: Files,
    position: Position,
    copies: Copies,
    gaps: Gaps,
    batch: Option<Batch>,
    /// Where to begin, as long as files were not looked for yet.
    start: Option<Start>,
}

impl Live {
    /// Begins to follow. Where there is no journal yet, it waits for one.
    ///
    /// # Errors
    /// The system gives no inotify instance.
    pub fn open(options: LiveOptions) -> Result<Self, LiveError> {
        let LiveOptions { search, start } = options;
        let position = match &start {
            Start::At(position) => position.clone(),
            _ => Position::default(),
        };
        let watch = Watch::new().map_err(LiveError::Watch)?;
        let (files, batch) = (Files::default(), None);
        let (copies, gaps) = (Copies::default(), Gaps::default());
        let mut live = Self { search, watch, files, position, copies, gaps, batch, start: Some(start) };
        live.look();
        live.start = None;
        Ok(live)
    }

    /// Gives what is there, in order, at most so many entries. It never blocks.
    pub fn poll(&mut self, limit: usize, each: &mut dyn FnMut(LiveItem<'_>)) -> Polled {
        let mut polled = Polled::default();
        self.look();
        loop {
            if self.batch.is_none() {
                polled.caught_up = self.take() == Taken::Nothing;
            }
            let Some(mut batch) = self.batch.take() else { break };
            if !self.go_on(&mut batch, limit, &mut polled, each) {
                self.batch = Some(batch);
                break;
            }
        }
        if let Some((path, error)) = self.watch.take_refused() {
            self.files.tell(Trouble::unwatched(&path, &error));
        }
        polled.trouble = self.files.take_trouble();
        polled
    }

    /// Blocks until something may have changed or the time is over, two seconds at most.
    ///
    /// # Errors
    /// The system does not wait.
    pub fn wait(&mut self, at_most: Duration) -> io::Result<()> {
        self.watch.wait(at_most.min(MAX_WAIT))
    }

    /// The descriptor that becomes readable when something may have changed: call [`poll`](Self::poll) then.
    pub fn as_fd(&self) -> BorrowedFd<'_> {
        self.watch.as_fd()
    }

    /// Where it stands: everything given so far is before it, and everything else behind.
    pub fn position(&self) -> Position {
        self.position.clone()
    }
}
