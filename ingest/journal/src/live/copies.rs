//! Entries that were given before, under another counter.
//!
//! A flush copies what is in /run to /var, where other numbers are given, and deletes it (systemd,
//! src/journal/journald-server.c, `server_flush_to_var`). Up to v253 these are another counter's, from v254 on the same's. A copy has boot, times and hash of its entry. Nothing is kept of
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
    /// Up to which number of a counter all is copied of what was given of another, up to some moment of that.
    anchors: BTreeMap<(Id128, u64, Id128), Option<u64>>,
    asked: AskedFiles,
}

impl Copies {
    /// Files may have grown.
    pub(super) fn begin(&mut self, files: &Files) {
        self.anchors.clear();
        self.asked.begin(files);
    }

    /// Whether an entry was given, under another counter or under its own. `previous` is the number before it in its file.
    #[inline]
    pub(super) fn has(
        &mut self,
        key: &EntryKey,
        previous: Option<u64>,
        position: &Position,
        files: &mut Files,
    ) -> bool {
        let EntryHead { boot_id, monotonic, .. } = key.head;
        position.counters.iter().any(|(id, mark)| {
            let may_be = if *id == key.seqnum_id {
                mark.goes_back_to(&key.head, previous)
            } else {
                mark.boot_id == boot_id && monotonic <= mark.monotonic
            };
            may_be
                && (self.was_given(key, *id, files)
                    || monotonic >= mark.since && self.is_anchored(key, *id, mark, files))
        })
    }

    /// Whether a file of a counter has the entry, before where it is read.
    fn was_given(&mut self, key: &EntryKey, other: Id128, files: &mut Files) -> bool {
        let ids: Vec<usize> = files.of(other, key.head.realtime);
        ids.into_iter().any(|id| {
            let same = self.asked.find(id, &Identity::of(&key.head), files);
            same.is_some_and(|(first, _)| files.is_passed(id, &first))
        })
    }

    /// Whether the newest entry that was given of a counter was copied behind this entry.
    fn is_anchored(&mut self, key: &EntryKey, other: Id128, mark: &Mark, files: &mut Files) -> bool {
        let place = (other, mark.monotonic, key.seqnum_id);
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
