//! A scanned file in the merge: only entries that may be visited take part.

use std::sync::Arc;

use nwlog_journal::{EntryKey, Run, compare};

use super::FileScan;
use crate::parse::origin::WriterKey;

/// Goes from one entry that may be visited to the next, and in the end to the last one of the file: until then, what it
/// has passed over may be asked for.
#[derive(Debug)]
pub(super) struct FileRun {
    pub(super) scan: Arc<FileScan>,
    /// Writers, by their numbers, of whom every entry takes part.
    wanted: Vec<bool>,
    row: usize,
    key: Option<EntryKey>,
    room: Vec<u8>,
}

impl FileRun {
    /// Of these writers every entry takes part.
    pub(super) fn new(scan: Arc<FileScan>, wanted: impl Iterator<Item = WriterKey>) -> Self {
        let none = vec![false; scan.writers.all().len()];
        let mut run = Self { scan, wanted: none, row: 0, key: None, room: Vec::new() };
        wanted.for_each(|writer| run.mark(writer, true));
        run.settle();
        run
    }

    /// The row that it stands at.
    pub(super) fn row(&self) -> usize {
        self.row
    }

    /// Whether every entry of a writer takes part. What writers wrote that are not told apart always does.
    pub(super) fn is_wanted(&self, writer: usize) -> bool {
        self.wanted.get(writer).copied().unwrap_or(true)
    }

    /// From one entry on, every entry of a writer takes part, or no longer. Tells whether it went back to one.
    pub(super) fn want(&mut self, writer: WriterKey, is_wanted: bool, after: &EntryKey) -> bool {
        self.mark(writer, is_wanted);
        is_wanted && !self.scan.writers.numbers(writer).is_empty() && self.look_back(writer, after)
    }

    fn mark(&mut self, writer: WriterKey, is_wanted: bool) {
        for (_, number) in self.scan.writers.numbers(writer) {
            if let Some(wanted) = self.wanted.get_mut(*number as usize) {
                *wanted = is_wanted;
            }
        }
    }

    /// Goes back to the first entry of a writer behind another entry, if one was passed over.
    fn look_back(&mut self, writer: WriterKey, after: &EntryKey) -> bool {
        let Self { scan, room, .. } = self;
        let seqnum_id = scan.file.header().seqnum_id;
        let Some(passed) = scan.rows.get(..self.row) else { return false };
        let mut is_before = |row: &super::Row| {
            let head = scan.file.entry_head(row.at(), room);
            head.is_none_or(|head| compare(&EntryKey { seqnum_id, head }, after).is_le())
        };
        // The file that the other entry is of has passed over nothing behind it.
        if passed.last().is_none_or(&mut is_before) {
            return false;
        }
        let from = passed.partition_point(is_before);
        let numbers = scan.writers.numbers(writer);
        let is_its = |row: &super::Row| numbers.iter().any(|(_, number)| *number as usize == row.writer());
        let Some(back) = passed.iter().skip(from).position(is_its) else { return false };
        self.row = from + back;
        self.settle();
        true
    }

    /// Goes on to the next entry that takes part, from the row that it stands at on.
    fn settle(&mut self) {
        let seqnum_id = self.scan.file.header().seqnum_id;
        self.key = None;
        while let Some(row) = self.scan.rows.get(self.row) {
            let takes_part =
                row.is_visited() || self.is_wanted(row.writer()) || self.row + 1 == self.scan.rows.len();
            if takes_part && let Some(head) = self.scan.file.entry_head(row.at(), &mut self.room) {
                self.key = Some(EntryKey { seqnum_id, head });
                return;
            }
            self.row += 1;
        }
    }
}

impl Run for FileRun {
    fn head(&self) -> Option<EntryKey> {
        self.key
    }

    fn advance(&mut self) {
        self.row += 1;
        self.settle();
    }
}
