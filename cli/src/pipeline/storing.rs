//! Keeps incidents.

use std::path::{Path, PathBuf};

use anyhow::Context;
use nwlog_correlate::Incident;
use nwlog_index::{Store, Writer, WriterOptions};

use super::sink::Sink;
use crate::errors::Hint;
use crate::holder;

/// How many incidents wait in memory before they are put on disk.
const BATCH: usize = 1_000;

/// Writes incidents into a store.
pub struct Storing {
    dir: PathBuf,
    writer: Writer,
}

impl Storing {
    /// Opens the store in a directory, and makes it where there is none.
    ///
    /// # Errors
    /// Where it cannot be written, or another process writes it.
    pub fn open(dir: PathBuf) -> anyhow::Result<Self> {
        let writer = Store::open_writer(&dir, WriterOptions::BATCH)
            .map_err(|error| holder::told(&dir, error))
            .hint("name another store with --store DIR, or keep nothing with --no-store")?;
        Ok(Self { dir, writer })
    }

    /// Where it is.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    fn commit(&mut self) -> anyhow::Result<()> {
        let committed = self.writer.commit(None);
        committed.with_context(|| format!("cannot keep incidents in {}", self.dir.display()))
    }
}

impl Sink for Storing {
    fn incident(&mut self, incident: &Incident) -> anyhow::Result<()> {
        self.writer.write(incident.clone())?;
        if self.writer.pending() >= BATCH { self.commit() } else { Ok(()) }
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        self.commit()?;
        Ok(self.writer.settle()?)
    }
}
