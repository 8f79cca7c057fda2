//! Finds the logs in a directory.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use nwlog_journal::SIGNATURE;

use super::sniff::{Refused, SAMPLE, Sniffed, sniff};
use super::{SourceError, decompress};

/// How deep directories are followed. Journals lie one below their root, a collection of hosts two or three.
const MAX_DEPTH: usize = 8;

/// How many files are looked at.
const MAX_FILES: usize = 100_000;

/// What a path holds.
#[derive(Debug, Default)]
pub struct Located {
    /// Logs, sorted by path.
    pub logs: Vec<PathBuf>,
    /// Journal files, sorted by path.
    pub journals: Vec<PathBuf>,
    /// Files that could not be looked at, and why.
    pub unreadable: Vec<SourceError>,
    /// How many files are something else, or empty.
    pub others: u64,
    /// Whether there were more files than are looked at.
    pub truncated: bool,
}

/// Finds the logs that a path names: itself if it is a file, else the files in it and below.
///
/// Links to files are followed, links to directories are not. In a directory pipes and devices are left alone; named
/// as such they are read.
///
/// # Errors
///
/// The path cannot be read, or is a directory without a log.
pub fn locate(path: &Path) -> Result<Located, SourceError> {
    let metadata = fs::metadata(path).map_err(|error| SourceError::opening(path, error))?;
    if !metadata.is_dir() {
        let own = vec![path.to_path_buf()];
        // A pipe is not looked into before it is read.
        let is_journal = metadata.is_file() && is_journal(path)?;
        return Ok(match is_journal {
            true => Located { journals: own, ..Located::default() },
            false => Located { logs: own, ..Located::default() },
        });
    }
    let mut walk = Walk::default();
    walk.directory(path, 0)?;
    let mut found = walk.found;
    if found.logs.is_empty() && found.journals.is_empty() {
        return Err(found.unreadable.pop().unwrap_or_else(|| SourceError::NoLogs(path.to_path_buf())));
    }
    Ok(found)
}

#[derive(Default)]
struct Walk {
    found: Located,
    seen: HashSet<(u64, u64)>,
}

impl Walk {
    #[allow(clippy::disallowed_methods)]
    fn directory(&mut self, path: &Path, depth: usize) -> Result<(), SourceError> {
        let opening = |error| SourceError::opening(path, error);
        let entries = fs::read_dir(path).map_err(opening)?.take(MAX_FILES).collect::<Result<Vec<_>, _>>();
        let mut paths: Vec<PathBuf> =
            entries.map_err(opening)?.into_iter().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            if let Err(error) = self.entry(&path, depth) {
                self.found.unreadable.push(error);
            }
        }
        Ok(())
    }

    fn entry(&mut self, path: &Path, depth: usize) -> Result<(), SourceError> {
        let opening = |error| SourceError::opening(path, error);
        if fs::symlink_metadata(path).map_err(opening)?.is_dir() {
            return if depth < MAX_DEPTH { self.directory(path, depth + 1) } else { Ok(()) };
        }
        let metadata = fs::metadata(path).map_err(opening)?;
        if !metadata.is_file() || !self.seen.insert((metadata.dev(), metadata.ino())) {
            return Ok(());
        }
        if self.seen.len() > MAX_FILES {
            self.found.truncated = true;
            return Ok(());
        }
        match head_of(path)? {
            // Opening it says why it cannot be read.
            Sniffed::Log(_) | Sniffed::Refused(Refused::DateWithoutYear | Refused::DmesgDates) => {
                self.found.logs.push(path.to_path_buf())
            }
            Sniffed::Refused(Refused::JournalFile) if is_journal(path)? => {
                self.found.journals.push(path.to_path_buf())
            }
            Sniffed::Refused(Refused::JournalFile) => self.found.unreadable.push(SourceError::JournalFile),
            Sniffed::Refused(Refused::Binary) | Sniffed::Empty => self.found.others += 1,
        }
        Ok(())
    }
}

/// Whether a file is a journal file as it stands on the disk.
#[allow(clippy::disallowed_methods)]
fn is_journal(path: &Path) -> Result<bool, SourceError> {
    let mut head = Vec::new();
    let file = File::open(path).map_err(|error| SourceError::opening(path, error))?;
    match file.take(SIGNATURE.len() as u64).read_to_end(&mut head) {
        Ok(_) => Ok(head == SIGNATURE),
        Err(error) => Err(SourceError::opening(path, error)),
    }
}

/// A cut or damaged file is told by what can be read of it.
#[allow(clippy::disallowed_methods)]
fn head_of(path: &Path) -> Result<Sniffed, SourceError> {
    let file = File::open(path).map_err(|error| SourceError::opening(path, error))?;
    let mut head = Vec::new();
    let read = decompress(file)?.take(SAMPLE as u64).read_to_end(&mut head);
    match read {
        Err(error) if head.is_empty() => Err(SourceError::reading(error)),
        _ => Ok(sniff(&head)),
    }
}
