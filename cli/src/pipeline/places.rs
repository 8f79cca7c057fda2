//! What there is to read: journal files, and streams of other formats.
//!
//! Options name a journal, whose files are where systemd puts them, in folders that are called after machines:
//! [`nwlog_journal::locate`] knows these. A PATH names whatever someone has collected, logs of all kinds in folders of any
//! name and depth: [`source::locate`] looks through these.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use nwlog_ingest::source;
use nwlog_journal::{JournalFile, Located, Namespaces, Place, SIGNATURE, Search, Unreadable, locate};

use super::input::{self, Input, told};
use super::named::Named;
use crate::args::PlaceArgs;
use crate::errors::{Hint, hinted};

/// All that is to be read, and what was asked for and cannot be.
#[derive(Debug, Default)]
pub struct Places {
    /// Journal files that are open.
    pub journals: Vec<Named>,
    /// Everything else.
    pub streams: Vec<Input>,
    /// What cannot be read.
    pub failed: Vec<anyhow::Error>,
    /// Journal files, and directories of them, among what cannot be read; an empty path where it is not known which.
    pub unread: Vec<PathBuf>,
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
        if !paths.is_empty() {
            paths.iter().for_each(|path| places.path(path));
        } else if !args.is_given() && input::stdin_brings_something() {
            places.streams.push(Input::Stdin);
        } else {
            places.found(locate(&search(args)));
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
        match source::locate(path) {
            Ok(located) => {
                located.journals.iter().for_each(|path| self.journal(path));
                self.streams.extend(located.logs.into_iter().map(Input::File));
                // Where it is not said which it is, it can be any.
                self.unread.extend(
                    located.unreadable.iter().map(|error| error.path().unwrap_or(Path::new("")).to_owned()),
                );
                self.failed.extend(located.unreadable.into_iter().map(told));
                if located.truncated {
                    self.unread.push(PathBuf::new());
                    let error = anyhow!("{} holds more files than are looked at", path.display());
                    self.failed.push(hinted(error, "name the directories in it that matter"));
                }
            }
            Err(error) => {
                self.unread.push(path.to_owned());
                self.failed.push(told(error).context(format!("cannot read {}", path.display())));
            }
        }
    }

    /// Adds a journal file.
    pub fn journal(&mut self, path: &Path) {
        match JournalFile::open(path) {
            Ok(file) => self.journals.push(Named { path: path.to_owned(), file }),
            Err(error) => {
                self.unread.push(path.to_owned());
                self.failed.push(anyhow::Error::new(error).context(format!("cannot read {}", path.display())))
            }
        }
    }

    fn found(&mut self, located: Located) {
        located.files.iter().for_each(|file| self.journal(&file.path));
        for Unreadable { path, error, groups } in located.unreadable {
            let error = anyhow::Error::new(error).context(format!("cannot read {}", path.display()));
            self.unread.push(path);
            let names: Vec<_> =
                groups.into_iter().map(|group| group.name.unwrap_or_else(|| group.gid.to_string())).collect();
            self.failed.push(match names.as_slice() {
                [] => error,
                names => hinted(error, format!("join a group that may: {}", names.join(", "))),
            });
        }
        if located.left_out > 0 {
            self.unread.push(PathBuf::new());
            self.failed.push(anyhow!("{} more journal files are not looked at", located.left_out));
        }
    }
}

/// Where journalctl would look.
pub fn search(args: &PlaceArgs) -> Search {
    let place = match (&args.directory, args.file.as_slice()) {
        (Some(directory), _) => Place::Directory(directory.clone()),
        (None, []) => Place::System(args.root.clone()),
        (None, files) => Place::Files(files.to_vec()),
    };
    let namespaces = args.namespace.as_deref().map(Namespaces::parse).unwrap_or_default();
    Search { place, namespaces, all_machines: args.merge }
}

fn is_journal(path: &Path) -> bool {
    let mut head = [0; SIGNATURE.len()];
    let is_file = fs::metadata(path).is_ok_and(|file| file.is_file());
    // A crash or a disk can take the first page.
    let is_named =
        || path.extension().is_some_and(|extension| extension == "journal" || extension == "journal~");
    is_file
        && File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok()
        && (head == SIGNATURE || head == [0; SIGNATURE.len()] && is_named())
}
