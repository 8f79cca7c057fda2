//! Numbers that are given a second time.
//!
//! What journald had not yet written to the disk is gone after a power cut, also if a follower gave it before and kept its
//! position. The next journald goes on behind what is left (systemd, src/journal/managed-journal-file.c of v252,
//! `managed_journal_file_open_reliably`), and gives numbers anew that are before the position.

use super::files::Files;
use super::followed::Followed;
use super::position::{Mark, Position};
use crate::{EntryHead, Id128};

/// Takes a position back to the last entries that are there of what was given, for counters whose last one is not.
pub(super) fn rewind(position: &mut Position, files: &mut Files) {
    for (id, mark) in &mut position.counters {
        if let Some(seqnum) = last_known(*id, mark, files) {
            mark.seqnum = seqnum;
        }
    }
}

/// The number of the last entry of a counter that was given and is there. None where that is the last one that was given,
/// where it was vacuumed, and where there are none.
fn last_known(id: Id128, mark: &Mark, files: &mut Files) -> Option<u64> {
    let own = |file: &Followed| {
        let header = &file.header;
        header.seqnum_id == id && header.n_entries > 0 && header.head_entry_seqnum <= mark.seqnum
    };
    let has_last = |file: &Followed| own(file) && file.header.tail_entry_seqnum >= mark.seqnum;
    for number in files.numbers(has_last) {
        let last = last_of(number, files, |head| head.seqnum <= mark.seqnum);
        if last.is_some_and(|head| head.seqnum == mark.seqnum && (mark.is_back || is_of(mark, &head))) {
            return None;
        }
    }
    let reaches =
        |file: &Followed| file.header.seqnum_id == id && file.header.tail_entry_seqnum >= mark.seqnum;
    let mut is_given_anew = files.numbers(reaches).is_empty();
    let mut known = None;
    for number in files.numbers(own) {
        let last = last_of(number, files, |head| head.seqnum <= mark.seqnum).map(|head| head.seqnum);
        let old = |head: &EntryHead| head.seqnum <= mark.seqnum && !is_newer(mark, head);
        let before = files.get(number).map(|file| file.header.head_entry_seqnum.saturating_sub(1));
        let old = last_of(number, files, old).map(|head| head.seqnum).or(before);
        is_given_anew |= last > old;
        known = known.max(old);
    }
    // What was moved from /run has other numbers, and nothing has those that it had.
    known.filter(|_| is_given_anew)
}

/// The last of the first entries of a file for which something holds.
fn last_of(number: usize, files: &mut Files, holds: impl FnMut(&EntryHead) -> bool) -> Option<EntryHead> {
    let followed = files.get_mut(number)?;
    let file = followed.glance();
    followed.unmap();
    let file = file?;
    let list = file.list();
    let mut room = Vec::new();
    let at = list.get(&file, list.partition(&file, holds).checked_sub(1)?, &mut room)?;
    file.entry_head(at, &mut room)
}

fn is_of(mark: &Mark, head: &EntryHead) -> bool {
    (mark.boot_id, mark.monotonic, mark.realtime) == (head.boot_id, head.monotonic, head.realtime)
}

fn is_newer(mark: &Mark, head: &EntryHead) -> bool {
    if head.boot_id == mark.boot_id { head.monotonic > mark.monotonic } else { head.realtime > mark.realtime }
}
