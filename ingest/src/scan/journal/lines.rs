//! What a unit said last, where it stands in journal files.

mod others;
mod single;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use nwlog_journal::{EntryKey, JournalFile, compare};

use self::single::Single;
use super::FileScan;
use crate::event::{Context, Line, Shelf};
use crate::parse::Lines;
use crate::parse::origin::UnitHash;
use crate::scan::CONTEXT_LINES;

/// The most units whose last lines are known beyond the files at hand.
const MAX_UNITS: usize = 4_096;

/// Lines of one file, oldest first, by where they stand.
#[derive(Clone, Debug)]
struct Places {
    file: Arc<JournalFile>,
    at: Vec<u64>,
}

impl Places {
    /// Where one of them comes in the order.
    fn key(&self, at: Option<&u64>) -> Option<EntryKey> {
        let head = self.file.entry_head(*at?, &mut Vec::new())?;
        Some(EntryKey { seqnum_id: self.file.header().seqnum_id, head })
    }
}

thread_local! {
    static SINGLE: RefCell<Single> = RefCell::default();
}

/// The last lines of units in files that are through, in order.
#[derive(Debug, Default)]
pub(super) struct Past {
    units: HashMap<UnitHash, Vec<Places>>,
}

impl Past {
    /// Notes the last lines of a file.
    pub(super) fn note(&mut self, scan: &FileScan) {
        for (unit, rows) in &scan.lines {
            if self.units.len() >= MAX_UNITS && !self.units.contains_key(unit) {
                continue;
            }
            let places = self.units.entry(*unit).or_default();
            let before = std::mem::take(places);
            *places = join(before, newest(scan, rows));
        }
    }
}

/// The lines of units before one entry.
pub(super) struct LinesBefore<'a> {
    pub(super) past: &'a Past,
    pub(super) open: &'a [(usize, Arc<FileScan>)],
    /// The file of the entry, its row there, and its place in the order.
    pub(super) slot: usize,
    pub(super) row: u32,
    pub(super) key: EntryKey,
}

impl Lines for LinesBefore<'_> {
    fn before(&self, unit: UnitHash) -> Context {
        let past = self.past.units.get(&unit).map_or(&[][..], Vec::as_slice);
        let open = self.open.iter().filter_map(|(slot, scan)| {
            let (before, _) =
                scan.lines.get(&unit).map(|rows| rows.split_at(self.until(*slot, scan, rows)))?;
            Some(newest(scan, before))
        });
        Context::on(LinesOf(open.fold(past.to_vec(), join).into()))
    }
}

impl LinesBefore<'_> {
    /// How many of a file's rows come before the entry.
    fn until(&self, slot: usize, scan: &FileScan, rows: &[u32]) -> usize {
        if slot == self.slot {
            return rows.partition_point(|row| *row < self.row);
        }
        let mut room = Vec::new();
        rows.partition_point(|row| {
            scan.key(*row, &mut room).is_some_and(|key| compare(&key, &self.key).is_lt())
        })
    }
}

/// The last of some rows of a file.
fn newest(scan: &FileScan, rows: &[u32]) -> Places {
    let newest = rows.iter().skip(rows.len().saturating_sub(CONTEXT_LINES));
    let at = newest.filter_map(|row| scan.rows.get(*row as usize)).map(|row| row.at());
    Places { file: Arc::clone(&scan.file), at: at.collect() }
}

/// Adds the last lines of one more file.
fn join(mut some: Vec<Places>, others: Places) -> Vec<Places> {
    if others.at.is_empty() {
        return some;
    }
    let last = some.last().and_then(|last| last.key(last.at.last()));
    let first = others.key(others.at.first());
    if last.zip(first).is_none_or(|(last, first)| compare(&last, &first).is_le()) {
        if others.at.len() >= CONTEXT_LINES {
            some.clear();
        }
        some.push(others);
    } else {
        some.push(others);
        some = in_order(&some);
    }
    let mut surplus = some.iter().map(|places| places.at.len()).sum::<usize>().saturating_sub(CONTEXT_LINES);
    for places in &mut some {
        let gone = surplus.min(places.at.len());
        places.at.drain(..gone);
        surplus -= gone;
    }
    some.retain(|places| !places.at.is_empty());
    some
}

/// The same lines in their order, where files lie beside each other.
fn in_order(some: &[Places]) -> Vec<Places> {
    let all = some.iter().flat_map(|places| places.at.iter().map(move |at| (places, at)));
    let mut keyed: Vec<_> =
        all.filter_map(|(places, at)| Some((places.key(Some(at))?, places, at))).collect();
    keyed.sort_by(|(a, ..), (b, ..)| compare(a, b));
    keyed
        .into_iter()
        .map(|(_, places, at)| Places { file: Arc::clone(&places.file), at: vec![*at] })
        .collect()
}

struct LinesOf(Box<[Places]>);

impl Shelf for LinesOf {
    fn count(&self) -> usize {
        self.0.iter().map(|places| places.at.len()).sum()
    }

    fn line(&self, n: usize) -> Option<Line> {
        let mut n = n;
        for Places { file, at } in &self.0 {
            match at.get(n) {
                Some(at) => {
                    return SINGLE.with_borrow_mut(|single| single.line(file, *at));
                }
                None => n -= at.len(),
            }
        }
        None
    }
}
