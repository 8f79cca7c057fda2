//! Which entries of one file are wanted.

use std::ops::ControlFlow;

use nwlog_journal::{Damage, Data, EntryHead, EntryList, JournalFile, Marked, Room, Scan};
use regex::bytes::Regex;

use super::lists::matching;
use super::read::fill;
use crate::output::entry::Record;
use crate::pipeline::entries::wanted::Wanted;

const MESSAGE: &[u8] = b"MESSAGE=";

/// What was picked.
#[derive(Debug, Default)]
pub(super) struct Picked {
    /// Where the entries begin, in the order of their numbers.
    pub(super) places: Vec<u64>,
    /// What is known to be wrong with the file.
    pub(super) damage: Damage,
}

/// Picks the entries that are wanted; of these the last `newest`, where that is given.
pub(super) fn pick(file: &JournalFile, wanted: &Wanted, newest: Option<usize>) -> Picked {
    if !overlaps(file, wanted) {
        return Picked::default();
    }
    let list = file.list();
    let sound = is_sound(file, &list);
    let bounded = wanted.since.is_some() || wanted.until.is_some();
    let mut picked = match (&wanted.pattern, wanted.matches.is_empty()) {
        (None, true) if sound && (bounded || newest.is_some()) => of_list(file, &list, wanted, newest),
        (None, true) => in_time(file, wanted, of_walk(file)),
        (Some(pattern), true) => grep(file, wanted, pattern),
        (_, false) if sound => of_matches(file, wanted),
        (_, false) => of_damaged(file, wanted),
    };
    if let Some(newest) = newest {
        let first = picked.places.len().saturating_sub(newest);
        picked.places.drain(..first);
    }
    picked
}

/// Whether a file can have entries within the bounds. A clock that went back is in its header at one of its ends.
fn overlaps(file: &JournalFile, wanted: &Wanted) -> bool {
    let header = file.header();
    let ends = [header.head_entry_realtime, header.tail_entry_realtime];
    let (Some(first), Some(last)) = (ends.iter().min(), ends.iter().max()) else { return true };
    // A header that lags behind a crash knows no end.
    let open = header.state != nwlog_journal::State::Archived;
    wanted.since.is_none_or(|since| open || *last >= since)
        && wanted.until.is_none_or(|until| *first <= until)
}

/// Whether the file's own lists can be believed to be whole.
fn is_sound(file: &JournalFile, list: &EntryList) -> bool {
    let header = file.header();
    list.is_whole() && list.len() >= header.n_entries && file.len() >= header.file_size()
}

/// By the file's list, bisected as journalctl does.
fn of_list(file: &JournalFile, list: &EntryList, wanted: &Wanted, newest: Option<usize>) -> Picked {
    let before = |time: u64| list.partition(file, |head| head.realtime < time);
    let from = wanted.since.map_or(0, before);
    let to = wanted.until.map_or(list.len(), |until| before(until.saturating_add(1)));
    let most = newest.and_then(|newest| u64::try_from(newest).ok()).unwrap_or(u64::MAX);
    let from = from.max(to.saturating_sub(most));
    in_time(file, wanted, Picked { places: list.range(file, from, to), damage: Damage::default() })
}

fn of_walk(file: &JournalFile) -> Picked {
    let entries = file.entries();
    Picked { places: entries.places, damage: entries.damage }
}

fn in_time(file: &JournalFile, wanted: &Wanted, mut picked: Picked) -> Picked {
    if wanted.since.is_some() || wanted.until.is_some() {
        let mut room = Vec::new();
        let within = |head: EntryHead| wanted.in_time(Some(head.realtime));
        picked.places.retain(|at| file.entry_head(*at, &mut room).is_some_and(within));
    }
    picked
}

fn of_matches(file: &JournalFile, wanted: &Wanted) -> Picked {
    let places = matching(file, &wanted.matches);
    let mut picked = in_time(file, wanted, Picked { places, damage: Damage::default() });
    if let Some(pattern) = &wanted.pattern {
        let mut room = Room::default();
        picked.places.retain(|at| says(file, *at, pattern, &mut room));
    }
    picked
}

/// Whether the first message of an entry matches.
fn says(file: &JournalFile, at: u64, pattern: &Regex, room: &mut Room) -> bool {
    let mut found = false;
    let _ = file.fields_named(at, room, &mut |name| name == b"MESSAGE", &mut |payload| {
        found = payload.get(MESSAGE.len()..).is_some_and(|message| pattern.is_match(message));
        ControlFlow::Break(())
    });
    found
}

/// Without the lists, by what each entry has.
fn of_damaged(file: &JournalFile, wanted: &Wanted) -> Picked {
    let mut picked = of_walk(file);
    let (mut record, mut room) = (Record::default(), Room::default());
    picked.places.retain(|at| fill(&mut record, file, *at, &mut room).is_some() && wanted.wants(&record));
    picked
}

/// By one pass: a message is looked at once, however many entries have it.
fn grep(file: &JournalFile, wanted: &Wanted, pattern: &Regex) -> Picked {
    let mut grep = Grep { wanted, pattern, places: Vec::new(), room: Vec::new() };
    let damage = file.scan(&mut grep);
    Picked { places: grep.places, damage }
}

struct Grep<'a> {
    wanted: &'a Wanted,
    pattern: &'a Regex,
    places: Vec<u64>,
    room: Vec<u8>,
}

impl Scan for Grep<'_> {
    type Shared = ();

    #[inline]
    fn data(&mut self, data: &Data<'_>) -> Option<u32> {
        if !data.prefix(&mut self.room).starts_with(MESSAGE) {
            return None;
        }
        // The first of several messages counts, so that those that do not match are marked as well.
        let message = data.payload(&mut self.room)?.get(MESSAGE.len()..)?;
        Some(u32::from(self.pattern.is_match(message)))
    }

    fn is_shared(&self, _: u32) -> bool {
        false
    }

    fn shared(&mut self, _: &[Marked]) {}

    #[inline]
    fn entry(&mut self, head: &EntryHead, (): &mut (), marks: &[Marked]) -> ControlFlow<()> {
        if marks.first().is_some_and(|first| first.mark == 1) && self.wanted.in_time(Some(head.realtime)) {
            self.places.push(head.at);
        }
        ControlFlow::Continue(())
    }
}
