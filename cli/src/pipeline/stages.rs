//! The stages of ingest and correlate, as a batch drives them.

mod reading;
mod tail;

use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};

use nwlog_correlate::Incident;
use nwlog_ingest::journal::{JournalFile, Report};
use nwlog_ingest::scan::{Extent, FileScan, Scanned, Session};
use nwlog_ingest::source::{Chunk, Chunks, Format, Limits, Stats, decompress};
use nwlog_ingest::{Id128, Provenance};

use self::reading::Reading;
use self::tail::Tail;
use super::batch::{Closed, Stages};
use super::input::{Opened, told};
use super::joining::Joining;
use super::journals::Journals;
use super::merge::Merge;
use super::settled::Settled;

/// How long before `--since` the reading begins, in microseconds: what happens then may have begun before.
const RUN_UP_US: u64 = 30 * 60 * 1_000_000;

/// What is settled before the first byte.
#[derive(Clone, Copy, Debug, Default)]
pub struct Config {
    /// Weak joins are left out.
    pub strict: bool,
    /// What is asked for begins here, in microseconds since 1970.
    pub since: Option<u64>,
    /// What is asked for ends here, in microseconds since 1970.
    pub until: Option<u64>,
    /// What is asked for is of this boot.
    pub boot: Option<Id128>,
}

/// Bytes to incidents.
#[derive(Debug)]
pub struct Ingest {
    session: Session,
    merge: Merge,
    /// What was counted in the chunks of the input.
    scanned: Stats,
    /// What was passed over between them.
    cut: Arc<Mutex<Stats>>,
    /// The input's format; none where it is empty.
    format: Option<Format>,
    tail: Tail,
    /// The journal files that are being read.
    journals: Option<Reading>,
    /// How much is read.
    extent: Extent,
    missing: Option<Report>,
}

/// What is scanned in one go.
pub enum Piece {
    /// A chunk of a stream.
    Chunk {
        /// The chunk.
        chunk: Chunk,
        /// How much of it is read.
        extent: Extent,
    },
    /// A journal file.
    Journal {
        /// Its place among the journal files.
        slot: usize,
        /// The file.
        file: Arc<JournalFile>,
        /// How much of it is read.
        extent: Extent,
    },
}

/// A piece that was scanned.
pub enum Found {
    /// A chunk of a stream.
    Chunk(Box<Scanned>),
    /// A journal file.
    Journal {
        /// Its place among the journal files.
        slot: usize,
        /// What was found in it.
        scan: Box<FileScan>,
    },
}

/// The pieces of an input.
pub struct Pieces {
    source: PiecesOf,
    extent: Extent,
}

enum PiecesOf {
    /// A stream.
    Stream(Box<Cutting>),
    /// A journal: its files, in the order in which they are needed.
    Journal(std::vec::IntoIter<(usize, Arc<JournalFile>)>),
}

impl Iterator for Pieces {
    type Item = anyhow::Result<Piece>;

    fn next(&mut self) -> Option<Self::Item> {
        let extent = self.extent;
        match &mut self.source {
            PiecesOf::Stream(cutting) => {
                cutting.next().map(|chunk| chunk.map(|chunk| Piece::Chunk { chunk, extent }))
            }
            PiecesOf::Journal(files) => {
                files.next().map(|(slot, file)| Ok(Piece::Journal { slot, file, extent }))
            }
        }
    }
}

impl Ingest {
    /// Stages that have read nothing yet.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        let Config { strict, since, until, boot } = *config;
        let correlate = nwlog_correlate::Config { strict, updates: false, ..Default::default() };
        let extent = Extent { since: since.map(|since| since.saturating_sub(RUN_UP_US)), until, boot };
        Ok(Self {
            session: Session::default(),
            merge: Merge::new(Joining::start(correlate)?, extent),
            scanned: Stats::default(),
            cut: Arc::default(),
            format: None,
            tail: Tail::default(),
            journals: None,
            extent,
            missing: None,
        })
    }

    /// Whether entries of journal files are missing, where that could be checked; known at the end.
    pub fn missing(&self) -> Option<&Report> {
        self.missing.as_ref()
    }

    fn open_journals(&mut self, journals: Journals) -> Pieces {
        let reading = Reading::new(journals.within(&self.extent));
        let files = reading.files();
        self.journals = Some(reading);
        Pieces { source: PiecesOf::Journal(files.into_iter()), extent: self.extent }
    }

    fn end_session(&mut self) {
        let merge = &mut self.merge;
        std::mem::take(&mut self.session).finish(&mut |event| merge.push(event));
    }
}

impl Stages for Ingest {
    type Chunk = Piece;
    type Scanned = Found;
    type Chunks = Pieces;

    fn open(&mut self, input: Opened, frontier: Option<u64>) -> anyhow::Result<Pieces> {
        self.merge.begin(frontier);
        self.tail = Tail::default();
        let bytes = match input {
            Opened::Bytes(bytes) => bytes,
            Opened::Journals(journals) => return Ok(self.open_journals(journals)),
        };
        let reader = decompress(bytes.reader).map_err(told)?;
        let chunks =
            Chunks::new(Box::new(self.tail.of(reader)) as Box<_>, Limits::default()).map_err(told)?;
        let chunks = chunks.with_calendar(bytes.calendar);
        self.format = chunks.format();
        let source = PiecesOf::Stream(Box::new(Cutting { chunks, stats: Arc::clone(&self.cut) }));
        Ok(Pieces { source, extent: self.extent })
    }

    fn scan(piece: Piece) -> Found {
        match piece {
            Piece::Chunk { chunk, extent } => Found::Chunk(Box::new(Scanned::within(chunk, &extent))),
            Piece::Journal { slot, file, extent } => {
                Found::Journal { slot, scan: Box::new(FileScan::within(file, &extent)) }
            }
        }
    }

    fn take(&mut self, found: Found) -> Vec<Incident> {
        let scanned = match found {
            Found::Chunk(scanned) => *scanned,
            Found::Journal { slot, scan } => {
                if let Some(journals) = &mut self.journals {
                    journals.take(slot, *scan, &mut self.merge);
                }
                return self.merge.joining().closed();
            }
        };
        self.scanned += *scanned.stats();
        let seen = scanned.seen().to_vec();
        let merge = &mut self.merge;
        self.session.take(scanned, &mut |event| merge.push(event));
        seen.iter().for_each(|seen| merge.seen(seen));
        // Nobody knows when the next chunk of a stream comes: what has closed is told now.
        self.merge.joining().all_closed()
    }

    fn close(&mut self) -> Closed {
        if let Some(journals) = self.journals.take() {
            self.missing = journals.missing().cloned();
            return Closed { damaged: journals.damaged(), ..Closed::default() };
        }
        let format = self.format.take();
        let unproven = format.is_some_and(|format| format.provenance() == Provenance::Text);
        // What one file of a journal ends with may go on in the next. Text does not say whose it is.
        if unproven || !self.merge.goes_on() {
            self.end_session();
        }
        let cut = std::mem::take(&mut *self.cut.lock().unwrap_or_else(PoisonError::into_inner));
        let all = std::mem::take(&mut self.scanned) + cut;
        Closed {
            skipped: all.skipped.saturating_add(all.oversized),
            unproven,
            settled: Settled::of(&all),
            empty: format.is_none(),
            cut: format.is_some_and(|format| !self.tail.is_end_of(format)),
            damaged: Vec::new(),
        }
    }

    fn finish(&mut self) -> Vec<Incident> {
        self.end_session();
        self.merge.end();
        self.merge.joining().all_closed()
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
