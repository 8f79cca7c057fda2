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

#[derive(Default)]
struct FiveFields {
    tally: Tally,
    room: Vec<u8>,
}

impl Scan for FiveFields {
    #[inline]
    fn data(&mut self, data: &Data<'_>) -> Option<u32> {
        if !is_asked(data.prefix(&mut self.room)) {
            return None;
        }
        u32::try_from(data.payload(&mut self.room)?.len()).ok()
    }

    #[inline]
    fn entry(&mut self, _: &EntryHead, marks: &[Marked]) -> ControlFlow<()> {
        let bytes = marks.iter().map(|marked| u64::from(marked.mark)).sum();
        self.tally = self.tally + Tally { entries: 1, bytes };
        ControlFlow::Continue(())
    }
}
