//! What a follower gives.

use std::path::Path;

use crate::{EntryHead, EntryKey, FileName, Id128, JournalFile};

/// What comes next.
#[derive(Clone, Copy, Debug)]
pub enum LiveItem<'a> {
    /// An entry.
    Entry(LiveEntry<'a>),
    /// Entries that are missing before the next one of that counter.
    Gap(LiveGap),
}

/// An entry, where it lies.
#[derive(Clone, Copy, Debug)]
pub struct LiveEntry<'a> {
    /// The file, as long as the call lasts. Its header is that of some moment between when it was opened and now.
    pub file: &'a JournalFile,
    /// What [`JournalFile::fields`] takes for the entry's place.
    pub at: u64,
    /// What it is.
    pub key: EntryKey,
    /// What the file is or was called. It may have another name by now, or none.
    pub path: &'a Path,
    /// What that name says, where it is a journal file's.
    pub name: Option<FileName>,
}

/// Entries that no file has: journald gave their numbers, and every file that could have them was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveGap {
    /// Whose numbers.
    pub seqnum_id: Id128,
    /// The first number that is missing.
    pub from: u64,
    /// The last one.
    pub to: u64,
    /// How many are missing.
    pub missing: u64,
    /// The boot in which they were stored.
    pub boot_id: Id128,
    /// The entry before them. Where it lies is not known.
    pub before: EntryHead,
    /// The entry after them, which comes next of that counter.
    pub after: EntryHead,
}
