//! What a unit said last, fetched back from the files that it stands in.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use nwlog_journal::{EntryKey, JournalFile, compare};

use super::FileScan;
use super::reader::Reader;
use crate::event::Line;
use crate::parse::Lines;
use crate::parse::origin::UnitHash;
use crate::scan::{CONTEXT_LINES, line_of};

/// The most units whose last lines are known beyond the files at hand.
const MAX_UNITS: usize = 4_096;

/// The most units whose lines are kept once they were read.
const MAX_READ: usize = 256;

/// Where a line stands.
type Place = (Arc<JournalFile>, u64);

/// The last lines of units in files that are through, by their places.
#[derive(Debug, Default)]
pub(super) struct Past {
    units: HashMap<UnitHash, VecDeque<Place>>,
}

impl Past {
    /// Notes the last lines of a file.
    pub(super) fn note(&mut self, scan: &FileScan) {
        for (unit, rows) in &scan.lines {
            if self.units.len() >= MAX_UNITS && !self.units.contains_key(unit) {
                continue;
            }
            let places = self.units.entry(*unit).or_default();
            let newest = rows.iter().rev().take(CONTEXT_LINES).rev();
            places.extend(
                newest.filter_map(|row| Some((Arc::clone(&scan.file), scan.rows.get(*row as usize)?.at()))),
            );
            while places.len() > CONTEXT_LINES {
                places.pop_front();
            }
        }
    }
}

/// Lines that were read, so that the next event of the unit need not read them again.
#[derive(Debug, Default)]
pub(super) struct Read {
    units: HashMap<UnitHash, Vec<(usize, u64, Line)>>,
    reader: Reader,
}

/// The lines of units before one entry.
pub(super) struct LinesBefore<'a> {
    pub(super) past: &'a Past,
    pub(super) open: &'a [(usize, Arc<FileScan>)],
    pub(super) read: &'a RefCell<Read>,
    /// The file of the entry, its row there, and its place in the order.
    pub(super) slot: usize,
    pub(super) row: u32,
    pub(super) key: EntryKey,
}

impl Lines for LinesBefore<'_> {
    fn before(&self, unit: UnitHash) -> Vec<Line> {
        let mut places: Vec<Place> = Vec::with_capacity(CONTEXT_LINES);
        let files: Vec<_> =
            self.open.iter().filter_map(|(slot, scan)| Some((*slot, scan, scan.lines.get(&unit)?))).collect();
        match files.as_slice() {
            [] => {}
            [(slot, scan, rows)] => places.extend(self.newest(*slot, scan, rows)),
            files => {
                let mut keyed = Vec::new();
                let mut room = Vec::new();
                for (slot, scan, rows) in files {
                    for place in self.newest(*slot, scan, rows) {
                        keyed.extend(key_of(&place.0, place.1, &mut room).map(|key| (key, place)));
                    }
                }
                keyed.sort_by(|(a, _), (b, _)| compare(a, b));
                places.extend(keyed.into_iter().map(|(_, place)| place));
                places.drain(..places.len().saturating_sub(CONTEXT_LINES));
            }
        }
        let missing = CONTEXT_LINES.saturating_sub(places.len());
        let past =
            self.past.units.get(&unit).into_iter().flat_map(|past| past.iter().rev().take(missing).rev());
        let places: Vec<Place> = past.cloned().chain(places).collect();
        self.read.borrow_mut().lines(unit, &places)
    }
}

impl LinesBefore<'_> {
    /// The last lines of one file before the entry, oldest first.
    fn newest(&self, slot: usize, scan: &FileScan, rows: &[u32]) -> Vec<Place> {
        let mut room = Vec::new();
        let until = if slot == self.slot {
            rows.partition_point(|row| *row < self.row)
        } else {
            rows.partition_point(|row| {
                let at = scan.rows.get(*row as usize).map_or(0, |row| row.at());
                key_of(&scan.file, at, &mut room).is_some_and(|key| compare(&key, &self.key).is_lt())
            })
        };
        let (before, _) = rows.split_at(until);
        let newest = before.iter().skip(until.saturating_sub(CONTEXT_LINES));
        newest.filter_map(|row| Some((Arc::clone(&scan.file), scan.rows.get(*row as usize)?.at()))).collect()
    }
}

fn key_of(file: &JournalFile, at: u64, room: &mut Vec<u8>) -> Option<EntryKey> {
    Some(EntryKey { seqnum_id: file.header().seqnum_id, head: file.entry_head(at, room)? })
}

impl Read {
    fn lines(&mut self, unit: UnitHash, places: &[Place]) -> Vec<Line> {
        if self.units.len() >= MAX_READ && !self.units.contains_key(&unit) {
            self.units.clear();
        }
        let mut known: VecDeque<_> = self.units.remove(&unit).unwrap_or_default().into();
        let mut kept = Vec::with_capacity(places.len());
        for (file, at) in places {
            let file_id = Arc::as_ptr(file) as usize;
            let is_it = |(id, place, _): &(usize, u64, Line)| (*id, *place) == (file_id, *at);
            let line = match known.iter().position(is_it) {
                // Both go forward: what comes before is not asked for again.
                Some(found) => known.drain(..=found).next_back().map(|(_, _, line)| line),
                None => self.reader.show(file, *at, is_of_line, line_of),
            };
            kept.extend(line.map(|line| (file_id, *at, line)));
        }
        let lines = kept.iter().map(|(_, _, line)| line.clone()).collect();
        self.units.insert(unit, kept);
        lines
    }
}

/// The fields that a line is made of.
fn is_of_line(name: &[u8]) -> bool {
    matches!(name, b"MESSAGE" | b"_PID" | b"_SYSTEMD_INVOCATION_ID" | b"_SOURCE_REALTIME_TIMESTAMP")
}
