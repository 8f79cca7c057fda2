//! What a batch reads.

use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::os::unix::fs::FileTypeExt;
use std::path::PathBuf;

use nwlog_ingest::scan::Scanned;
use nwlog_ingest::source::{self, Chunks, Limits, SourceError};

use super::journals::Journals;
use crate::errors::hinted;

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
    Bytes(Box<dyn Read + Send>),
    /// Journal files.
    Journals(Journals),
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
    pub fn open_stream(&self) -> anyhow::Result<Box<dyn Read + Send>> {
        match self {
            Self::Stdin => Ok(Box::new(io::stdin())),
            Self::File(path) => source::open(path).map_err(told),
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
        let bytes = is_file.then(|| source::open(path).ok()).flatten()?;
        let limits = Limits { chunk: HEAD, ..Limits::default() };
        let chunk = Chunks::new(source::decompress(bytes).ok()?, limits).ok()?.next()?.ok()?;
        Scanned::of(chunk).first().realtime
    }

    /// How many bytes it has, where that is known.
    pub fn size(&self) -> Option<u64> {
        match self {
            Self::Stdin => None,
            Self::File(path) => fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|file| file.len()),
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
