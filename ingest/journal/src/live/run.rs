//! The entries of one file, as far as they are there when a batch begins.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::followed::Followed;
use super::progress::{Passed, Way};
use super::steps::Steps;
use crate::entries::is_plausible;
use crate::{EntryHead, EntryKey, FileName, Id128, JournalFile, Run};

/// A file's entries on their way into a merge.
#[derive(Debug)]
pub(super) struct FileRun {
    pub(super) file: Arc<JournalFile>,
    pub(super) path: PathBuf,
    pub(super) name: Option<FileName>,
    seqnum_id: Id128,
    /// None where they come by the file's list.
    places: Option<Arc<[u64]>>,
    /// Where the list begins, and how many entries of it are there.
    first: u64,
    end: u64,
    /// The last number that may be given.
    most: u64,
    head: Option<EntryHead>,
    now: Passed,
    passed: Arc<Mutex<Passed>>,
    /// Whether the entry it stands at was taken; one that was not when it goes on is a copy.
    is_taken: bool,
    copies: Arc<Mutex<Vec<EntryKey>>>,
    room: Vec<u8>,
}

impl FileRun {
    /// The entries of a file that were not given, up to a number. None where it cannot be read. What the merge leaves out is
    /// put into `copies`.
    pub(super) fn new(
        followed: &mut Followed,
        most: u64,
        copies: &Arc<Mutex<Vec<EntryKey>>>,
    ) -> Option<Self> {
        let file = followed.file().ok()?;
        let places = match &followed.way {
            Way::Places(places) => Some(Arc::clone(places)),
            _ => None,
        };
        let mut run = Self {
            file,
            path: followed.path.clone(),
            name: followed.name,
            seqnum_id: followed.header.seqnum_id,
            places,
            first: followed.header.entry_array_offset,
            end: followed.header.n_entries,
            most,
            head: None,
            now: followed.passed(),
            passed: Arc::clone(&followed.passed),
            is_taken: false,
            copies: Arc::clone(copies),
            room: Vec::new(),
        };
        run.find();
        Some(run)
    }

    /// The number of the entry before the one that it stands at.
    pub(super) fn previous(&self) -> Option<u64> {
        self.now.key.map(|key| key.head.seqnum)
    }

    /// Puts the entry that it stands at behind it.
    pub(super) fn pass(&mut self) {
        let Some(key) = self.head() else { return };
        self.is_taken = true;
        let mut passed = self.now;
        match self.places {
            Some(_) => passed.nth += 1,
            None => passed.steps.step(),
        }
        (passed.at, passed.key) = (key.head.at, Some(key));
        *self.passed.lock().unwrap_or_else(PoisonError::into_inner) = passed;
    }

    fn find(&mut self) {
        self.head = loop {
            match self.look() {
                Looked::At(head) if head.seqnum > self.most => break None,
                Looked::At(head) => break Some(head),
                Looked::Damaged => self.now.damaged = self.now.damaged.saturating_add(1),
                Looked::End => {
                    self.end();
                    break None;
                }
            }
        };
    }

    /// What cannot be read at the end of a file to which nothing will be added is behind as well.
    fn end(&self) {
        if self.places.is_some() {
            let mut passed = self.passed.lock().unwrap_or_else(PoisonError::into_inner);
            (passed.nth, passed.damaged) = (self.now.nth, self.now.damaged);
        }
    }

    fn look(&mut self) -> Looked {
        let Self { file, places, first, end, now, room, .. } = self;
        if let Some(places) = places {
            let Some(at) = places.get(now.nth) else { return Looked::End };
            return match file.entry_head(*at, room).filter(is_plausible) {
                Some(head) => Looked::At(head),
                None => {
                    now.nth += 1;
                    Looked::Damaged
                }
            };
        }
        if now.steps.done >= *end {
            return Looked::End;
        }
        if let Some(head) = now.steps.entry(file, *first, room) {
            return Looked::At(head);
        }
        // What is being written is the last one: where others follow, it is damaged.
        let mut next: Steps = now.steps;
        next.step();
        if next.done < *end && next.entry(file, *first, room).is_some() {
            now.steps = next;
            return Looked::Damaged;
        }
        Looked::End
    }
}

enum Looked {
    At(EntryHead),
    Damaged,
    End,
}

impl Run for FileRun {
    fn head(&self) -> Option<EntryKey> {
        self.head.map(|head| EntryKey { seqnum_id: self.seqnum_id, head })
    }

    fn advance(&mut self) {
        if let Some(key) = self.head() {
            if !self.is_taken {
                self.copies.lock().unwrap_or_else(PoisonError::into_inner).push(key);
            }
            self.pass();
            self.is_taken = false;
            self.now = *self.passed.lock().unwrap_or_else(PoisonError::into_inner);
        }
        self.find();
    }
}
