//! Directories, and what is in them.

use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::access::readers;
use super::{FileName, Finder, FoundFile, MAX_FILES, Machines, Siblings, Unreadable};
use crate::Id128;

/// The most names that are read of one directory.
const MAX_NAMES: usize = 4 * MAX_FILES;

impl Finder<'_> {
    /// A directory and the machines' directories in it.
    pub(super) fn top(&mut self, path: &Path, machines: Machines, must_be: bool) {
        self.found.directories.push(path.to_owned());
        let names = match list(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && !must_be => return,
            Err(error) => return self.unreadable(path.to_owned(), error),
            Ok(names) => names,
        };
        self.files_of(path, &names);
        for name in &names {
            if !self.is_wanted(name.as_bytes(), machines) {
                continue;
            }
            let path = path.join(name);
            let names = list(&path);
            if !names.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::NotADirectory) {
                self.found.directories.push(path.clone());
            }
            match names {
                // A file that is called as a machine is not a journal.
                Err(error) if error.kind() == io::ErrorKind::NotADirectory => {}
                Err(error) => self.unreadable(path, error),
                Ok(names) => self.files_of(&path, &names),
            }
        }
    }

    fn is_wanted(&self, name: &[u8], machines: Machines) -> bool {
        let (id, namespace) = match name.iter().position(|byte| *byte == b'.') {
            Some(at) => (name.get(..at).unwrap_or_default(), name.get(at + 1..)),
            None => (name, None),
        };
        let is_machine = Id128::parse(id).is_some_and(|id| match machines {
            Machines::Any => true,
            Machines::Only(machine) => machine == Some(id),
        });
        is_machine && namespace.is_none_or(|name| !name.is_empty()) && self.search.namespaces.has(namespace)
    }

    fn files_of(&mut self, dir: &Path, names: &[OsString]) {
        let first = self.found.files.len();
        let (unreadable, left_out) = (self.found.unreadable.len(), self.found.left_out);
        for name in names.iter().filter(|name| FileName::parse(name).is_some()) {
            let path = dir.join(name);
            if fs::metadata(&path).map_or(true, |metadata| metadata.is_file()) {
                self.file(path, Siblings::All);
            }
        }
        if self.found.unreadable.len() != unreadable || self.found.left_out != left_out {
            for file in self.found.files.iter_mut().skip(first) {
                file.siblings = Siblings::Unreadable;
            }
        }
    }

    pub(super) fn file(&mut self, path: PathBuf, siblings: Siblings) {
        let metadata = match open(&path) {
            Ok(metadata) => metadata,
            Err(error) => return self.unreadable(path, error),
        };
        if self.found.files.len() >= MAX_FILES {
            self.found.left_out += 1;
        } else if self.seen.insert((metadata.dev(), metadata.ino())) {
            let name = path.file_name().and_then(FileName::parse);
            self.found.files.push(FoundFile { path, name, siblings });
        }
    }

    fn unreadable(&mut self, path: PathBuf, error: io::Error) {
        let is_forbidden = error.kind() == io::ErrorKind::PermissionDenied;
        let groups = if is_forbidden { readers(&path, &self.names) } else { Vec::new() };
        self.found.unreadable.push(Unreadable { path, error, groups });
    }
}

/// The names in a directory, sorted.
fn list(path: &Path) -> io::Result<Vec<OsString>> {
    let entries = fs::read_dir(path)?.take(MAX_NAMES.saturating_add(1));
    let mut names = entries.map(|entry| Ok(entry?.file_name())).collect::<io::Result<Vec<_>>>()?;
    if names.len() > MAX_NAMES {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "too many names in one directory"));
    }
    names.sort();
    Ok(names)
}

/// Whether a file can be opened. What is no file, and a pipe that would wait for its other end, is not even tried.
fn open(path: &Path) -> io::Result<Metadata> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    File::open(path)?.metadata()
}
