//! What there is to read: journal files, and streams of other formats.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use nwlog_ingest::Id128;
use nwlog_ingest::source::{self, SourceError};
use nwlog_journal::{JournalFile, SIGNATURE};

use super::entries::journals::Named;
use super::input::{self, Input, told};
use crate::args::PlaceArgs;
use crate::errors::Hint;

/// All that is to be read, and what was asked for and cannot be.
#[derive(Debug, Default)]
pub struct Places {
    /// Journal files that are open.
    pub journals: Vec<Named>,
    /// Everything else.
    pub streams: Vec<Input>,
    /// What cannot be read.
    pub failed: Vec<anyhow::Error>,
}

impl Places {
    /// What options and paths name: with neither, stdin where it is a pipe or a file, else the journal of this machine.
    ///
    /// # Errors
    /// Where both are given, and where there is nothing to read.
    pub fn read(args: &PlaceArgs, paths: &[PathBuf]) -> anyhow::Result<Self> {
        let mut places = Self::default();
        if args.is_given() && !paths.is_empty() {
            return Err(anyhow!("a PATH and an option that says whose journal"))
                .hint("name everything that is to be read as a PATH");
        }
        match (&args.directory, &args.root) {
            (Some(directory), _) => places.journals(directory, 1),
            (None, Some(root)) => places.system(root, args.namespace.as_deref(), true),
            _ if !args.file.is_empty() => args.file.iter().for_each(|path| places.journal(path)),
            _ if !paths.is_empty() => paths.iter().for_each(|path| places.path(path)),
            _ if !args.is_given() && input::stdin_brings_something() => places.streams.push(Input::Stdin),
            _ => places.system(Path::new("/"), args.namespace.as_deref(), args.merge),
        }
        if places.journals.is_empty() && places.streams.is_empty() && places.failed.is_empty() {
            return Err(anyhow!("there are no journal files")).hint("give a PATH, or -D DIR");
        }
        Ok(places)
    }

    /// Adds what a path names: `-` is stdin, a directory stands for the logs in it.
    pub fn path(&mut self, path: &Path) {
        if path == Path::new("-") {
            self.streams.push(Input::Stdin);
        } else if path.is_dir() {
            self.directory(path);
        } else if is_journal(path) {
            self.journal(path);
        } else {
            self.streams.push(Input::File(path.to_owned()));
        }
    }

    fn directory(&mut self, path: &Path) {
        let before = self.journals.len() + self.failed.len();
        self.journals(path, DEPTH);
        match source::locate(path) {
            Ok(located) => {
                self.streams.extend(located.logs.into_iter().map(Input::File));
                self.failed.extend(located.unreadable.into_iter().map(told));
            }
            Err(SourceError::JournalFile | SourceError::NoLogs(_))
                if self.journals.len() + self.failed.len() > before => {}
            Err(error) => self.failed.push(told(error).context(format!("cannot read {}", path.display()))),
        }
    }

    /// Adds the journal files in a directory, and so many levels below it.
    pub fn journals(&mut self, path: &Path, depth: usize) {
        let entries = fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()));
        let mut paths: Vec<PathBuf> = match entries {
            Ok(entries) => entries.flatten().map(|entry| entry.path()).collect(),
            Err(error) => return self.failed.push(error),
        };
        paths.sort();
        for path in paths {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if path.is_dir() {
                if depth > 0 {
                    self.journals(&path, depth - 1);
                }
            } else if name.ends_with(".journal") || name.ends_with(".journal~") {
                self.journal(&path);
            }
        }
    }

    /// Adds a journal file.
    pub fn journal(&mut self, path: &Path) {
        match JournalFile::open(path) {
            Ok(file) => self.journals.push(Named { path: path.to_owned(), file }),
            Err(error) => {
                self.failed.push(anyhow::Error::new(error).context(format!("cannot read {}", path.display())))
            }
        }
    }

    /// Adds the journals of a system, whose files begin at `root`.
    pub fn system(&mut self, root: &Path, namespace: Option<&str>, all: bool) {
        let machine = fs::read_to_string(root.join("etc/machine-id")).unwrap_or_default();
        let machine = Id128::parse(machine.trim().as_bytes()).map(|id| id.to_string());
        for base in ["var/log/journal", "run/log/journal"] {
            let base = root.join(base);
            let Ok(entries) = fs::read_dir(&base) else { continue };
            let mut directories: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
            directories.sort();
            for name in directories {
                let name = name.to_string_lossy();
                let (id, space) =
                    name.split_once('.').map_or((&*name, None), |(id, space)| (id, Some(space)));
                let own = machine.as_deref() == Some(id) && is_in(space, namespace);
                if all || own {
                    self.journals(&base.join(&*name), usize::from(all));
                }
            }
        }
    }
}

/// How deep a directory of logs is followed.
const DEPTH: usize = 8;

fn is_in(space: Option<&str>, wanted: Option<&str>) -> bool {
    match wanted {
        None | Some("") => space.is_none(),
        Some("*") => true,
        Some(wanted) => match wanted.strip_prefix('+') {
            Some(wanted) => space.is_none_or(|space| space == wanted),
            None => space == Some(wanted),
        },
    }
}

fn is_journal(path: &Path) -> bool {
    let mut head = [0; SIGNATURE.len()];
    let is_file = fs::metadata(path).is_ok_and(|file| file.is_file());
    is_file && File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && head == SIGNATURE
}
