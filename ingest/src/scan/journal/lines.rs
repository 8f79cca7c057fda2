//! What a unit said last, where it stands in journal files.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use nwlog_journal::{EntryKey, JournalFile, compare};

use super::FileScan;
use super::reader::Reader;
use crate::event::{Context, Line, Shelf};
use crate::parse::Lines;
use crate::parse::origin::UnitHash;
use crate::scan::{CONTEXT_LINES, line_of};

/// The most units whose last lines are known beyond the files at hand.
const MAX_UNITS: usize = 4_096;

/// Where a line stands.
#[derive(Clone, Debug)]
struct Place {
    file: Arc<JournalFile>,
    at: u64,
}

impl Place {
    /// Where it comes in the order.
    fn key(&self) -> Option<EntryKey> {
        let head = self.file.entry_head(self.at, &mut Vec::new())?;
        Some(EntryKey { seqnum_id: self.file.header().seqnum_id, head })
    }
}

thread_local! {
    /// Lines are looked at one by one, now and then.
    static READER: RefCell<Reader> = RefCell::default();
}

/// The last lines of units in files that are through, in order.
#[derive(Debug, Default)]
pub(super) struct Past {
    units: HashMap<UnitHash, Vec<Place>>,
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
        Context::on(Places(open.fold(past.to_vec(), join).into()))
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
fn newest(scan: &FileScan, rows: &[u32]) -> Vec<Place> {
    let newest = rows.iter().skip(rows.len().saturating_sub(CONTEXT_LINES));
    let place =
        |row: &u32| Some(Place { file: Arc::clone(&scan.file), at: scan.rows.get(*row as usize)?.at() });
    newest.filter_map(place).collect()
}

/// The last lines of two files, each of them in order.
fn join(mut some: Vec<Place>, others: Vec<Place>) -> Vec<Place> {
    let keys = some.last().zip(others.first()).map(|(last, first)| (last.key(), first.key()));
    let in_order = match keys {
        Some((Some(last), Some(first))) => compare(&last, &first).is_le(),
        _ => true,
    };
    if in_order && (some.is_empty() || others.len() >= CONTEXT_LINES) {
        return others;
    }
    some.extend(others);
    if !in_order {
        let mut keyed: Vec<_> = some.into_iter().filter_map(|place| Some((place.key()?, place))).collect();
        keyed.sort_by(|(a, _), (b, _)| compare(a, b));
        some = keyed.into_iter().map(|(_, place)| place).collect();
    }
    some.drain(..some.len().saturating_sub(CONTEXT_LINES));
    some
}

struct Places(Box<[Place]>);

impl Shelf for Places {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn line(&self, n: usize) -> Option<Line> {
        let Place { file, at } = self.0.get(n)?;
        READER.with_borrow_mut(|reader| reader.show(file, *at, is_of_line, line_of))
    }
}

/// The fields that a line is made of.
fn is_of_line(name: &[u8]) -> bool {
    matches!(
        name,
        b"CONTAINER_ID"
            | b"CONTAINER_ID_FULL"
            | b"CONTAINER_NAME"
            | b"MESSAGE"
            | b"_PID"
            | b"_SOURCE_REALTIME_TIMESTAMP"
            | b"_SYSTEMD_INVOCATION_ID"
            | b"_SYSTEMD_UNIT"
            | b"_SYSTEMD_USER_UNIT"
    )
}
