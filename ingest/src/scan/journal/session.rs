//! Visits the entries of all files, in order, and keeps all state.

use std::sync::Arc;

use nwlog_journal::{EntryKey, Merge, Run, Step, compare};

use super::FileScan;
use super::lines::{LinesBefore, Past};
use super::missing::Missing;
use super::reader::Reader;
use super::run::FileRun;
use super::scanner::moment;
use crate::event::Event;
use crate::parse::{Parser, fields};
use crate::scan::Seen;

/// After so many entries it is told how far the log was read.
const TELL_EVERY: u32 = 1_024;

/// What comes of entries.
#[derive(Debug)]
pub enum Told {
    /// An event.
    Event(Event),
    /// A boot was read so far.
    Seen(Seen),
}

/// Makes events of journal files, in the order of their entries.
///
/// Files are known by the keys of their first entries alone, and asked for as their turn comes, so that no more are
/// held than overlap.
#[derive(Debug)]
pub struct JournalSession {
    parser: Parser,
    merge: Merge<FileRun>,
    reader: Reader,
    /// The files that are being read.
    open: Vec<(usize, Arc<FileScan>)>,
    /// How many ticks of each open file were heard.
    ticks: Vec<(usize, usize)>,
    past: Past,
    visited: u32,
    last_slot: Option<usize>,
    missing: Option<Missing>,
}

impl JournalSession {
    /// A session over files whose first entries have these keys.
    pub fn new(keys: &[EntryKey]) -> Self {
        Self {
            parser: Parser::of_merged(),
            merge: Merge::new(keys),
            reader: Reader::default(),
            open: Vec::new(),
            ticks: Vec::new(),
            past: Past::default(),
            visited: 0,
            last_slot: None,
            missing: None,
        }
    }

    /// The same, which tells too where entries are missing.
    #[must_use]
    pub fn with_missing(self, missing: Missing) -> Self {
        Self { missing: Some(missing), ..self }
    }

    /// What is known of missing entries, where that is checked.
    pub fn missing(&self) -> Option<&Missing> {
        self.missing.as_ref()
    }

    /// The order in which files are asked for: places among the keys.
    pub fn order(&self) -> &[usize] {
        self.merge.order()
    }

    /// Hands over a file.
    pub fn load(&mut self, slot: usize, scan: FileScan) {
        let scan = Arc::new(scan);
        self.missing.iter_mut().for_each(|missing| missing.load(slot, &scan));
        self.merge.load(slot, FileRun::new(Arc::clone(&scan), self.parser.wanted()));
        self.open.push((slot, scan));
        self.ticks.push((slot, 0));
    }

    /// Hands over that a file cannot be read.
    pub fn skip(&mut self, slot: usize) {
        self.merge.skip(slot);
        self.missing.iter_mut().for_each(|missing| missing.skip(slot));
    }

    /// Fields of visited entries that could not be read.
    pub fn lost_fields(&self) -> u64 {
        self.reader.lost
    }

