//! A way through a file's own list that can be gone on as the list grows.

use crate::bytes::le64;
use crate::list::ARRAY_HEAD;
use crate::object::ENTRY_ARRAY;
use crate::{EntryHead, EntryList, JournalFile};

/// Where a reader stands in the chain of a file's entry arrays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Steps {
    /// The array that the next entry stands in, or the last one before it; 0 before the first.
    array: u64,
    /// The slot in that array.
    slot: u64,
    /// How many entries come before it.
    pub(super) done: u64,
}

impl Steps {
    /// Before the n-th entry of a list.
    pub(super) fn before(list: &EntryList, n: u64) -> Self {
        match list.array_of(n) {
            Some((array, before)) => Self { array, slot: n - before, done: n },
            None => Self::default(),
        }
    }

    /// The place of the next entry. None where the list has none yet, or cannot be followed. `first` is where the header
    /// says that the chain begins.
    pub(super) fn peek(&mut self, file: &JournalFile, first: u64, room: &mut Vec<u8>) -> Option<u64> {
        let layout = file.layout();
        if self.array == 0 {
            self.array = first;
        }
        loop {
            let head = file.head_at(self.array, room).filter(|head| head.kind == ENTRY_ARRAY)?;
            let slots = (head.size - ARRAY_HEAD) / layout.slot_len() as u64;
            if self.slot < slots {
                let at = self.array.checked_add(ARRAY_HEAD)?;
                let at = at.checked_add(self.slot.checked_mul(layout.slot_len() as u64)?)?;
                let place = layout.slot(file.run(at, layout.slot_len(), room)?);
                return (place != 0).then_some(place);
            }
            let bytes = file.run(self.array, ARRAY_HEAD as usize, room)?;
            // Chains lead forward: one that does not would never end.
            self.array = le64(bytes, 16).filter(|next| *next > self.array)?;
            self.slot = 0;
        }
    }

    /// Goes past an entry.
    pub(super) fn step(&mut self) {
        self.slot = self.slot.saturating_add(1);
        self.done = self.done.saturating_add(1);
    }

    /// The next entry, where there is one that makes sense.
    pub(super) fn entry(&mut self, file: &JournalFile, first: u64, room: &mut Vec<u8>) -> Option<EntryHead> {
        let at = self.peek(file, first, room)?;
        file.entry_head(at, room).filter(crate::entries::is_plausible)
    }
}
