//! Journal files: each is scanned on any thread, and visited in the order of the merge.

mod lines;
mod missing;
mod reader;
mod row;
mod run;
mod scanner;
mod session;
mod witness;
mod writers;

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use nwlog_journal::{Damage, EntryKey, JournalFile, Numbers, Scan};

pub use missing::Missing;
pub use session::{JournalSession, Told};

use self::row::{Row, Tick};
use self::scanner::Scanner;
use self::writers::Writers;
use super::Seen;
use crate::parse::origin::UnitHash;

/// A journal file with its entries told apart: eight bytes an entry.
#[derive(Debug)]
pub struct FileScan {
    file: Arc<JournalFile>,
    rows: Vec<Row>,
    writers: Writers,
    /// The rows of each unit's own lines, ascending.
    lines: HashMap<UnitHash, Vec<u32>>,
    /// What the kernel's clock is read off, where a record is good for nothing else.
    ticks: Vec<Tick>,
    /// The last moment of each boot.
    seen: Vec<Seen>,
    /// The numbers of its entries.
    numbers: Numbers,
    damage: Damage,
}

impl FileScan {
    /// Scans a file to its end.
    pub fn of(file: Arc<JournalFile>) -> Self {
        Self::with_prefilter(file, true)
    }

    /// Scans a file, with every entry worth a visit where the prefilter is off. The events are the same.
    pub fn with_prefilter(file: Arc<JournalFile>, prefilter: bool) -> Self {
        let mut scanner = Scanner::new(prefilter);
        let damage = file.scan(&mut scanner);
        scanner.finish(file, damage)
    }

    /// What could not be read of the file.
    pub fn damage(&self) -> Damage {
        self.damage
    }

    /// How far each boot was read.
    pub fn seen(&self) -> &[Seen] {
        &self.seen
    }
}

/// The key of a file's first entry, which decides when its turn comes. None where it has no entries.
pub fn first_key(file: &JournalFile) -> Option<EntryKey> {
    struct First(Option<nwlog_journal::EntryHead>);
    impl Scan for First {
        fn data(&mut self, _: &nwlog_journal::Data<'_>) -> Option<u32> {
            None
        }
        fn entry(&mut self, head: &nwlog_journal::EntryHead, _: &[nwlog_journal::Marked]) -> ControlFlow<()> {
            self.0 = Some(*head);
            ControlFlow::Break(())
        }
    }
    let mut first = First(None);
    file.scan(&mut first);
    first.0.map(|head| EntryKey { seqnum_id: file.header().seqnum_id, head })
}

/// The writers whose entries have to be looked at because something of them may be read on.
type Wanted = HashSet<crate::parse::origin::WriterKey>;
