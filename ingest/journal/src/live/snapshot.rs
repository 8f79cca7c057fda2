//! What is there at one moment.

use std::collections::{BTreeMap, BTreeSet};

use super::rewind::rewind;
use super::{Live, Start, place};
use crate::Id128;

/// How often directories are listed again where they change all the time.
const MAX_LOOKS: usize = 16;

/// What came of an attempt to take what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// Entries.
    Batch,
    /// There is nothing new.
    Nothing,
    /// It may be that there is, and has to be looked at again.
    Held,
}

impl Live {
    /// Looks for files, if there may be others. Returns whether it could list them all at one moment.
    pub(super) fn look(&mut self) -> bool {
        self.files.set_newest(self.position.newest());
        for _ in 0..MAX_LOOKS {
            if !self.watch.is_changed() {
                let new = self.files.retry();
                self.place(&new);
                return true;
            }
            // What changes from here on is seen the next time.
            self.watch.begin();
            let (new, directories) = self.files.scan(&self.search);
            self.watch.cover(&directories);
            self.place(&new);
        }
        false
    }

    /// Finds where new files are read from.
    fn place(&mut self, new: &[usize]) {
        if matches!(self.start, Some(Start::At(_))) && !new.is_empty() {
            rewind(&mut self.position, &mut self.files);
        }
        for id in new {
            if let Some(file) = self.files.get_mut(*id) {
                place::place(file, self.start.as_ref(), &mut self.position);
            }
        }
        if !new.is_empty() {
            self.files.put_down();
        }
    }

    /// Takes what is there into a batch.
    ///
    /// journald writes one entry after the other, but to several files, which are looked at one after the other: a late
    /// entry may be seen of one and an earlier one not yet of another. So all are looked at twice. Whatever has a number
    /// that was there at the first look is seen at the second one, also in a file that came in between; what has a higher
    /// one is for the next batch.
    pub(super) fn take(&mut self) -> Taken {
        let mut most: BTreeMap<Id128, u64> = BTreeMap::new();
        let next = self.files.next();
        self.files.each_open(|_, file| {
            if file.is_growing() {
                file.refresh();
                let tail = most.entry(file.header.seqnum_id).or_default();
                *tail = file.header.tail_entry_seqnum.max(*tail);
            }
        });
        if !self.look() {
            return Taken::Held;
        }
        let mut moving = BTreeSet::new();
        self.files.each_open(|id, file| {
            if file.is_growing() && file.refresh() || id >= next {
                moving.insert(file.header.seqnum_id);
            }
        });
        // Where nothing moved, both looks are one.
        most.retain(|id, _| moving.contains(id));
        for id in moving {
            most.entry(id).or_default();
        }
        self.settle();
        self.gather(most)
    }
}
