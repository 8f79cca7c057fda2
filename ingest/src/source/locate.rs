//! Finds the logs in a directory.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use nwlog_journal::{FileName, SIGNATURE};

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
    /// Journal files, sorted by path: what is one, and what is called as one.
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
/// Links to files are followed; in a directory that a link leads to journal files alone are looked for, by their names, for
/// it may hold anything. In a directory pipes and devices are left alone; named as such they are read.
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
    walk.seen.insert((metadata.dev(), metadata.ino()));
    walk.directory(path, Step { depth: 0, linked: false })?;
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

/// How a directory was come by.
#[derive(Clone, Copy)]
struct Step {
    depth: usize,
    /// Through a link.
    linked: bool,
}

impl Walk {
    #[allow(clippy::disallowed_methods)]
    fn directory(&mut self, path: &Path, step: Step) -> Result<(), SourceError> {
        let opening = |error| SourceError::opening(path, error);
        let entries = fs::read_dir(path).map_err(opening)?.take(MAX_FILES).collect::<Result<Vec<_>, _>>();
        let mut paths: Vec<PathBuf> =
            entries.map_err(opening)?.into_iter().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            if let Err(error) = self.entry(&path, step) {
                self.found.unreadable.push(error);
            }
        }
        Ok(())
    }

    fn entry(&mut self, path: &Path, Step { depth, linked }: Step) -> Result<(), SourceError> {
        let opening = |error| SourceError::opening(path, error);
        let is_link = fs::symlink_metadata(path).map_err(opening)?.is_symlink();
        let is_journal_by_name = path.file_name().and_then(FileName::parse).is_some();
        let metadata = match fs::metadata(path) {
            // A link that leads nowhere.
            Err(_) if linked && !is_journal_by_name => return Ok(()),
            metadata => metadata.map_err(opening)?,
        };
        let is_new = |walk: &mut Self| walk.seen.insert((metadata.dev(), metadata.ino()));
        if metadata.is_dir() {
            let step = Step { depth: depth + 1, linked: linked || is_link };
            // Only links can lead in a circle.
            let is_new = is_new(self) || !step.linked;
            return if depth < MAX_DEPTH && is_new { self.directory(path, step) } else { Ok(()) };
        }
        if !metadata.is_file() || linked && !is_journal_by_name || !is_new(self) {
            return Ok(());
        }
        if self.seen.len() > MAX_FILES {
            self.found.truncated = true;
            return Ok(());
        }
        if is_journal_by_name {
            // Opening it says why it cannot be read.
            self.found.journals.push(path.to_path_buf());
            return Ok(());
        }
        match head_of(path)? {
            // Opening it says why it cannot be read.
            Sniffed::Log(_) => self.found.logs.push(path.to_path_buf()),
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
