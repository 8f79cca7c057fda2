//! Any format that is read from front to back.

use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

use super::file::{OpenFile, open};
use super::{Chunk, Chunks, Limits, Position, Source, SourceError, Stats, decompress};
use crate::calendar::Calendar;
use crate::entry::Entry;

/// A [`Source`] over an exported journal or text.
pub struct Stream {
    chunks: Chunks<Box<dyn Read + Send>>,
    /// The chunk at hand, and how far it has been shown.
    chunk: Option<(Chunk, usize)>,
    origin: Position,
    decoded: Stats,
}

impl Stream {
    /// Opens a file, compressed or not.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is not a log.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        let OpenFile { reader, start, .. } = open(path)?;
        Self::new(reader, start)
    }

    /// Reads a pipe, compressed or not.
    ///
    /// # Errors
    ///
    /// It cannot be read, or is not a log.
    pub fn from_reader(reader: impl Read + Send + 'static) -> Result<Self, SourceError> {
        Self::new(decompress(reader)?, Position::default())
    }

    fn new(reader: Box<dyn Read + Send>, origin: Position) -> Result<Self, SourceError> {
        let chunks = Chunks::new(reader, Limits::default())?;
        Ok(Self { chunks, chunk: None, origin, decoded: Stats::default() })
    }

    /// Settles by this what times of text leave out.
    #[must_use]
    pub fn with_calendar(self, calendar: Calendar) -> Self {
        Self { chunks: self.chunks.with_calendar(calendar), ..self }
    }

    /// What was counted since the source was opened: for after an error, which does not carry it.
    pub fn stats(&self) -> Stats {
        self.decoded + self.chunks.stats()
    }
}

impl Source for Stream {
    fn visit(&mut self, each: &mut dyn FnMut(&Entry<'_>) -> ControlFlow<()>) -> Result<Stats, SourceError> {
        loop {
            if let Some((chunk, at)) = &mut self.chunk {
                let mut flow = ControlFlow::Continue(());
                *at = chunk.visit_from(*at, &mut self.decoded, &mut |_, entry| {
                    flow = each(entry);
                    flow
                });
                if flow.is_break() {
                    return Ok(self.stats());
                }
            }
            match self.chunks.next() {
                Some(Ok(chunk)) => self.chunk = Some((chunk, 0)),
                Some(Err(error)) => return Err(error),
                None => return Ok(self.stats()),
            }
        }
    }

    fn position(&self) -> Position {
        let offset = match &self.chunk {
            Some((chunk, at)) => chunk.offset.saturating_add(*at as u64),
            None => 0,
        };
        self.origin.at(offset)
    }
}