    /// Visits all entries that come surely before those of files that are not there yet. Returns the file that is asked
    /// for next, none at the end.
    pub fn visit(&mut self, each: &mut dyn FnMut(Told)) -> Option<usize> {
        self.retire(each);
        let mut events = Vec::new();
        loop {
            let (slot, run) = match self.merge.step() {
                Step::Entry { slot, run } => (slot, run),
                Step::Load(slot) => return Some(slot),
                Step::End => {
                    self.end(each);
                    return None;
                }
            };
            let Some(key) = run.head() else { continue };
            let row_number = run.row();
            let scan = Arc::clone(&run.scan);
            let Some(row) = scan.rows.get(row_number) else { continue };
            let Some(writer) = scan.writers.get(row.writer()) else { continue };
            let was_wanted = run.is_wanted(row.writer());
            if !row.is_visited() && !self.parser.wants(writer.key) {
                if was_wanted {
                    self.merge.adjust(|run| run.want(writer.key, false, &key));
                }
                continue;
            }
            if self.last_slot.replace(slot) != Some(slot) {
                // What a file that is through says of the kernel's clock comes before what the next one says.
                self.retire(each);
            }
            let row_number = u32::try_from(row_number).unwrap_or(u32::MAX);
            self.hear_ticks(slot, row_number, &key);
            if let Some(missing) = &mut self.missing {
                missing.before(&key, &mut |event| each(Told::Event(event)));
            }
            let lines = LinesBefore { past: &self.past, open: &self.open, slot, row: row_number, key };
            let parser = &mut self.parser;
            self.reader
                .show(&scan.file, row.at(), fields::is_read, |entry| parser.push(entry, &lines, &mut events));
            let is_wanted = self.parser.wants(writer.key);
            if is_wanted != was_wanted {
                self.merge.adjust(|run| run.want(writer.key, is_wanted, &key));
            }
            self.visited += 1;
            events.drain(..).for_each(|event| each(Told::Event(event)));
            if self.visited.is_multiple_of(TELL_EVERY) {
                let seen = Seen { origin: (*writer.origin).clone(), last: moment(&key.head) };
                self.parser.expire(&seen.origin, seen.last, &mut events);
                events.drain(..).for_each(|event| each(Told::Event(event)));
                each(Told::Seen(seen));
            }
        }
    }

    /// Tells the kernel's clock what the records said that were not visited, up to an entry: the row of a slot. What that
    /// one says is told by the visit.
    fn hear_ticks(&mut self, slot: usize, row: u32, key: &EntryKey) {
        let mut room = Vec::new();
        for (other, scan) in &self.open {
            let Some((_, heard)) = self.ticks.iter_mut().find(|(known, _)| known == other) else { continue };
            while let Some(tick) = scan.ticks.get(*heard) {
                let is_due = if *other == slot {
                    tick.row <= row
                } else {
                    scan.key(tick.row, &mut room).is_none_or(|own| compare(&own, key).is_le())
                };
                if !is_due {
                    break;
                }
                *heard += 1;
                if (*other, tick.row) != (slot, row)
                    && let Some(writer) = scan.writer(tick.row)
                {
                    self.parser.tick(writer.origin.machine, writer.origin.boot, tick.stored, tick.source);
                }
            }
        }
    }

    /// Lets go of the files that are through.
    fn retire(&mut self, each: &mut dyn FnMut(Told)) {
        let past = &mut self.past;
        let (parser, ticks) = (&mut self.parser, &mut self.ticks);
        self.open.retain(|(slot, scan)| {
            // The merge drops a run that is through.
            if Arc::strong_count(scan) > 1 {
                return true;
            }
            let heard = ticks.iter().find(|(known, _)| known == slot).map_or(0, |(_, heard)| *heard);
            for tick in scan.ticks.iter().skip(heard) {
                if let Some(writer) = scan.writer(tick.row) {
                    parser.tick(writer.origin.machine, writer.origin.boot, tick.stored, tick.source);
                }
            }
            ticks.retain(|(known, _)| known != slot);
            past.note(scan);
            // Lines of it may still be asked for, and few.
            scan.file.let_go();
            scan.seen.iter().for_each(|seen| each(Told::Seen(seen.clone())));
            false
        });
    }

    fn end(&mut self, each: &mut dyn FnMut(Told)) {
        if let Some(missing) = &mut self.missing {
            missing.end(&mut |event| each(Told::Event(event)));
        }
        let mut events = Vec::new();
        for (_, scan) in &self.open {
            for seen in &scan.seen {
                self.parser.expire(&seen.origin, seen.last, &mut events);
            }
        }
        self.parser.finish(&mut events);
        events.drain(..).for_each(|event| each(Told::Event(event)));
        for (_, scan) in self.open.drain(..) {
            scan.seen.iter().for_each(|seen| each(Told::Seen(seen.clone())));
        }
    }
}
