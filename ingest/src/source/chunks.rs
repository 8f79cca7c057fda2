//! Cuts a stream into chunks of whole records.

use std::io::{self, Read};

use super::skip::Skip;
use super::sniff::{SAMPLE, Sniffed, sniff};
use super::{Chunk, Format, SourceError, Stats, decompress};
use crate::Id128;
use crate::calendar::Calendar;
use crate::decode::{Frame, boots, frame};

/// How much of a stream is held at a time, in bytes. More than 1 GiB of either counts as 1 GiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// A chunk is cut where it would grow past this.
    pub chunk: usize,
    /// A record larger than this is passed over and counted.
    pub record: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { chunk: 4 << 20, record: 64 << 20 }
    }
}

/// What a limit can be at most: places in a chunk are 32 bits wide.
const MOST: usize = 1 << 30;

/// The chunks of a stream, in order. What they hold does not depend on how the stream was read.
///
/// After an error there are no more; all that could be read has come before it.
#[derive(Debug)]
pub struct Chunks<R> {
    reader: R,
    format: Option<Format>,
    limits: Limits,
    /// Read and not yet handed out.
    held: Vec<u8>,
    /// Where that begins in the stream.
    offset: u64,
    skip: Option<Skip>,
    ended: bool,
    failure: Option<io::Error>,
    stats: Stats,
    calendar: Calendar,
    /// The boot that a line named last.
    boot: Option<Id128>,
}

/// What the bytes held are good for.
enum Cut {
    /// So many bytes are whole records.
    Whole(usize),
    /// The first record takes more than is held: at least so much in all.
    More(usize),
    /// The first record is too large.
    Oversized,
}

impl Chunks<Box<dyn Read + Send>> {
    /// Cuts a stream that may be compressed.
    ///
    /// # Errors
    ///
    /// It cannot be read, or is not a log.
    pub fn from_reader(reader: impl Read + Send + 'static) -> Result<Self, SourceError> {
        Self::new(decompress(reader)?, Limits::default())
    }
}

impl<R: Read> Chunks<R> {
    /// Cuts a stream that is not compressed, and tells its format from its first bytes.
    ///
    /// # Errors
    ///
    /// It cannot be read, or is not a log.
    pub fn new(reader: R, limits: Limits) -> Result<Self, SourceError> {
        let mut chunks = Self::blank(reader, None, limits);
        chunks.fill(SAMPLE);
        chunks.format = match sniff(&chunks.held) {
            Sniffed::Log(format) => Some(format),
            Sniffed::Refused(refused) => return Err(refused.into()),
            Sniffed::Empty => None,
        };
        Ok(chunks)
    }

    /// Cuts a stream whose format is known.
    pub fn with_format(reader: R, format: Format, limits: Limits) -> Self {
        Self::blank(reader, Some(format), limits)
    }

    fn blank(reader: R, format: Option<Format>, limits: Limits) -> Self {
        let limits = Limits { chunk: limits.chunk.clamp(1, MOST), record: limits.record.min(MOST) };
        let (held, stats) = (Vec::new(), Stats::default());
        let calendar = Calendar::default();
        Self {
            reader,
            format,
            limits,
            held,
            offset: 0,
            skip: None,
            ended: false,
            failure: None,
            stats,
            calendar,
            boot: None,
        }
    }

    /// Settles by this what times of text leave out.
    #[must_use]
    pub fn with_calendar(self, calendar: Calendar) -> Self {
        Self { calendar, ..self }
    }

    /// The stream's format; none where it is empty.
    pub fn format(&self) -> Option<Format> {
        self.format
    }

    /// What was passed over and is in no chunk.
    pub fn stats(&self) -> Stats {
        self.stats
    }

    /// Reads until so many bytes are held, or there are no more.
    fn fill(&mut self, wanted: usize) {
        let missing = wanted.saturating_sub(self.held.len());
        if self.ended || missing == 0 {
            return;
        }
        self.held.reserve(missing.min(self.limits.chunk));
        match self.reader.by_ref().take(missing as u64).read_to_end(&mut self.held) {
            Ok(_) => self.ended = self.held.len() < wanted,
            Err(error) => {
                self.ended = true;
                self.failure = Some(error);
            }
        }
    }

    fn cut(&self, format: Format) -> Cut {
        let mut at: usize = 0;
        while at < self.limits.chunk {
            let Some(rest) = self.held.get(at..).filter(|rest| !rest.is_empty()) else { break };
            let len = match frame(format, rest, self.ended) {
                Frame::Whole(len) => len as u64,
                Frame::Open(need) if need <= self.limits.record as u64 && self.ended => rest.len() as u64,
                Frame::Open(need) => match (at, need > self.limits.record as u64) {
                    (0, true) => return Cut::Oversized,
                    (0, false) => return Cut::More(usize::try_from(need).unwrap_or(usize::MAX)),
                    _ => break,
                },
            };
            match (at, usize::try_from(len)) {
                (_, Ok(len)) if len <= self.limits.record => at = at.saturating_add(len),
                (0, _) => return Cut::Oversized,
                _ => break,
            }
        }
        Cut::Whole(at)
    }

    /// Hands out the first bytes held.
    fn take(&mut self, format: Format, len: usize) -> Chunk {
        let rest = self.held.split_off(len.min(self.held.len()));
        let bytes = std::mem::replace(&mut self.held, rest);
        let offset = self.offset;
        self.offset = offset.saturating_add(bytes.len() as u64);
        let boots = match format {
            Format::Short { .. } | Format::ShortMonotonic { .. } => boots(&bytes, self.boot),
            _ => Vec::new(),
        };
        self.boot = boots.last().map(|(_, boot)| *boot);
        Chunk { format, offset, bytes, calendar: self.calendar.clone(), boots }
    }

    /// Passes over what is held, as far as the walk goes.
    fn pass_over(&mut self, mut skip: Skip) {
        self.fill(self.held.len().max(self.limits.chunk).max(SAMPLE));
        let (taken, done) = skip.take(&self.held, self.ended);
        let taken = if self.ended && !done { self.held.len() } else { taken };
        if taken == 0 && !done {
            self.fill(self.held.len().saturating_mul(2));
        }
        self.held.drain(..taken.min(self.held.len()));
        self.offset = self.offset.saturating_add(taken as u64);
        self.stats.bytes = self.stats.bytes.saturating_add(taken as u64);
        self.skip = (!done).then_some(skip);
    }
}

impl<R: Read> Iterator for Chunks<R> {
    type Item = Result<Chunk, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        let Some(format) = self.format else {
            return self.failure.take().map(|error| Err(SourceError::reading(error)));
        };
        loop {
            self.fill(self.limits.chunk);
            if self.held.is_empty() && self.ended {
                return self.failure.take().map(|error| Err(SourceError::reading(error)));
            }
            if let Some(skip) = self.skip.take() {
                self.pass_over(skip);
                continue;
            }
            match self.cut(format) {
                Cut::Whole(len) => return Some(Ok(self.take(format, len))),
                Cut::More(need) => self.fill(need.max(self.held.len().saturating_mul(2))),
                Cut::Oversized => {
                    self.stats.oversized = self.stats.oversized.saturating_add(1);
                    self.skip = Some(Skip::new(format));
                }
            }
        }
    }
}
