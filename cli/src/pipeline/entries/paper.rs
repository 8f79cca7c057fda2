//! What printed entries are written on.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::ops::ControlFlow;

use nwlog_ingest::Id128;

use super::sheet::Sheet;
use crate::output::entry::{NO_ENTRIES, boot_line, tame::tame};

/// How much text is held back at most, in bytes: what is to come last first, or of what only the end is wanted.
const MOST_HELD: usize = 128 << 20;

/// How entries are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Only the last so many.
    pub newest: Option<usize>,
    /// The last one first.
    pub reverse: bool,
    /// It is told where another boot begins, and where there is nothing.
    pub told: bool,
    /// It is a terminal, which obeys no text.
    pub tame: bool,
}

/// Why no more can be held back.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("more than {} MiB would have to be held in memory", MOST_HELD >> 20)]
pub struct TooMuch;

/// Writes entries, in order, or holds back what has to wait for the end.
pub struct Paper<W> {
    out: W,
    layout: Layout,
    boot: Option<Id128>,
    entries: u64,
    held: VecDeque<(Vec<u8>, Option<Id128>)>,
    held_bytes: usize,
    room: Vec<u8>,
    failure: Option<anyhow::Error>,
}

impl<W: Write> Paper<W> {
    /// Empty paper.
    pub fn new(out: W, layout: Layout) -> Self {
        let (held, room) = Default::default();
        Self { out, layout, boot: None, entries: 0, held, held_bytes: 0, room, failure: None }
    }

    /// Takes a sheet. Breaks where no more can be written.
    pub fn take(&mut self, sheet: &Sheet) -> ControlFlow<()> {
        self.entries = self.entries.saturating_add(sheet.slots.len() as u64);
        let done = if self.layout.newest.is_some() || self.layout.reverse {
            self.hold(sheet).map_err(anyhow::Error::from)
        } else {
            self.write_sheet(sheet).map_err(anyhow::Error::from)
        };
        match done {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                self.failure = Some(error);
                ControlFlow::Break(())
            }
        }
    }

    /// Writes what was held back, and returns how many entries were taken.
    ///
    /// # Errors
    /// What made it break off, and what the writer says; a broken pipe among them.
    pub fn finish(mut self) -> anyhow::Result<u64> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let held = std::mem::take(&mut self.held);
        let all: &mut dyn Iterator<Item = _> =
            if self.layout.reverse { &mut held.into_iter().rev() } else { &mut held.into_iter() };
        for (text, boot) in all {
            self.write(&text, boot)?;
        }
        if (self.entries == 0 || self.layout.newest == Some(0)) && self.layout.told {
            self.out.write_all(NO_ENTRIES)?;
        }
        self.out.flush()?;
        Ok(self.entries)
    }

    fn write_sheet(&mut self, sheet: &Sheet) -> io::Result<()> {
        // As many as belong to one boot are written in one go.
        let mut start = 0;
        let told = self.layout.told;
        for run in sheet.slots.chunk_by(|one, other| !told || one.boot == other.boot) {
            let Some((first, last)) = run.first().zip(run.last()) else { continue };
            let text = sheet.text.get(start..last.end).unwrap_or_default();
            start = last.end;
            self.write(text, first.boot)?;
        }
        Ok(())
    }

    fn write(&mut self, text: &[u8], boot: Option<Id128>) -> io::Result<()> {
        if self.layout.told
            && let Some(boot) = boot
            && self.boot.replace(boot).is_some_and(|last| last != boot)
        {
            self.room.clear();
            boot_line(boot, &mut self.room);
            self.out.write_all(&self.room)?;
        }
        if !self.layout.tame {
            return self.out.write_all(text);
        }
        self.room.clear();
        tame(text, &mut self.room);
        self.out.write_all(&self.room)
    }

    fn hold(&mut self, sheet: &Sheet) -> Result<(), TooMuch> {
        let newest = self.layout.newest.unwrap_or(usize::MAX);
        let skip = sheet.slots.len().saturating_sub(newest);
        for (text, slot) in sheet.entries().skip(skip) {
            if self.held.len() >= newest
                && let Some((gone, _)) = self.held.pop_front()
            {
                self.held_bytes = self.held_bytes.saturating_sub(gone.len());
            }
            if newest > 0 {
                self.held_bytes = self.held_bytes.saturating_add(text.len());
                self.held.push_back((text.to_vec(), slot.boot));
            }
            if self.held_bytes > MOST_HELD {
                return Err(TooMuch);
            }
        }
        Ok(())
    }
}
