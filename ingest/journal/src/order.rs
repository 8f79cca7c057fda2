//! The order of entries of different files.
//!
//! As journalctl has it (systemd, src/libsystemd/sd-journal/journal-file.c of v252, `journal_file_compare_locations`):
//! entries of one counter go by their sequence numbers, else entries of one boot by the time since that boot, else by
//! the clock, and at last by their contents. v254 put one rule before the clock: entries of different boots of one
//! machine go by the newest entry that is known of each boot. That needs all files to be open, moves entries when one
//! more file is read, and takes every import for one machine; so it is v252 that is followed. The two differ only where
//! files of different counters meet after the clock was set back.
//!
//! The order is not transitive: `a` can be before `b` by number, `b` before `c` by the clock, and `c` before `a` by the
//! clock. It is so only where a clock went back and files of different counters meet; entries of one counter with numbers
//! of their own are in no such ring. In a ring journalctl goes by the chance order of its files, and passes over entries
//! for good (`next_beyond_location` skips all that is not after the last one given); [`Merge`] gives them all, those of
//! one counter always by their numbers.

use std::cmp::Ordering;

use crate::{EntryHead, Id128};

mod load;
mod merge;

pub use load::load_order;
pub use merge::{Merge, Run, Step};

/// What an entry's place in the order follows from.
#[derive(Clone, Copy, Debug)]
pub struct EntryKey {
    /// The counter of its file.
    pub seqnum_id: Id128,
    /// The entry; its offset does not matter.
    pub head: EntryHead,
}

impl EntryKey {
    /// The place among entries of the same counter. Unlike [`compare`] it is transitive also among several entries that
    /// have one number, because it never looks at the time since the boot before the clock.
    fn rank(&self) -> (u64, u64, u64, Id128, u64) {
        let EntryHead { seqnum, realtime, monotonic, boot_id, xor_hash, .. } = self.head;
        (seqnum, realtime, monotonic, boot_id, xor_hash)
    }
}

/// Compares two entries as journalctl does. Equal are copies of one entry: it is in two files, by a rotation or because
/// a file was copied, or under two counters, because it was moved from /run to /var or imported.
#[inline]
pub fn compare(a: &EntryKey, b: &EntryKey) -> Ordering {
    let (x, y) = (&a.head, &b.head);
    let by_seqnum = if a.seqnum_id == b.seqnum_id { x.seqnum.cmp(&y.seqnum) } else { Ordering::Equal };
    let by_monotonic =
        || if x.boot_id == y.boot_id { x.monotonic.cmp(&y.monotonic) } else { Ordering::Equal };
    by_seqnum
        .then_with(by_monotonic)
        .then_with(|| x.realtime.cmp(&y.realtime))
        .then_with(|| x.xor_hash.cmp(&y.xor_hash))
}

#[cfg(test)]
mod tests;
