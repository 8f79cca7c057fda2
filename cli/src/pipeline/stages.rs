//! The stages of ingest and correlate, as a batch drives them.

use std::io::Read;

use anyhow::anyhow;
use nwlog_correlate::Incident;

use super::batch::{Closed, Stages};

/// What is settled before the first byte.
#[derive(Clone, Copy, Debug, Default)]
pub struct Config {
    /// Weak joins are left out.
    pub strict: bool,
}

/// Bytes to incidents.
#[derive(Debug)]
pub struct Ingest {}

impl Ingest {
    /// Stages that have read nothing yet.
    pub fn new(_config: &Config) -> Self {
        Self {}
    }
}

impl Stages for Ingest {
    type Chunk = Vec<u8>;
    type Scanned = Vec<u8>;
    type Chunks = std::iter::Empty<anyhow::Result<Vec<u8>>>;

    fn open(&mut self, _bytes: Box<dyn Read + Send>) -> anyhow::Result<Self::Chunks> {
        Err(anyhow!("no format is known"))
    }

    fn scan(chunk: Vec<u8>) -> Vec<u8> {
        chunk
    }

    fn take(&mut self, _scanned: Vec<u8>) -> Vec<Incident> {
        Vec::new()
    }

    fn close(&mut self) -> Closed {
        Closed::default()
    }

    fn finish(&mut self) -> Vec<Incident> {
        Vec::new()
    }
}
