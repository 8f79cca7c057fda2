//! nwlog-journal: one scan over each file.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::Context;
use nwlog_journal::{Data, EntryHead, JournalFile, Marked, Scan};
use rayon::prelude::*;

use super::{Tally, is_asked};

/// Reads the files, one task a file.
///
/// # Errors
/// A file cannot be opened.
pub fn read(files: &[PathBuf]) -> anyhow::Result<Tally> {
    files.par_iter().map(|path| scan(path)).try_reduce(Tally::default, |a, b| Ok(a + b))
}

fn scan(path: &Path) -> anyhow::Result<Tally> {
    let file = JournalFile::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut scan = FiveFields::default();
    file.scan(&mut scan);
    Ok(scan.tally)
}

/// Stands beside the length of a field that hardly another entry has.
const MESSAGE: u32 = 1 << 31;

#[derive(Default)]
struct FiveFields {
    tally: Tally,
    room: Vec<u8>,
}

impl Scan for FiveFields {
    /// How many bytes the fields have.
    type Shared = u64;

    #[inline]
    fn data(&mut self, data: &Data<'_>) -> Option<u32> {
        let prefix = data.prefix(&mut self.room);
        if !is_asked(prefix) {
            return None;
        }
        let message = if prefix.starts_with(b"MESSAGE=") { MESSAGE } else { 0 };
        let len = u32::try_from(data.payload(&mut self.room)?.len()).ok()?;
        (len < MESSAGE).then_some(message | len)
    }

    #[inline]
    fn is_shared(&self, mark: u32) -> bool {
        mark & MESSAGE == 0
    }

    #[inline]
    fn shared(&mut self, marks: &[Marked]) -> u64 {
        marks.iter().map(|marked| u64::from(marked.mark & !MESSAGE)).sum()
    }

    #[inline]
    fn entry(&mut self, _: &EntryHead, shared: &mut u64, marks: &[Marked]) -> ControlFlow<()> {
        let bytes = *shared + self.shared(marks);
        self.tally = self.tally + Tally { entries: 1, bytes };
        ControlFlow::Continue(())
    }
}
