//! What a batch reads.

use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::os::unix::fs::FileTypeExt;
use std::path::PathBuf;

use chrono::Utc;
use nwlog_ingest::calendar::Calendar;
use nwlog_ingest::scan::Scanned;
use nwlog_ingest::source::{self, Chunks, Limits, SourceError};

use super::journals::Journals;
use crate::errors::hinted;
use crate::zone::LocalZone;

/// How much of an input is read to find out when it begins, in bytes.
const HEAD: usize = 64 << 10;

/// One thing to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file that is read from front to back.
    File(PathBuf),
    /// Journal files, read as one.
    Journals(Journals),
}

/// An input that was opened.
pub enum Opened {
    /// A stream of bytes.
    Bytes(Bytes),
    /// Journal files.
    Journals(Journals),
}

/// A stream of bytes that was opened.
pub struct Bytes {
    /// The bytes.
    pub reader: Box<dyn Read + Send>,
    /// What settles times of text that leave something out.
    pub calendar: Calendar,
}

/// What is older than 2000 was never set: archives and images give files the first second of 1970 or 1980. In microseconds since 1970.
const OLDEST: u64 = 946_684_800_000_000;

/// What settles times in a log that was last changed then, read here: in the present where that is not known.
fn calendar(changed: Option<u64>) -> Calendar {
    let present = u64::try_from(Utc::now().timestamp_micros()).unwrap_or_default();
    let changed = changed.filter(|changed| (OLDEST..present).contains(changed));
    Calendar::new(changed.unwrap_or(present), LocalZone::new())
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdin => f.write_str("stdin"),
            Self::File(path) => fmt::Display::fmt(&path.display(), f),
            Self::Journals(journals) => fmt::Display::fmt(journals, f),
        }
    }
}

/// A source's error, with its hint.
pub fn told(error: SourceError) -> anyhow::Error {
    match error.hint() {
        Some(hint) => hinted(error, hint),
        None => error.into(),
    }
}

impl Input {
    /// Opens it.
    ///
    /// # Errors
    /// Where it cannot be opened.
    pub fn open(&self) -> anyhow::Result<Opened> {
        Ok(match self {
            Self::Journals(journals) => Opened::Journals(journals.clone()),
            stream => Opened::Bytes(stream.open_stream()?),
        })
    }

    /// Opens it as a stream of bytes, which journal files are not.
    ///
    /// # Errors
    /// Where it cannot be opened.
    pub fn open_stream(&self) -> anyhow::Result<Bytes> {
        match self {
            Self::Stdin => Ok(Bytes { reader: Box::new(io::stdin()), calendar: calendar(None) }),
            Self::File(path) => {
                let file = source::open(path).map_err(told)?;
                Ok(Bytes { reader: file.reader, calendar: calendar(file.changed) })
            }
            Self::Journals(_) => Err(told(SourceError::JournalFile)),
        }
    }

    /// When its first entry was stored, in microseconds since 1970, where that can be found out without spending it.
    pub fn start(&self) -> Option<u64> {
        let path = match self {
            Self::Stdin => return None,
            Self::File(path) => path,
            Self::Journals(journals) => return journals.start(),
        };
        let is_file = fs::metadata(path).is_ok_and(|file| file.is_file());
        let Bytes { reader, calendar } = is_file.then(|| self.open_stream().ok()).flatten()?;
        let limits = Limits { chunk: HEAD, ..Limits::default() };
        let chunks = Chunks::new(source::decompress(reader).ok()?, limits).ok()?;
        let chunk = chunks.with_calendar(calendar).next()?.ok()?;
        Scanned::of(chunk).first().realtime
    }

    /// How many bytes are read of it, where that is known: of what is compressed it is not.
    pub fn size(&self) -> Option<u64> {
        match self {
            Self::Stdin => None,
            Self::File(path) => {
                let file = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
                let mut head = [0; 8];
                let read = fs::File::open(path).and_then(|mut file| file.read(&mut head)).ok()?;
                let is_compressed = source::is_compressed(head.get(..read).unwrap_or_default());
                (!is_compressed).then_some(file.len())
            }
            Self::Journals(journals) => Some(journals.size()),
        }
    }
}

/// Whether there is something to read on stdin. A terminal brings nothing unless someone types a log, and /dev/null, which services get, brings nothing at all.
pub(super) fn stdin_brings_something() -> bool {
    fs::metadata("/dev/stdin").is_ok_and(|stdin| {
        let kind = stdin.file_type();
        kind.is_fifo() || kind.is_file() || kind.is_socket()
    })
}
