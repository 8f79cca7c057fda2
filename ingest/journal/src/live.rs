//! Follows the journal files of directories as they are written, without losing or doubling an entry.

mod asked;
mod copies;
mod entry;
mod files;
mod followed;
mod gaps;
mod place;
mod position;
mod run;
mod steps;
mod trouble;
mod watch;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::os::fd::BorrowedFd;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use thiserror::Error;

pub use entry::{LiveEntry, LiveGap, LiveItem};
pub use position::{Position, PositionError};
pub use trouble::Trouble;

use self::copies::Copies;
use self::files::Files;
use self::followed::{Followed, Way};
use self::gaps::Gaps;
use self::run::FileRun;
use self::watch::Watch;
use crate::{EntryKey, Id128, Merge, OpenError, Run, Search, Step};

/// The longest that [`Live::wait`] waits: journals on a network file system raise no events.
const MAX_WAIT: Duration = Duration::from_secs(2);

/// How often directories are listed again where they change all the time.
const MAX_LOOKS: usize = 16;

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

/// The entries that were there at one moment.
#[derive(Debug)]
struct Batch {
    merge: Merge<FileRun>,
    /// Which file each slot of the merge has.
    slots: Vec<usize>,
    /// The last number that may be given, of counters that moved on while their files were looked at.
    most: BTreeMap<Id128, u64>,
    /// What the merge left out since it was asked for this.
    copies: Arc<Mutex<Vec<EntryKey>>>,
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
                polled.caught_up = self.begin() == Begun::Nothing;
            }
            let Some(mut batch) = self.batch.take() else { break };
            if !self.go_on(&mut batch, limit, &mut polled, each) {
                self.batch = Some(batch);
                break;
            }
            self.end(&batch);
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

    /// Looks for files, if there may be others. Returns whether it could list them all at one moment.
    fn look(&mut self) -> bool {
        for _ in 0..MAX_LOOKS {
            if !self.watch.is_changed() {
                let new = self.files.retry();
                self.place(&new);
                return true;
            }
            self.watch.begin();
            let (new, directories) = self.files.scan(&self.search);
            self.watch.cover(&directories);
            self.place(&new);
        }
        false
    }

    /// Finds where new files are read from.
    fn place(&mut self, new: &[usize]) {
        for id in new {
            if let Some(file) = self.files.files.get_mut(id) {
                place::place(file, self.start.as_ref(), &mut self.position);
            }
        }
        if !new.is_empty() {
            self.files.put_down();
        }
    }

    /// Takes what is there.
    fn begin(&mut self) -> Begun {
        let mut most: BTreeMap<Id128, u64> = BTreeMap::new();
        let mut known = BTreeSet::new();
        for (id, file) in &mut self.files.files {
            known.insert(*id);
            if file.is_growing() {
                file.refresh();
                let tail = most.entry(file.header.seqnum_id).or_default();
                *tail = file.header.tail_entry_seqnum.max(*tail);
            }
        }
        if !self.look() {
            return Begun::Held;
        }
        // What a counter gave while its files were looked at, one after the other, may be seen of one and not of another.
        let mut moving = BTreeSet::new();
        for (id, file) in &mut self.files.files {
            if (file.is_growing() && file.refresh()) || !known.contains(id) {
                moving.insert(file.header.seqnum_id);
            }
        }
        most.retain(|id, _| moving.contains(id));
        for id in moving {
            most.entry(id).or_default();
        }
        self.settle();
        self.gather(most)
    }

    /// Files to which nothing will be added are read to their ends, and let go.
    fn settle(&mut self) {
        let paths: BTreeSet<_> =
            self.files.files.values().filter(|file| file.is_there).map(|file| file.path.clone()).collect();
        let mut troubles = Vec::new();
        for file in self.files.files.values_mut() {
            if !file.is_growing() {
                continue;
            }
            let is_replaced = !file.is_there
                && (paths.contains(&file.path) || file.path.parent().is_some_and(|parent| !parent.exists()));
            let is_wiped = !file.is_there && file.is_wiped();
            if (file.is_settled() || is_replaced || is_wiped)
                && let Err(error) = file.settle()
            {
                troubles.extend(give_up(file, &error));
            }
        }
        troubles.into_iter().for_each(|trouble| self.files.tell(trouble));
    }

    fn gather(&mut self, most: BTreeMap<Id128, u64>) -> Begun {
        let (mut slots, mut keys, mut runs) = (Vec::new(), Vec::new(), Vec::new());
        let copies = Arc::default();
        for (id, file) in &mut self.files.files {
            let limit = most.get(&file.header.seqnum_id).copied().unwrap_or(u64::MAX);
            let passed = file.passed();
            let is_due = match &file.way {
                Way::List => passed.steps.done < file.header.n_entries,
                Way::Places(places) => passed.nth < places.len(),
                Way::Waiting => {
                    slots.push(*id);
                    keys.extend(file.first);
                    runs.push(None);
                    continue;
                }
                Way::Done => false,
            };
            if is_due
                && let Some(run) = FileRun::new(file, limit, &copies)
                && let Some(key) = run.head()
            {
                slots.push(*id);
                keys.push(key);
                runs.push(Some(run));
            }
        }
        self.sweep();
        if slots.is_empty() {
            return if most.is_empty() { Begun::Nothing } else { Begun::Held };
        }
        self.copies.begin(&self.files);
        self.gaps.begin();
        let mut merge = Merge::new(&keys);
        for (slot, run) in runs.into_iter().enumerate() {
            if let Some(run) = run {
                merge.load(slot, run);
            }
        }
        self.batch = Some(Batch { merge, slots, most, copies });
        Begun::Batch
    }

    /// Gives entries of a batch. Returns whether it is through.
    fn go_on(
        &mut self,
        batch: &mut Batch,
        limit: usize,
        polled: &mut Polled,
        each: &mut dyn FnMut(LiveItem<'_>),
    ) -> bool {
        while polled.given < limit {
            match batch.merge.step() {
                Step::End => {
                    batch.copies().iter().for_each(|copy| self.pass(copy, each));
                    return true;
                }
                Step::Load(slot) => {
                    self.sweep();
                    match batch.slots.get(slot).and_then(|id| self.load(*id, batch)) {
                        Some(run) => batch.merge.load(slot, run),
                        None => batch.merge.skip(slot),
                    }
                }
                Step::Entry { slot: _, run } => {
                    let Some(key) = run.head() else { continue };
                    std::mem::take(&mut *batch.copies.lock().unwrap_or_else(PoisonError::into_inner))
                        .iter()
                        .for_each(|copy| self.pass(copy, each));
                    let is_copy = self.copies.has(&key, &self.position, &mut self.files);
                    run.pass();
                    self.pass(&key, each);
                    if is_copy {
                        continue;
                    }
                    polled.given += 1;
                    each(LiveItem::Entry(LiveEntry {
                        file: &run.file,
                        at: key.head.at,
                        key,
                        path: &run.path,
                        name: run.name,
                    }));
                }
            }
        }
        false
    }

    /// Puts an entry before the position, and tells what is missing before it.
    fn pass(&mut self, key: &EntryKey, each: &mut dyn FnMut(LiveItem<'_>)) {
        if let Some(gap) = self.gaps.before(key, &self.position, &mut self.files) {
            each(LiveItem::Gap(gap));
        }
        self.position.note(key);
    }

    /// Opens a file whose turn has come.
    fn load(&mut self, id: usize, batch: &Batch) -> Option<FileRun> {
        let file = self.files.files.get_mut(&id)?;
        let limit = batch.most.get(&file.header.seqnum_id).copied().unwrap_or(u64::MAX);
        match file.settle() {
            Ok(()) => FileRun::new(file, limit, &batch.copies),
            Err(error) => {
                let trouble = give_up(file, &error);
                trouble.into_iter().for_each(|trouble| self.files.tell(trouble));
                None
            }
        }
    }

    /// Lets go of files that are through.
    fn sweep(&mut self) {
        let mut troubles = Vec::new();
        for file in self.files.files.values_mut() {
            if let Way::Places(places) = &file.way
                && let passed = file.passed()
                && passed.nth >= places.len()
            {
                if passed.damaged > 0 {
                    troubles.push(match file.is_deleted() {
                        true => Trouble::deleted(&file.path),
                        false => Trouble::damaged(&file.path, passed.damaged),
                    });
                }
                file.finish();
            }
        }
        troubles.into_iter().for_each(|trouble| self.files.tell(trouble));
    }

    /// A batch is through: copies of entries that were given are passed as well.
    fn end(&mut self, batch: &Batch) {
        for id in &batch.slots {
            if let Some(key) = self.files.files.get(id).and_then(|file| file.passed().key) {
                self.position.note(&key);
            }
        }
        self.sweep();
    }
}

impl Batch {
    /// What the merge left out since it was asked for that.
    fn copies(&self) -> Vec<EntryKey> {
        std::mem::take(&mut *self.copies.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A file cannot be read on. It is worth a word if there was more in it.
fn give_up(file: &mut Followed, error: &OpenError) -> Option<Trouble> {
    let trouble = file.has_more().then(|| match file.is_deleted() {
        true => Trouble::deleted(&file.path),
        false => Trouble::not_opened(&file.path, error),
    });
    file.finish();
    trouble
}

/// What came of an attempt to take what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begun {
    /// Entries.
    Batch,
    /// There is nothing new.
    Nothing,
    /// It may be that there is, and has to be looked at again.
    Held,
}
