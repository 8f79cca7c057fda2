//! The stages of ingest and correlate, as a batch drives them.

use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};

use nwlog_correlate::Incident;
use nwlog_ingest::Provenance;
use nwlog_ingest::source::{Chunk, Chunks, Stats};

use super::batch::{Closed, Stages};
use super::input::told;

/// What is settled before the first byte.
#[derive(Clone, Copy, Debug, Default)]
pub struct Config {
    /// Weak joins are left out.
    pub strict: bool,
}

/// Bytes to incidents.
#[derive(Debug)]
pub struct Ingest {
    /// What was counted in the chunks of the input.
    scanned: Stats,
    /// What was passed over between them.
    cut: Arc<Mutex<Stats>>,
    /// Whether the input is plain text.
    unproven: bool,
}

impl Ingest {
    /// Stages that have read nothing yet.
    pub fn new(_config: &Config) -> Self {
        Self { scanned: Stats::default(), cut: Arc::default(), unproven: false }
    }
}

impl Stages for Ingest {
    type Chunk = Chunk;
    type Scanned = Stats;
    type Chunks = Cutting;

    fn open(&mut self, bytes: Box<dyn Read + Send>) -> anyhow::Result<Cutting> {
        let chunks = Chunks::from_reader(bytes).map_err(told)?;
        self.unproven = chunks.format().is_some_and(|format| format.provenance() == Provenance::Text);
        Ok(Cutting { chunks, stats: Arc::clone(&self.cut) })
    }

    fn scan(chunk: Chunk) -> Stats {
        let mut stats = Stats::default();
        chunk.visit(&mut stats, &mut |_, _| {});
        stats
    }

    fn take(&mut self, scanned: Stats) -> Vec<Incident> {
        self.scanned += scanned;
        Vec::new()
    }

    fn close(&mut self) -> Closed {
        let cut = std::mem::take(&mut *self.cut.lock().unwrap_or_else(PoisonError::into_inner));
        let all = std::mem::take(&mut self.scanned) + cut;
        let unproven = std::mem::take(&mut self.unproven);
        Closed { skipped: all.skipped.saturating_add(all.oversized), unproven }
    }

    fn finish(&mut self) -> Vec<Incident> {
        Vec::new()
    }
}

/// The chunks of an input. What was passed over between them is told when they end.
pub struct Cutting {
    chunks: Chunks<Box<dyn Read + Send>>,
    stats: Arc<Mutex<Stats>>,
}

impl Iterator for Cutting {
    type Item = anyhow::Result<Chunk>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.chunks.next();
        if !matches!(next, Some(Ok(_))) {
            *self.stats.lock().unwrap_or_else(PoisonError::into_inner) = self.chunks.stats();
        }
        next.map(|chunk| chunk.map_err(told))
    }
}
