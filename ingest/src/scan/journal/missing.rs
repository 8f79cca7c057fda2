//! Entries that no file has, told between those that are there.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use nwlog_journal::{Check, EntryHead, EntryKey, Id128, JournalFile, NotChecked, Report};

use super::FileScan;
use super::scanner::moment;
use super::witness::Files;
use crate::event::gap::GapKind;
use crate::event::{Context, Event, Fact, GapFact, Origin};
use crate::parse::identity;
use crate::time::Moment;

/// The holes that are told one by one; those beyond are told together, boot by boot.
const MAX_TOLD: u32 = 1_000;

/// Finds out whether entries are missing, while a session reads files.
///
/// Holes become known as files come, and wait for the entry that comes after them.
#[derive(Debug)]
pub struct Missing {
    check: Check,
    /// For each file that is read, by its slot, its place in the check.
    places: Vec<usize>,
    files: Files,
    /// Machine and host of each boot that was read.
    origins: BTreeMap<Id128, Origin>,
    waiting: BTreeMap<Id128, VecDeque<Waiting>>,
    told: u32,
    rest: Option<Gap>,
}

/// A hole that was not told yet.
#[derive(Debug)]
struct Waiting {
    /// The number of the entry after it.
    until: u64,
    gap: Gap,
}

/// Entries that are missing.
#[derive(Clone, Debug)]
struct Gap {
    seqnum_id: Id128,
    from: u64,
    to: u64,
    boot_id: Id128,
    /// When the entry before it was stored, and that after it.
    since: Moment,
    until: Moment,
    count: u64,
}

impl Missing {
    /// A check, and the files that are read: each with its place in the check, in the order of a session's keys.
    pub fn new(check: Check, files: Vec<(usize, Arc<JournalFile>)>) -> Self {
        let (places, files) = files.into_iter().unzip();
        Self {
            check,
            places,
            files: Files::new(files),
            origins: BTreeMap::new(),
            waiting: BTreeMap::new(),
            told: 0,
            rest: None,
        }
    }

    /// What came of it so far.
    pub fn report(&self) -> &Report {
        self.check.report()
    }

    /// A file was read.
    pub(super) fn load(&mut self, slot: usize, scan: &FileScan) {
        let Some(place) = self.places.get(slot).copied() else { return };
        for seen in &scan.seen {
            if let Some(boot) = seen.origin.boot {
                self.origins.entry(boot).or_insert_with(|| seen.origin.clone());
            }
        }
        let entries = u64::try_from(scan.rows.len()).unwrap_or(u64::MAX);
        let but = if !scan.damage.is_none() {
            Some(NotChecked::Damaged)
        } else {
            // A scan of a part of a file is sound, and tells of no more than that part.
            (entries < scan.file.header().n_entries).then_some(NotChecked::LeftOut)
        };
        self.check.take(place, &scan.numbers, but);
        self.settle(place);
    }

    /// A file cannot be read.
    pub(super) fn skip(&mut self, slot: usize) {
        if let Some(place) = self.places.get(slot).copied() {
            self.check.pass(place, NotChecked::Damaged);
            self.settle(place);
        }
    }

    fn settle(&mut self, place: usize) {
        let waiting = &mut self.waiting;
        self.check.settle(place, &mut self.files, &mut |seqnum_id, hole, before, after| {
            let gap = Gap {
                seqnum_id,
                from: hole.from,
                to: hole.to,
                boot_id: after.boot_id,
                since: moment(before),
                until: moment(after),
                count: hole.count(),
            };
            waiting.entry(seqnum_id).or_default().push_back(Waiting { until: after.seqnum, gap });
        });
    }

    /// Tells what is missing before an entry.
    pub(super) fn before(&mut self, key: &EntryKey, each: &mut dyn FnMut(Event)) {
        let EntryKey { seqnum_id, head: EntryHead { seqnum, .. } } = key;
        while let Some(waiting) = self.waiting.get_mut(seqnum_id)
            && waiting.front().is_some_and(|first| first.until <= *seqnum)
            && let Some(Waiting { gap, .. }) = waiting.pop_front()
        {
            self.tell(gap, each);
        }
    }

    /// Tells all that was not told yet.
    pub(super) fn end(&mut self, each: &mut dyn FnMut(Event)) {
        let mut left: Vec<Gap> =
            std::mem::take(&mut self.waiting).into_values().flatten().map(|waiting| waiting.gap).collect();
        left.sort_by_key(|gap| (gap.until.realtime, gap.seqnum_id, gap.from));
        left.into_iter().for_each(|gap| self.tell(gap, each));
        if let Some(rest) = self.rest.take() {
            each(self.event(rest));
        }
    }

    fn tell(&mut self, gap: Gap, each: &mut dyn FnMut(Event)) {
        if self.told < MAX_TOLD {
            self.told += 1;
            return each(self.event(gap));
        }
        match &mut self.rest {
            Some(rest) if (rest.boot_id, rest.seqnum_id) == (gap.boot_id, gap.seqnum_id) => {
                rest.count = rest.count.saturating_add(gap.count);
                (rest.to, rest.until) = (gap.to, gap.until);
            }
            rest => {
                if let Some(before) = rest.replace(gap) {
                    each(self.event(before));
                }
            }
        }
    }

    fn event(&self, gap: Gap) -> Event {
        let origin = self.origins.get(&gap.boot_id).cloned();
        let origin = origin.unwrap_or_else(|| Origin { boot: Some(gap.boot_id), ..Origin::default() });
        let Gap { from, to, since, until, count, .. } = gap;
        Event {
            at: until,
            received: until,
            origin,
            identity: identity::of_hole(gap.seqnum_id, from, to),
            cursor: None,
            text: format!("{count} of the entries {from} to {to} are missing").into(),
            fact: Fact::Gap(GapFact { what: GapKind::Sequence, count: Some(count), since: Some(since) }),
            context: Context::default(),
        }
    }
}
