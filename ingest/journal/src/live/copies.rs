//! Entries that were given before, under another counter.
//!
//! A flush copies what is in /run to /var, where other numbers are given, and deletes it (systemd,
//! src/journal/journald-server.c, `server_flush_to_var`). A copy has boot, times and hash of its entry. Nothing is kept of
//! the entries that were given: their files are asked while they are there. Where they are gone, the copy of the last one
//! that was given is looked for among those of the counter in question: what was copied before that one was given too, since
//! a flush copies in order.

use std::collections::BTreeMap;

use super::asked::{AskedFiles, Identity};
use super::files::Files;
use super::position::{Mark, Position};
use crate::{EntryHead, EntryKey, Id128};

/// Tells whether entries are copies.
#[derive(Debug, Default)]
pub(super) struct Copies {
    /// Up to which number of a counter all is copied of what was given of another, up to some number of that.
    anchors: BTreeMap<(Id128, u64, Id128), Option<u64>>,
    asked: AskedFiles,
    /// How far each counter came in its last boot, in microseconds since that.
    highest: BTreeMap<Id128, (Id128, u64)>,
}

impl Copies {
    /// Files may have grown.
    pub(super) fn begin(&mut self, files: &Files) {
        self.anchors.clear();
        self.asked.begin(files);
    }

    /// Whether an entry was given, under another counter or under its own.
    #[inline]
    pub(super) fn has(&mut self, key: &EntryKey, position: &Position, files: &mut Files) -> bool {
        let EntryHead { boot_id, monotonic, .. } = key.head;
        let is_elsewhere = position.counters.iter().any(|(id, mark)| {
            *id != key.seqnum_id
                && mark.boot_id == boot_id
                && monotonic <= mark.monotonic
                && (self.was_given(key, *id, files)
                    || monotonic >= mark.since && self.is_anchored(key, *id, mark, files))
        });
        is_elsewhere || self.goes_back(key, position) && self.was_given(key, key.seqnum_id, files)
    }

    /// Whether an entry belongs to a part of its counter that repeats times: what was not deleted after it was copied is
    /// copied again.
    fn goes_back(&mut self, key: &EntryKey, position: &Position) -> bool {
        let EntryHead { boot_id, monotonic, .. } = key.head;
        let last = position.counters.get(&key.seqnum_id).filter(|mark| mark.boot_id == boot_id);
        let highest = self.highest.entry(key.seqnum_id).or_insert((boot_id, monotonic));
        if highest.0 != boot_id {
            *highest = (boot_id, monotonic);
        }
        let goes_back = last.is_some_and(|mark| mark.monotonic < highest.1 && monotonic <= highest.1);
        highest.1 = highest.1.max(monotonic);
        goes_back
    }

    /// Whether a file of a counter has the entry, before where it is read.
    fn was_given(&mut self, key: &EntryKey, other: Id128, files: &mut Files) -> bool {
        let ids: Vec<usize> = files.of(other, key.head.realtime);
        ids.into_iter().any(|id| {
            let same = self.asked.find(id, &Identity::of(&key.head), files);
            same.is_some_and(|(first, _)| files.is_passed(id, &first))
        })
    }

    /// Whether the last entry that was given of another counter was copied behind this entry.
    fn is_anchored(&mut self, key: &EntryKey, other: Id128, mark: &Mark, files: &mut Files) -> bool {
        let place = (other, mark.seqnum, key.seqnum_id);
        let known = self.anchors.get(&place).copied();
        let anchor = known.unwrap_or_else(|| {
            let ids = files.of(key.seqnum_id, mark.realtime);
            let mut of_file = |id| Some(self.asked.find(id, &Identity::of_mark(mark), files)?.1.seqnum);
            let anchor = ids.into_iter().filter_map(&mut of_file).max();
            self.anchors.insert(place, anchor);
            anchor
        });
        anchor.is_some_and(|seqnum| key.head.seqnum <= seqnum)
    }
}
