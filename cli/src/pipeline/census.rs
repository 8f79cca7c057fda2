//! Which journal files there are, so that it can be proved that entries are missing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use nwlog_ingest::scan::Missing;
use nwlog_journal::{Check, FileName, Header, Member, NotChecked, Unread};

use super::named::Journal;

/// The most files of one directory that are told apart where they were not read.
const MAX_UNREAD: usize = 4_096;

/// The files that were opened, in that order, and those beside them.
#[derive(Clone, Debug, Default)]
pub struct Census {
    paths: Vec<PathBuf>,
    members: Vec<Member>,
    directories: Vec<PathBuf>,
    unread: Vec<Unread>,
}

impl Census {
    /// A file was opened, whose first entry has this number.
    pub fn add(&mut self, path: &Path, header: &Header, first: Option<u64>) {
        let parent = path.parent().unwrap_or(Path::new(""));
        let directory = self.directories.iter().position(|known| known == parent).unwrap_or_else(|| {
            self.directories.push(parent.to_owned());
            self.directories.len() - 1
        });
        let writer = self.directories.iter().position(|known| known.file_name() == parent.file_name());
        let place = (directory, writer.unwrap_or(directory));
        self.members.push(Member::new(place, name_of(path), header, first));
        self.paths.push(path.to_owned());
    }

    /// Files could not be opened.
    pub fn could_not_read(&mut self, paths: &[PathBuf]) {
        for path in paths {
            let directory = self.directories.iter().position(|known| Some(&**known) == path.parent());
            self.unread.push(Unread { directory, name: name_of(path) });
        }
    }

    /// Looks at what is in the directories now: a file that was not opened may have come meanwhile. To be called when all
    /// are open.
    pub fn look_again(&mut self) {
        let known: BTreeSet<&Path> = self.paths.iter().map(PathBuf::as_path).collect();
        for (directory, path) in self.directories.iter().enumerate() {
            let names = fs::read_dir(path).map(|names| names.map(|name| name.map(|name| name.path())));
            let mut unread: Vec<Unread> = match names.and_then(Iterator::collect::<Result<Vec<_>, _>>) {
                Err(_) => vec![Unread { directory: Some(directory), name: None }],
                Ok(paths) => paths
                    .iter()
                    .filter(|path| !known.contains(path.as_path()) && !path.is_dir())
                    .filter_map(|path| name_beside(path))
                    .map(|name| Unread { directory: Some(directory), name: Some(name) })
                    .collect(),
            };
            if unread.len() > MAX_UNREAD {
                unread = vec![Unread { directory: Some(directory), name: None }];
            }
            self.unread.extend(unread);
        }
    }

    /// A check while these of the files are read; the others were left out.
    pub fn check(&self, files: &[Journal]) -> Missing {
        let mut check = Check::new(self.members.clone(), &self.unread);
        let places: BTreeMap<&Path, usize> = self.paths.iter().map(PathBuf::as_path).zip(0..).collect();
        let place = |journal: &Journal| places.get(journal.path.as_path()).copied().unwrap_or(usize::MAX);
        let read: Vec<_> = files.iter().map(|journal| (place(journal), journal.file.clone())).collect();
        let is_read: BTreeSet<usize> = read.iter().map(|(place, _)| *place).collect();
        for (place, member) in self.members.iter().enumerate() {
            if !is_read.contains(&place) {
                let is_hidden = member.first.is_none();
                check.pass(place, if is_hidden { NotChecked::Damaged } else { NotChecked::LeftOut });
            }
        }
        Missing::new(check, read)
    }
}

/// What a file's name says; also that of one which was packed by hand, as `system@….journal.zst`.
fn name_beside(path: &Path) -> Option<FileName> {
    const JOURNAL: &str = ".journal";
    let packed = || {
        let name = path.file_name()?.to_str()?;
        let end = name.find(".journal.").or_else(|| name.find(".journal~."))?;
        FileName::parse(name.get(..end + JOURNAL.len())?.as_ref())
    };
    name_of(path).or_else(packed)
}

fn name_of(path: &Path) -> Option<FileName> {
    path.file_name().and_then(FileName::parse)
}
