//! Which journal files there are.
//!
//! As systemd, src/libsystemd/sd-journal/sd-journal.c of v252 looks for them (`add_search_paths`, `add_root_directory`,
//! `add_directory`, `dirent_is_journal_file`): files in a directory, and in those sub-directories whose names are a
//! machine's id, or that with a namespace behind a dot.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::Id128;

mod access;
mod directory;
mod glob;
mod name;

pub use access::Group;
pub use name::{FileName, Owner, Stage};

/// The most files of one search; journalctl reads 7,168.
pub const MAX_FILES: usize = 32_768;

/// The most bytes that a file with a machine's id is read of.
const MAX_ID_FILE: usize = 64;

/// Where to look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A system's own journals, in `/run/log/journal` and `/var/log/journal`, below a root directory where one is given.
    System(Option<PathBuf>),
    /// A directory: of one journal, or of several as `/var/log/journal` is.
    Directory(PathBuf),
    /// Files, by their names or by patterns. What these are called does not matter.
    Files(Vec<PathBuf>),
}

/// Whose journals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Namespaces {
    /// The one without a name.
    #[default]
    Unnamed,
    /// One with a name.
    Named(String),
    /// One with a name, and the one without.
    WithUnnamed(String),
    /// All.
    All,
}

impl Namespaces {
    /// Reads what `--namespace` takes: a name, `+` and a name, `*`, or nothing for the one without a name.
    pub fn parse(text: &str) -> Self {
        match (text, text.strip_prefix('+')) {
            ("" | "+", _) => Self::Unnamed,
            ("*", _) => Self::All,
            (_, Some(name)) => Self::WithUnnamed(name.to_owned()),
            (name, None) => Self::Named(name.to_owned()),
        }
    }

    fn has(&self, namespace: Option<&[u8]>) -> bool {
        match self {
            Self::Unnamed => namespace.is_none(),
            Self::Named(name) => namespace == Some(name.as_bytes()),
            Self::WithUnnamed(name) => namespace.is_none_or(|given| given == name.as_bytes()),
            Self::All => true,
        }
    }
}

/// What to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// Where.
    pub place: Place,
    /// Which namespaces, in places that are directories.
    pub namespaces: Namespaces,
    /// Journals of all machines, and those received from elsewhere in `remote`. Without it a running system's own alone
    /// are read; below another root, and in a directory, those of all machines are even then, as journalctl does: it
    /// cannot be known whose root that is.
    pub all_machines: bool,
}

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFile {
    /// Where it is.
    pub path: PathBuf,
    /// What its name says, where that is a journal file's.
    pub name: Option<FileName>,
    /// What is known of the files beside it.
    pub siblings: Siblings,
}

/// What is known of the other files of the journal that a file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Siblings {
    /// All that its directory has were found, and may be read.
    All,
    /// Some may not be read.
    Unreadable,
    /// It was asked for alone.
    Unknown,
}

/// A file or a directory that is there and may not, or cannot, be read.
#[derive(Debug)]
pub struct Unreadable {
    /// Which.
    pub path: PathBuf,
    /// Why.
    pub error: io::Error,
    /// Whose members may read it, where it is for want of permission.
    pub groups: Vec<Group>,
}

/// What a search found.
#[derive(Debug, Default)]
pub struct Located {
    /// The files, each once whatever its names, those of one directory together and sorted by name.
    pub files: Vec<FoundFile>,
    /// What could not be read.
    pub unreadable: Vec<Unreadable>,
    /// How many files there are beyond [`MAX_FILES`].
    pub left_out: u64,
    /// The directories in which files were looked for, also those that are not there.
    pub directories: Vec<PathBuf>,
}

/// Looks for journal files.
pub fn locate(search: &Search) -> Located {
    let mut finder = Finder::new(search);
    match &search.place {
        Place::System(root) => {
            let below = |path: &str| root.as_deref().unwrap_or(Path::new("/")).join(path);
            finder.names = below("etc/group");
            let only = (root.is_none() && !search.all_machines).then(|| machine_id(&below("etc/machine-id")));
            finder.top(&below("run/log/journal"), Machines::Any, false);
            finder.top(&below("var/log/journal"), only.map_or(Machines::Any, Machines::Only), false);
            if root.is_some() || search.all_machines {
                finder.top(&below("var/log/journal/remote"), Machines::Any, false);
            }
        }
        Place::Directory(path) => {
            finder.top(path, Machines::Any, true);
            if search.all_machines {
                finder.top(&path.join("remote"), Machines::Any, false);
            }
        }
        Place::Files(patterns) => {
            for path in patterns.iter().flat_map(|pattern| glob::expand(pattern, MAX_FILES)) {
                let directory = path.parent().map(Path::to_owned);
                if finder.found.directories.last() != directory.as_ref() {
                    finder.found.directories.extend(directory);
                }
                finder.file(path, Siblings::Unknown);
            }
            let directories = patterns.iter().filter_map(|pattern| Some(pattern.parent()?.to_owned()));
            finder.found.directories.extend(directories);
            finder.found.directories.sort();
            finder.found.directories.dedup();
        }
    }
    finder.found
}

/// Whose sub-directories are read.
#[derive(Clone, Copy)]
enum Machines {
    Any,
    /// One machine's, or no one's where it has no id.
    Only(Option<Id128>),
}

struct Finder<'a> {
    search: &'a Search,
    names: PathBuf,
    found: Located,
    seen: BTreeSet<(u64, u64)>,
}

impl<'a> Finder<'a> {
    fn new(search: &'a Search) -> Self {
        Self { search, names: PathBuf::from("/etc/group"), found: Located::default(), seen: BTreeSet::new() }
    }
}

fn machine_id(path: &Path) -> Option<Id128> {
    let text = std::fs::read(path).ok()?;
    Id128::parse(text.get(..MAX_ID_FILE).unwrap_or(&text).trim_ascii())
}

#[cfg(test)]
mod tests;
