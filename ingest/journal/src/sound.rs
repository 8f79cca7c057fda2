//! Which objects prove themselves: a DATA's payload hashes to what it says, and an entry's fields to what that says.

use std::ops::ControlFlow;

use crate::hash::jenkins;
use crate::object::EntryHead;
use crate::{JournalFile, MAX_PAYLOAD, Room};

/// How many bytes may be hashed to prove what lies in a file, for each byte of it. Objects of a sound file do not
/// overlap, and few entries have to be proved; of a forged one everything can be asked for again and again.
const MAX_HASHED: u64 = 32;

/// Proves objects, until that has become too much.
#[derive(Debug, Default)]
pub(crate) struct Soundness {
    left: u64,
    room: Room,
}

impl Soundness {
    pub(crate) fn of(file: &JournalFile) -> Self {
        Self { left: file.len().saturating_mul(MAX_HASHED), room: Room::default() }
    }

    /// Whether so much may still be proved.
    fn spend(&mut self, bytes: usize) -> bool {
        self.left = self.left.saturating_sub(bytes as u64);
        self.left > 0
    }

    /// Whether other objects may lie in the one at a place: it is no DATA that is whole, and so may not end where it says.
    pub(crate) fn may_hide(&mut self, file: &JournalFile, at: u64) -> bool {
        !self.is_whole(file, at) && self.left > 0
    }

    /// Whether the object at a place is a DATA that is whole and no longer than it has to be.
    fn is_whole(&mut self, file: &JournalFile, at: u64) -> bool {
        let Room { data, payload, .. } = &mut self.room;
        let Some(found) = file.data(at, data).filter(|_| self.left > 0) else { return false };
        let Some(bytes) = found.payload(payload) else { return false };
        let hashes_right = file.hash(bytes) == found.hash;
        let cost = bytes.len() + found.stored.len();
        // What comes behind the end of a compressed stream does not show in what it decompresses to.
        let ends_early =
            found.compression.zip(found.stored.split_last()).is_some_and(|(compression, (_, cut))| {
                payload.clear();
                hashes_right && compression.decompress(cut, MAX_PAYLOAD, payload) == Ok(true)
            });
        self.spend(cost);
        hashes_right && !ends_early
    }

    /// Whether an entry's fields hash to what it says: then it is whole, and so are they.
    pub(crate) fn hashes_right(&mut self, file: &JournalFile, head: &EntryHead) -> bool {
        let mut room = std::mem::take(&mut self.room);
        let mut hash = 0;
        let whole = file.fields(head.at, &mut room, &mut |payload| {
            hash ^= jenkins(payload);
            match self.spend(payload.len() + 64) {
                true => ControlFlow::Continue(()),
                false => ControlFlow::Break(()),
            }
        });
        self.room = room;
        self.left > 0 && whole.is_some_and(|fields| fields.is_whole()) && hash == head.xor_hash
    }

    /// Whether any of an entry's fields is what its object says: the others can lie in the damage, and no chance find
    /// leads to one.
    pub(crate) fn has_sound_field(&mut self, file: &JournalFile, at: u64) -> bool {
        let mut items = Vec::new();
        file.entry(at, &mut items, &mut self.room.data).is_some()
            && items.iter().any(|item| self.spend(64) && self.is_whole(file, *item))
    }
}
