//! Files in, holes out.

use std::collections::BTreeMap;

use super::window::{Window, next_of};
use super::{Hole, Member, NotChecked, Numbers, Unread};
use crate::locate::Stage;
use crate::{EntryHead, Id128};

/// The most holes of one counter around which entries are looked up.
const MAX_LOOKED_UP: u32 = 16_384;

/// Knows entries.
pub trait Witness {
    /// The entry of a counter that has a number.
    fn entry(&mut self, seqnum_id: Id128, seqnum: u64) -> Option<EntryHead>;

    /// Whether the journal was moved from /run to /var after an entry, in its boot.
    fn is_flushed_after(&mut self, entry: &EntryHead) -> bool;
}

/// What came of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many entries are missing.
    pub missing: u64,
    /// In how many holes.
    pub holes: u64,
    /// How many in the largest one.
    pub largest: u64,
    /// How many numbers no file has and why it is not known whether they were given to entries.
    pub unknown: BTreeMap<NotChecked, u64>,
}

impl Report {
    /// Whether no number is missing between others.
    pub fn is_complete(&self) -> bool {
        self.holes == 0 && self.unknown.is_empty()
    }
}

/// Finds out whether entries are missing.
///
/// It is told of all files before any is read, and then of each file's numbers. Files that begin with greater numbers than
/// another are of no consequence to what lies before that: so holes become known file by file, where files come in the
/// order of their first numbers.
#[derive(Clone, Debug)]
pub struct Check {
    members: Vec<Member>,
    waiting: Vec<bool>,
    counters: BTreeMap<Id128, Counter>,
    report: Report,
}

#[derive(Clone, Debug)]
struct Counter {
    window: Window,
    numbers: Numbers,
    /// Holes below this were told.
    settled: u64,
    looked_up: u32,
}

impl Check {
    /// A check of files, which come in the order in which they were opened, beside others that are not read.
    pub fn new(members: Vec<Member>, unread: &[Unread]) -> Self {
        let mut counters = BTreeMap::new();
        for Member { seqnum_id, .. } in &members {
            counters.entry(*seqnum_id).or_insert_with(|| Counter {
                window: Window::new(*seqnum_id, &members, unread),
                numbers: Numbers::default(),
                settled: 0,
                looked_up: 0,
            });
        }
        let waiting = members.iter().map(|member| !member.is_empty()).collect();
        Self { members, waiting, counters, report: Report::default() }
    }

    /// Takes the numbers of a file, by its place; and why these are not all that it has, where they are not.
    pub fn take(&mut self, place: usize, numbers: &Numbers, but: Option<NotChecked>) {
        if let Some(reason) = but {
            self.exclude(place, reason);
        }
        let Some(counter) = self.counter(place) else { return };
        counter.numbers.union(numbers);
        if !counter.numbers.is_whole() {
            counter.window.block(NotChecked::Bound);
        }
        self.done(place);
    }

    /// A file is not read. Of one that has no entries this says nothing.
    pub fn pass(&mut self, place: usize, reason: NotChecked) {
        if self.waiting.get(place) != Some(&true) {
            return;
        }
        self.exclude(place, reason);
        self.done(place);
    }

    /// Shows the holes that have become known in the counter of a file, each with its counter and the entries around it.
    pub fn settle(
        &mut self,
        place: usize,
        witness: &mut dyn Witness,
        each: &mut dyn FnMut(Id128, Hole, &EntryHead, &EntryHead),
    ) {
        let Some(id) = self.members.get(place).map(|member| member.seqnum_id) else { return };
        let until = self.settled_until(id);
        let Some(counter) = self.counters.get_mut(&id) else { return };
        if let Some((_, true)) = until {
            // That file has an entry of that number: a hole can end there.
            counter.numbers.insert(until.map_or(0, |(begin, _)| begin));
        }
        let until = until.map_or(u64::MAX, |(begin, _)| begin);
        let mut holes = Vec::new();
        let (settled, report) = (counter.settled, &mut self.report);
        let window = &counter.window;
        counter.numbers.holes(&mut |hole| {
            if hole.to < settled || hole.to >= until {
                return;
            }
            match window.has(&hole) {
                Ok(()) if holes.len() < MAX_LOOKED_UP as usize => holes.push(hole),
                Ok(()) => report.note(&hole, NotChecked::Bound),
                Err(reason) => report.note(&hole, reason),
            }
        });
        for hole in holes {
            match counter.look(id, &hole, witness) {
                Ok((before, after)) => {
                    self.report.tell(&hole);
                    each(id, hole, &before, &after);
                }
                Err(reason) => self.report.note(&hole, reason),
            }
        }
        counter.settled = counter.settled.max(until);
        counter.numbers.forget_below(counter.settled);
    }

    /// What came of it so far.
    pub fn report(&self) -> &Report {
        &self.report
    }

    fn counter(&mut self, place: usize) -> Option<&mut Counter> {
        self.members.get(place).and_then(|member| self.counters.get_mut(&member.seqnum_id))
    }

    fn done(&mut self, place: usize) {
        self.waiting.get_mut(place).into_iter().for_each(|waiting| *waiting = false);
    }

    /// What is missing of a file may have any number from its first one to where the file begins that followed it.
    fn exclude(&mut self, place: usize, reason: NotChecked) {
        let Some(member) = self.members.get(place) else { return };
        let own: Vec<_> = self.members.iter().filter(|other| other.seqnum_id == member.seqnum_id).collect();
        let ends = reason == NotChecked::LeftOut && !matches!(member.stage(), Some(Stage::PutAside { .. }));
        let (from, to) = if ends {
            (member.begin(), member.tail)
        } else {
            (member.begin(), next_of(&own, member).map_or(u64::MAX, |next| next - 1))
        };
        if let Some(counter) = self.counter(place) {
            counter.window.exclude(from, to, reason);
        }
    }

    /// The least number that a file may have that is still waited for, and whether it is sure to have it.
    fn settled_until(&self, id: Id128) -> Option<(u64, bool)> {
        let files = self.members.iter().zip(&self.waiting);
        let waiting = files.filter(|(member, waiting)| **waiting && member.seqnum_id == id);
        waiting
            .map(|(member, _)| (member.begin(), member.first == Some(member.begin())))
            .max_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)))
    }
}

impl Counter {
    fn look(
        &mut self,
        id: Id128,
        hole: &Hole,
        witness: &mut dyn Witness,
    ) -> Result<(EntryHead, EntryHead), NotChecked> {
        if self.looked_up == MAX_LOOKED_UP {
            return Err(NotChecked::Bound);
        }
        self.looked_up += 1;
        let before = witness.entry(id, hole.from.saturating_sub(1)).ok_or(NotChecked::Border)?;
        let after = witness.entry(id, hole.to.saturating_add(1)).ok_or(NotChecked::Border)?;
        self.window.holds_between(&before, &after)?;
        if witness.is_flushed_after(&after) { Err(NotChecked::Flushed) } else { Ok((before, after)) }
    }
}

impl Report {
    fn tell(&mut self, hole: &Hole) {
        self.missing = self.missing.saturating_add(hole.count());
        self.holes += 1;
        self.largest = self.largest.max(hole.count());
    }

    fn note(&mut self, hole: &Hole, reason: NotChecked) {
        let count = self.unknown.entry(reason).or_default();
        *count = count.saturating_add(hole.count());
    }
}
