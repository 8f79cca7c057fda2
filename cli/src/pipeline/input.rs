//! What a batch reads.

use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use nwlog_ingest::scan::Scanned;
use nwlog_ingest::source::{self, Chunks, Limits, SourceError};

use super::journals::Journals;
use crate::errors::{Hint, hinted};

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

/// All that is to be read, and what was asked for and cannot be.
#[derive(Debug, Default)]
pub struct Inputs {
    /// What can be opened, as far as is known.
    pub found: Vec<Input>,
    /// What cannot.
    pub failed: Vec<anyhow::Error>,
}

impl Inputs {
    /// What the paths name: `-` is stdin, and so is no path at all where stdin is a pipe or a file; a directory stands
    /// for the logs in it.
    ///
    /// # Errors
    /// Where there is no path and stdin brings nothing.
    pub fn of_paths(paths: &[PathBuf]) -> anyhow::Result<Self> {
        let mut inputs = Self::default();
        if paths.is_empty() && !stdin_brings_something() {
            return Err(anyhow!("nothing to read"))
                .hint("give a PATH, or pipe: journalctl -o export -b | nwlog analyze");
        }
        if paths.is_empty() {
            inputs.found.push(Input::Stdin);
        }
        let mut journals = Vec::new();
        for path in paths {
            if path == Path::new("-") {
                inputs.found.push(Input::Stdin);
            } else {
                inputs.path(path, &mut journals);
            }
        }
        inputs.journals(journals);
        Ok(inputs)
    }

    /// Adds journal files, which are read as one.
    fn journals(&mut self, paths: Vec<PathBuf>) {
        let (journals, failed) = Journals::open(paths);
        self.failed.extend(failed.into_iter().map(told));
        if !journals.is_empty() {
            self.found.push(Input::Journals(journals));
        }
    }

    fn path(&mut self, path: &Path, journals: &mut Vec<PathBuf>) {
        let located = match source::locate(path) {
            Ok(located) => located,
            Err(error) => {
                let error = told(error).context(format!("cannot read {}", path.display()));
                return self.failed.push(error);
            }
        };
        self.found.extend(located.logs.into_iter().map(Input::File));
        self.failed.extend(located.unreadable.into_iter().map(told));
        journals.extend(located.journals);
        if located.truncated {
            self.failed.push(anyhow!("{} holds more files than are looked at", path.display()));
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
            Self::Stdin => Opened::Bytes(Box::new(io::stdin())),
            Self::File(path) => Opened::Bytes(source::open(path).map_err(told)?),
            Self::Journals(journals) => Opened::Journals(journals.clone()),
        })
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
pub fn stdin_brings_something() -> bool {
    fs::metadata("/dev/stdin").is_ok_and(|stdin| {
        let kind = stdin.file_type();
        kind.is_fifo() || kind.is_file() || kind.is_socket()
    })
}
