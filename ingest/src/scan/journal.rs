//! Journal files: each is scanned on any thread, and visited in the order of the merge.

mod lines;
mod missing;
mod reader;
mod row;
mod run;
mod scanner;
mod session;
mod within;
mod witness;
mod writers;

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use nwlog_journal::{Damage, Data, EntryHead, EntryKey, JournalFile, Marked, Numbers, Scan};

pub use missing::Missing;
pub(super) use reader::Reader;
pub(super) use scanner::moment;
pub use session::{JournalSession, Told};

use self::row::{Row, Tick};
use self::scanner::Scanner;
use self::within::Within;
use self::writers::{Writer, Writers};
use super::{Extent, Seen};
use crate::parse::origin::UnitHash;

/// From a share of one in so many entries on a walk over the whole file is cheaper.
const PART: u64 = 4;

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

    /// Scans so much of a file.
    pub fn within(file: Arc<JournalFile>, extent: &Extent) -> Self {
        if extent.is_all() {
            return Self::of(file);
        }
        Self::by_part(&file, extent).unwrap_or_else(|| Self::by_walk(file, extent))
    }

    /// By the file's own list, where that can be believed and so little is read that it is cheaper.
    fn by_part(file: &Arc<JournalFile>, extent: &Extent) -> Option<Self> {
        let part = file.part(|head| extent.holds(Some(head.realtime), Some(head.boot_id)))?;
        if part.len().saturating_mul(PART) >= part.of() && !part.is_empty() {
            return None;
        }
        let mut scanner = Scanner::new(true, part.len());
        let damage = file.scan_part(&part, &mut scanner)?;
        Some(scanner.finish(Arc::clone(file), damage))
    }

    fn by_walk(file: Arc<JournalFile>, extent: &Extent) -> Self {
        let mut within = Within { scanner: Scanner::new(true, 0), extent };
        let damage = file.scan(&mut within);
        within.scanner.finish(file, damage)
    }

    /// Scans a file, with every entry worth a visit where the prefilter is off. The events are the same.
    pub fn with_prefilter(file: Arc<JournalFile>, prefilter: bool) -> Self {
        let mut scanner = Scanner::new(prefilter, file.header().n_entries);
        let damage = file.scan(&mut scanner);
        scanner.finish(file, damage)
    }

    /// What could not be read of the file.
    pub fn damage(&self) -> Damage {
        self.damage
    }

    /// Where a row comes in the order.
    fn key(&self, row: u32, room: &mut Vec<u8>) -> Option<EntryKey> {
        let at = self.rows.get(row as usize)?.at();
        Some(EntryKey { seqnum_id: self.file.header().seqnum_id, head: self.file.entry_head(at, room)? })
    }

    /// Who wrote a row.
    fn writer(&self, row: u32) -> Option<&Writer> {
        self.writers.get(self.rows.get(row as usize)?.writer())
    }

    /// How far each boot was read.
    pub fn seen(&self) -> &[Seen] {
        &self.seen
    }
}

/// The key of a file's first entry, which decides when its turn comes. None where it has no entries.
pub fn first_key(file: &JournalFile) -> Option<EntryKey> {
    struct First(Option<EntryHead>);
    impl Scan for First {
        type Shared = ();

        fn data(&mut self, _: &Data<'_>) -> Option<u32> {
            None
        }
        fn is_shared(&self, _: u32) -> bool {
            false
        }
        fn shared(&mut self, _: &[Marked]) {}
        fn entry(&mut self, head: &EntryHead, (): &mut (), _: &[Marked]) -> ControlFlow<()> {
            self.0 = Some(*head);
            ControlFlow::Break(())
        }
    }
    let mut first = First(None);
    file.scan(&mut first);
    first.0.map(|head| EntryKey { seqnum_id: file.header().seqnum_id, head })
}

#[cfg(test)]
mod tests;
