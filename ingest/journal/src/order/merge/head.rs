//! Where runs stand, and which is the least.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use crate::order::{EntryKey, compare};

#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    pub(super) key: EntryKey,
    pub(super) slot: usize,
    /// The key is the one that the run was announced with: it may begin later than that.
    pub(super) announced: bool,
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.rank().cmp(&other.key.rank()).then(self.slot.cmp(&other.slot))
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Head {}

/// The counter whose first entry is the least, but for one of them, and that entry.
pub(super) fn least(counters: &[BinaryHeap<Reverse<Head>>], but: Option<usize>) -> Option<(usize, EntryKey)> {
    let mut least: Option<(usize, EntryKey)> = None;
    for (counter, heap) in counters.iter().enumerate() {
        if but != Some(counter)
            && let Some(Reverse(Head { key, .. })) = heap.peek()
            && least.is_none_or(|(_, known)| compare(key, &known).is_lt())
        {
            least = Some((counter, *key));
        }
    }
    least
}

/// The run that goes on, which is in no heap meanwhile.
#[derive(Clone, Copy, Debug)]
pub(super) struct Current {
    pub(super) head: Head,
    pub(super) counter: usize,
    /// The least of the other runs of its counter.
    pub(super) inside: Option<Head>,
    /// The least of the other counters.
    pub(super) outside: Option<EntryKey>,
    pub(super) given: bool,
}

impl Current {
    #[inline]
    pub(super) fn is_least(&self) -> bool {
        self.inside.is_none_or(|other| self.head < other)
            && self.outside.is_none_or(|other| compare(&self.head.key, &other).is_lt())
    }
}
