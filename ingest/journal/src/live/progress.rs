//! How far a file was read, and what is left of it.

use std::sync::Arc;

use super::followed::Followed;
use super::steps::Steps;
use crate::{Entries, EntryHead, EntryKey, OpenError};

/// How a file's entries are come by.
#[derive(Clone, Debug)]
pub(super) enum Way {
    /// By the file's own list, which may grow.
    List,
    /// By their places: nothing will be added.
    Places(Arc<[u64]>),
    /// It is opened when its turn comes.
    Waiting,
    /// All were given.
    Done,
}

/// How far a file was read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Passed {
    /// In its list.
    pub(super) steps: Steps,
    /// Among its places.
    pub(super) nth: usize,
    /// Where the last entry is.
    pub(super) at: u64,
    /// What the last entry is.
    pub(super) key: Option<EntryKey>,
    /// How many entries could not be read.
    pub(super) damaged: u64,
}

/// Which entries of a file are not wanted, though they are there.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Skip {
    /// Those of numbers up to this.
    pub(super) seqnum: Option<u64>,
    /// Those before this, in microseconds since 1970.
    pub(super) realtime: Option<u64>,
}

impl Skip {
    pub(super) fn wants(&self, head: &EntryHead) -> bool {
        self.seqnum.is_none_or(|n| head.seqnum > n) && self.realtime.is_none_or(|t| head.realtime >= t)
    }
}

impl Followed {
    /// Finds all entries that are left of a file to which nothing will be added.
    pub(super) fn settle(&mut self) -> Result<(), OpenError> {
        self.unmap();
        self.file()?;
        self.refresh();
        let file = self.file()?;
        let passed = self.passed();
        let mut damaged = passed.damaged;
        let places = match file.part(self.wanted()) {
            Some(part) => part.into_places(),
            None => {
                let mut room = Vec::new();
                let Entries { mut places, damage } = file.entries();
                damaged = damaged.max(damage.missing);
                let mut wants = self.wanted();
                places.retain(|at| file.entry_head(*at, &mut room).is_some_and(|head| wants(&head)));
                places
            }
        };
        self.set_passed(Passed { nth: 0, damaged, ..passed });
        self.way = Way::Places(places.into());
        Ok(())
    }

    /// Tells, entry by entry, which are wanted and were not given.
    fn wanted(&self) -> impl FnMut(&EntryHead) -> bool + use<> {
        let (at, Skip { seqnum, realtime }) = (self.passed().at, self.skip);
        let mut has_begun = false;
        move |head| {
            // The clock may have been set back behind the first one that is wanted.
            has_begun |= realtime.is_none_or(|t| head.realtime >= t);
            has_begun && head.at > at && seqnum.is_none_or(|n| head.seqnum > n)
        }
    }
}
