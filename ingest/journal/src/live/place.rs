//! From where on a file is read that was just found.

use super::Start;
use super::followed::Followed;
use super::position::Position;
use super::progress::{Passed, Skip, Way};
use super::steps::Steps;
use crate::{EntryHead, EntryKey, EntryList, JournalFile};

/// How many entries that cannot be read are stepped over to find the last one that is not wanted.
const MAX_UNREADABLE: usize = 1_000;

/// Decides which entries of a file are wanted, and puts those that are not before the position.
///
/// Files that were there from the start are read from where that says, later ones from the position on.
pub(super) fn place(file: &mut Followed, start: Option<&Start>, position: &mut Position) {
    file.skip = match start {
        Some(Start::Now) => Skip { seqnum: None, realtime: Some(u64::MAX) },
        Some(Start::Oldest) => Skip::default(),
        Some(Start::Since(realtime)) => Skip { seqnum: None, realtime: Some(*realtime) },
        Some(Start::At(_)) | None => match position.seqnum(file.header.seqnum_id) {
            Some(seqnum) => Skip { seqnum: Some(seqnum), realtime: None },
            None => Skip { seqnum: None, realtime: Some(position.floor).filter(|t| *t > 0) },
        },
    };
    if file.is_settled() {
        wait(file, start == Some(&Start::Now), position);
    } else if let Ok(journal) = file.file() {
        let list = journal.list();
        let n = match start {
            // What is added from here on is new.
            Some(Start::Now) => file.header.n_entries.min(list.len()),
            _ => unwanted(&journal, &list, file.skip),
        };
        let last = last_of(&journal, &list, n);
        let key = last.map(|head| EntryKey { seqnum_id: file.header.seqnum_id, head });
        key.iter().for_each(|key| position.pass(key));
        let (steps, at) = (Steps::before(&list, n), last.map_or(0, |head| head.at));
        file.set_passed(Passed { steps, at, key, ..Passed::default() });
        file.skip.realtime = None;
    }
}

/// A file to which nothing will be added: it is opened when its turn comes.
fn wait(file: &mut Followed, is_unwanted: bool, position: &mut Position) {
    let Skip { seqnum, realtime } = file.skip;
    let header = &file.header;
    let is_past = seqnum.is_some_and(|n| header.tail_entry_seqnum <= n)
        || realtime.is_some_and(|t| header.tail_entry_realtime < t);
    if is_unwanted || is_past && file.was_closed() {
        note_tail(file, position);
        return file.finish();
    }
    file.first = file.first_key();
    file.way = if file.first.is_some() { Way::Waiting } else { Way::Done };
    if realtime.is_some()
        && let Ok(journal) = file.file()
    {
        let list = journal.list();
        let last = last_of(&journal, &list, unwanted(&journal, &list, file.skip));
        let seqnum_id = file.header.seqnum_id;
        last.into_iter().for_each(|head| position.pass(&EntryKey { seqnum_id, head }));
    }
    file.unmap();
}

/// The last entry of a file is not wanted, nor any before it.
fn note_tail(file: &Followed, position: &mut Position) {
    let header = &file.header;
    if header.n_entries > 0 {
        let head = EntryHead {
            at: 0,
            seqnum: header.tail_entry_seqnum,
            realtime: header.tail_entry_realtime,
            monotonic: header.tail_entry_monotonic,
            boot_id: header.tail_entry_boot_id,
            xor_hash: 0,
        };
        position.pass(&EntryKey { seqnum_id: header.seqnum_id, head });
    }
}

/// How many entries of a list come before the first that is wanted.
fn unwanted(journal: &JournalFile, list: &EntryList, skip: Skip) -> u64 {
    let Some(realtime) = skip.realtime else {
        return skip.seqnum.map_or(0, |n| list.partition(journal, |head| head.seqnum <= n));
    };
    let mut room = Vec::new();
    let places = list.range(journal, 0, list.len());
    // The clock may have been set back: nothing is bisected by it.
    let first = places
        .iter()
        .position(|at| journal.entry_head(*at, &mut room).is_some_and(|head| head.realtime >= realtime));
    first.map_or(list.len(), |n| n as u64)
}

/// The last of the first `n` entries of a list.
fn last_of(journal: &JournalFile, list: &EntryList, n: u64) -> Option<EntryHead> {
    let mut room = Vec::new();
    (0..n).rev().take(MAX_UNREADABLE).find_map(|n| {
        let at = list.get(journal, n, &mut room)?;
        journal.entry_head(at, &mut room)
    })
}
