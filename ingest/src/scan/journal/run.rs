//! A scanned file in the merge: only entries that may be visited take part.

use std::sync::Arc;

use nwlog_journal::{EntryKey, Run};

use super::row::Flag;
use super::{FileScan, Wanted};

/// Goes from one entry that may be visited to the next.
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
    /// Of these writers every entry takes part, and of those that begin something in this file.
    pub(super) fn new(scan: Arc<FileScan>, wanted: &Wanted) -> Self {
        let keys = openers(&scan);
        let is_wanted = |key| wanted.contains(key) || keys.contains(key);
        let wanted = scan.writers.all().iter().map(|writer| is_wanted(&writer.key)).collect();
        let mut run = Self { scan, wanted, row: 0, key: None, room: Vec::new() };
        run.settle();
        run
    }

    /// The row that it stands at.
    pub(super) fn row(&self) -> usize {
        self.row
    }

    /// Goes on to the next entry that takes part, from the row that it stands at on.
    fn settle(&mut self) {
        let seqnum_id = self.scan.file.header().seqnum_id;
        self.key = None;
        while let Some(row) = self.scan.rows.get(self.row) {
            let takes_part = row.is(Flag::Visit) || self.wanted.get(row.writer()).copied().unwrap_or(true);
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

/// The writers that begin something in a file.
pub(super) fn openers(scan: &FileScan) -> Wanted {
    let openers = scan.rows.iter().filter(|row| row.is(Flag::Opener));
    openers.filter_map(|row| scan.writers.get(row.writer()).map(|writer| writer.key)).collect()
}
