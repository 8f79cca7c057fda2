//! Entries that were given before, under another counter.
//!
//! A flush copies what is in /run to /var, where other numbers are given, and deletes it (systemd,
//! src/journal/journald-server.c, `server_flush_to_var`). A copy has boot, times and hash of its entry. Nothing is kept of
//! the entries that were given: their files are asked while they are there. Where they are gone, the copy of the last one
//! that was given is looked for among those of the counter in question: what was copied before that one was given too, since
//! a flush copies in order.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::files::Files;
use super::position::{Mark, Position};
use crate::{EntryHead, EntryKey, Id128, JournalFile, Room};

/// The most files that are open to be asked, of those that are through.
const MAX_OPEN: usize = 8;

/// The most entries of one moment that are looked at.
const MAX_AT_ONCE: u64 = 4_096;

/// Tells whether entries are copies.
#[derive(Debug, Default)]
pub(super) struct Copies {
    /// Up to which number of a counter all is copied of what was given of another, up to some number of that.
    anchors: BTreeMap<(Id128, u64, Id128), Option<u64>>,
    open: Vec<(usize, Arc<JournalFile>)>,
}

impl Copies {
    /// Files may have grown.
    pub(super) fn begin(&mut self) {
        self.anchors.clear();
        self.open.clear();
    }

    /// Whether an entry was given under another counter.
    #[inline]
    pub(super) fn has(&mut self, key: &EntryKey, position: &Position, files: &mut Files) -> bool {
        let EntryHead { boot_id, monotonic, .. } = key.head;
        position.counters.iter().any(|(id, mark)| {
            *id != key.seqnum_id
                && mark.boot_id == boot_id
                && monotonic <= mark.monotonic
                && (self.was_given(key, *id, files)
                    || monotonic >= mark.since && self.is_anchored(key, *id, mark, files))
        })
    }

    /// Whether a file of another counter has the entry, before where it is read.
    fn was_given(&mut self, key: &EntryKey, other: Id128, files: &mut Files) -> bool {
        let ids: Vec<usize> = files.of(other, key.head.realtime);
        ids.into_iter().any(|id| {
            let Some(file) = self.open(id, files) else { return false };
            let same = same_in(&file, &Identity::of(&key.head));
            same.is_some_and(|(first, _)| files.is_passed(id, &first))
        })
    }

    /// Whether the last entry that was given of another counter was copied behind this entry.
    fn is_anchored(&mut self, key: &EntryKey, other: Id128, mark: &Mark, files: &mut Files) -> bool {
        let place = (other, mark.seqnum, key.seqnum_id);
        let known = self.anchors.get(&place).copied();
        let anchor = known.unwrap_or_else(|| {
            let ids = files.of(key.seqnum_id, mark.realtime);
            let of_file = |id| {
                let file = self.open(id, files)?;
                same_in(&file, &Identity::of_mark(mark)).map(|(_, last)| last.seqnum)
            };
            let anchor = ids.into_iter().filter_map(of_file).max();
            self.anchors.insert(place, anchor);
            anchor
        });
        anchor.is_some_and(|seqnum| key.head.seqnum <= seqnum)
    }

    fn open(&mut self, id: usize, files: &mut Files) -> Option<Arc<JournalFile>> {
        if let Some((_, file)) = self.open.iter().find(|(known, _)| *known == id) {
            return Some(Arc::clone(file));
        }
        let file = files.files.get_mut(&id)?.glance()?;
        if self.open.len() >= MAX_OPEN {
            self.open.remove(0);
        }
        self.open.push((id, Arc::clone(&file)));
        Some(file)
    }
}

/// What copies of an entry have in common.
#[derive(Clone, Copy, Debug)]
struct Identity {
    boot_id: Id128,
    monotonic: u64,
    realtime: u64,
    /// None where it is not known.
    xor_hash: Option<u64>,
}

impl Identity {
    fn of(head: &EntryHead) -> Self {
        let EntryHead { boot_id, monotonic, realtime, xor_hash, .. } = *head;
        Self { boot_id, monotonic, realtime, xor_hash: Some(xor_hash) }
    }

    fn of_mark(mark: &Mark) -> Self {
        let Mark { boot_id, monotonic, realtime, xor_hash, .. } = *mark;
        Self { boot_id, monotonic, realtime, xor_hash: Some(xor_hash).filter(|hash| *hash != 0) }
    }

    fn is_of(&self, head: &EntryHead) -> bool {
        (self.boot_id, self.monotonic, self.realtime) == (head.boot_id, head.monotonic, head.realtime)
            && self.xor_hash.is_none_or(|hash| hash == head.xor_hash)
    }
}

/// The first and the last entry of a file that are copies of one. They are found by the list of their boot, in which they
/// stand by the time since that boot.
fn same_in(file: &JournalFile, identity: &Identity) -> Option<(EntryHead, EntryHead)> {
    let mut room = Room::default();
    let boot = [b"_BOOT_ID=".as_slice(), &identity.boot_id.hex()].concat();
    let list = file.list_of(&file.find(&boot, &mut room)?);
    let from = list.partition(file, |head| head.monotonic < identity.monotonic);
    let mut room = Vec::new();
    let mut same = None;
    for n in (from..list.len()).take(usize::try_from(MAX_AT_ONCE).unwrap_or(usize::MAX)) {
        let head = list.get(file, n, &mut room).and_then(|at| file.entry_head(at, &mut room));
        let Some(head) = head else { continue };
        if head.monotonic > identity.monotonic {
            break;
        }
        if identity.is_of(&head) {
            same = Some((same.map_or(head, |(first, _)| first), head));
        }
    }
    same
}
