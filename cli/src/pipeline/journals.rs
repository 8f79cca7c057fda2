//! Journal files, read as one journal.

mod damage;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nwlog_ingest::journal::{JournalFile, State};
use nwlog_ingest::scan::{Extent, Missing, first_key};

pub use self::damage::Damaged;
use super::census::Census;
use super::named::{Journal, Named};

/// Journal files that are read as one.
#[derive(Clone, Debug, Default)]
pub struct Journals {
    files: Vec<Journal>,
    census: Census,
    /// Whether the files are all of their directories, so that it can be checked whether entries are missing.
    is_whole: bool,
    /// Damaged files that no entry is left of.
    spent: Vec<Damaged>,
}

impl Journals {
    /// Files that are open. Those without an entry are left out.
    pub fn of(files: Vec<Named>) -> Self {
        let mut journals = Self::default();
        files.into_iter().for_each(|Named { path, file }| journals.add(path, file));
        journals
    }

    fn add(&mut self, path: PathBuf, file: JournalFile) {
        let first = first_key(&file);
        self.census.add(&path, file.header(), first.map(|first| first.head.seqnum));
        if let Some(first) = first {
            self.files.push(Journal { path, file: Arc::new(file), first });
            return;
        }
        let damage = file.entries().damage;
        if !damage.is_none() {
            self.spent.push(Damaged { path, damage });
        }
    }

    /// The damaged files that no entry is left of.
    pub fn spent(&self) -> &[Damaged] {
        &self.spent
    }

    /// The same, read from whole directories, but for what could not be: then it is checked whether entries are missing.
    pub fn of_directories(mut self, unread: &[PathBuf]) -> Self {
        self.census.could_not_read(unread);
        self.census.look_again();
        self.is_whole = true;
        self
    }

    /// The check whether entries are missing, where there can be one.
    pub fn check(&self) -> Option<Missing> {
        self.is_whole.then(|| self.census.check(&self.files))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The files.
    pub fn files(&self) -> &[Journal] {
        &self.files
    }

    /// Leaves out the files that end before an extent begins, or begin behind its end, by what their headers say. A clock
    /// that went back is in the header at one of its ends; a file that may be written still can hold anything.
    pub fn within(mut self, extent: &Extent) -> Self {
        self.files.retain(|journal| {
            let (first, header) = (journal.first.head.realtime, journal.file.header());
            let is_done = matches!(header.state, State::Offline | State::Archived);
            let last = header.tail_entry_realtime.max(first);
            let after = extent.since.is_none_or(|since| !is_done || last >= since);
            let least = header.tail_entry_realtime.min(first);
            after && extent.until.is_none_or(|until| least <= until)
        });
        self
    }

    /// When the first entry was stored, in microseconds since 1970.
    pub fn start(&self) -> Option<u64> {
        self.files.iter().map(|journal| journal.first.head.realtime).min()
    }

    /// How many bytes they have.
    pub fn size(&self) -> u64 {
        self.files.iter().map(|journal| journal.file.len()).sum()
    }
}

impl fmt::Display for Journals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.files.as_slice() {
            [one] => fmt::Display::fmt(&one.path.display(), f),
            files => {
                let folder = files.first().and_then(|journal| journal.path.parent()).unwrap_or(Path::new(""));
                write!(f, "{} journal files in {}", files.len(), folder.display())
            }
        }
    }
}

impl PartialEq for Journals {
    fn eq(&self, other: &Self) -> bool {
        self.files.iter().map(|journal| &journal.path).eq(other.files.iter().map(|journal| &journal.path))
    }
}

impl Eq for Journals {}
