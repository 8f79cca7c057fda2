//! All files that are followed.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::stat;

use super::followed::{Followed, Inode, inode_of, stamp_of};
use super::progress::Way;
use super::trouble::Trouble;
use crate::{EntryHead, FileName, FoundFile, Id128, Located, OpenError, Search, locate};

/// The most descriptors that are held of files whose turn has not come: so many can be deleted meanwhile and are read all
/// the same.
const MAX_HELD: usize = 384;

/// The most files of a counter that are all asked for an entry, whenever they were written.
const MAX_UNFILTERED: usize = 32;

/// The most files that cannot be read and are tried again and again; others are when their directory changes.
const MAX_RETRIED: usize = 64;

/// How old a file is, by its time of change and by the newest entry, before it counts as damaged and not as being made, in
/// microseconds.
const YOUTH: u64 = 10_000_000;

/// The files of a search, by numbers that they keep.
#[derive(Debug, Default)]
pub(super) struct Files {
    files: BTreeMap<usize, Followed>,
    next: usize,
    /// Those that are not through.
    open: BTreeSet<usize>,
    inodes: HashMap<Inode, usize>,
    /// Files that cannot be read, and how often that was tried.
    strange: BTreeMap<PathBuf, Strange>,
    /// What is there and may not, or cannot, be read.
    unreadable: Vec<(PathBuf, Option<FileName>)>,
    told: BTreeSet<PathBuf>,
    newest: u64,
    trouble: Vec<Trouble>,
}

/// A file that cannot be read.
#[derive(Debug)]
struct Strange {
    found: FoundFile,
    /// It may be one that is just being made, and has no entries yet.
    is_new: bool,
}

impl Files {
    /// Looks for files. Returns those that are new, and the directories that were looked at.
    pub(super) fn scan(&mut self, search: &Search) -> (Vec<usize>, Vec<PathBuf>) {
        let Located { files, unreadable, left_out, directories } = locate(search);
        for file in self.files.values_mut() {
            file.is_there = false;
        }
        self.strange.retain(|path, _| files.iter().any(|file| file.path == *path));
        let mut new = Vec::new();
        for found in files {
            new.extend(self.meet(found));
        }
        self.files.retain(|_, file| file.is_there || file.has_descriptor());
        let files = &self.files;
        self.inodes.retain(|_, id| files.contains_key(id));
        self.told.retain(|path| {
            self.strange.contains_key(path) || unreadable.iter().any(|other| other.path == *path)
        });
        self.unreadable = unreadable.iter().map(|other| (other.path.clone(), name_of(&other.path))).collect();
        if left_out > 0 {
            self.unreadable.push((PathBuf::new(), None));
        }
        for other in unreadable {
            // A journal that is not there yet is waited for.
            if other.error.kind() == io::ErrorKind::NotFound {
                continue;
            }
            if self.told.insert(other.path.clone()) {
                self.trouble.push(Trouble::unreadable(other));
            }
        }
        if left_out > 0 && self.told.insert(PathBuf::new()) {
            self.trouble.push(Trouble::left_out(left_out));
        }
        (new, directories)
    }

    /// Tries those files again that could not be read.
    pub(super) fn retry(&mut self) -> Vec<usize> {
        let mut new = Vec::new();
        for (nth, (path, strange)) in std::mem::take(&mut self.strange).into_iter().enumerate() {
            if nth >= MAX_RETRIED {
                self.strange.insert(path, strange);
                continue;
            }
            match Followed::meet(&strange.found) {
                Ok(file) => new.push(self.add(file)),
                Err(error) => self.note_strange(strange.found, error),
            }
        }
        new
    }

    /// Files, and directories, whose entries are not known.
    pub(super) fn unread(&self) -> impl Iterator<Item = (&Path, Option<FileName>)> {
        let strange = self.strange.values().filter(|strange| !strange.is_new);
        let strange = strange.map(|strange| (strange.found.path.as_path(), strange.found.name));
        strange.chain(self.unreadable.iter().map(|(path, name)| (path.as_path(), *name)))
    }

    /// The files of a counter that may have an entry of a time, or a copy of it, in microseconds since 1970.
    pub(super) fn of(&self, seqnum_id: Id128, realtime: u64) -> Vec<usize> {
        let own = || self.files.iter().filter(|(_, file)| file.header.seqnum_id == seqnum_id);
        // A copy is written later than its entry was. Where the clock was set back, that does not show: few files are all
        // looked at.
        let are_few = own().nth(MAX_UNFILTERED).is_none();
        let may_have = |file: &Followed| are_few || file.is_growing() || file.written_until() >= realtime;
        own().filter(|(_, file)| may_have(file)).map(|(id, _)| *id).collect()
    }

    /// The numbers of some files.
    pub(super) fn numbers(&self, mut has: impl FnMut(&Followed) -> bool) -> Vec<usize> {
        self.files.iter().filter(|(_, file)| has(file)).map(|(id, _)| *id).collect()
    }

    /// Whether an entry of a file is behind the reader.
    pub(super) fn is_passed(&self, id: usize, head: &EntryHead) -> bool {
        self.files.get(&id).is_some_and(|file| file.has_passed(head))
    }

    pub(super) fn take_trouble(&mut self) -> Vec<Trouble> {
        std::mem::take(&mut self.trouble)
    }

    pub(super) fn tell(&mut self, trouble: Trouble) {
        self.trouble.push(trouble);
    }

    fn meet(&mut self, found: FoundFile) -> Option<usize> {
        let stat = stat(&found.path).ok()?;
        if let Some(id) = self.inodes.get(&inode_of(&stat)).copied()
            && let Some(known) = self.files.get_mut(&id)
        {
            // Without a descriptor its number may have gone to another file.
            let is_same = known.has_descriptor()
                || known.path == found.path && known.stamp == stamp_of(&stat)
                || Followed::meet(&found).is_ok_and(|now| now.header.file_id == known.header.file_id);
            if is_same {
                self.strange.remove(&found.path);
                known.is_there = true;
                known.path = found.path;
                known.name = found.name;
                known.stamp = stamp_of(&stat);
                return None;
            }
            self.files.remove(&id);
        }
        match Followed::meet(&found) {
            Ok(file) => {
                self.strange.remove(&found.path);
                Some(self.add(file))
            }
            Err(OpenError::Io(error)) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                self.note_strange(found, error);
                None
            }
        }
    }

    fn add(&mut self, file: Followed) -> usize {
        let id = self.next;
        self.next += 1;
        self.inodes.insert(file.inode, id);
        self.files.insert(id, file);
        self.open.insert(id);
        id
    }

    fn note_strange(&mut self, found: FoundFile, error: OpenError) {
        let is_new = matches!(error, OpenError::Empty | OpenError::HeaderGone) && self.is_young(&found.path);
        if !is_new && self.told.insert(found.path.clone()) {
            self.trouble.push(Trouble::strange(&found.path, error));
        }
        self.strange.insert(found.path.clone(), Strange { found, is_new });
    }

    fn is_young(&self, path: &Path) -> bool {
        let Ok(stat) = stat(path) else { return true };
        let (_, seconds, _) = stamp_of(&stat);
        let changed = u64::try_from(seconds).unwrap_or(0).saturating_mul(1_000_000);
        changed.saturating_add(YOUTH) > self.newest
    }

    /// The newest entry that is known, in microseconds since 1970.
    pub(super) fn set_newest(&mut self, realtime: u64) {
        self.newest = realtime;
    }

    /// Lets go of the descriptors of files that wait, but for those that come first.
    pub(super) fn put_down(&mut self) {
        let mut waiting = Vec::new();
        self.each_open(|id, file| {
            if file.is_settled() && file.has_descriptor() {
                waiting.push((file.header.head_entry_realtime, id));
            }
        });
        waiting.sort_unstable();
        for (_, id) in waiting.into_iter().skip(MAX_HELD) {
            self.files.get_mut(&id).into_iter().for_each(Followed::put_down);
        }
    }

    /// Shows the files that are not through.
    pub(super) fn each_open(&mut self, mut each: impl FnMut(usize, &mut Followed)) {
        for id in &self.open {
            if let Some(file) = self.files.get_mut(id) {
                each(*id, file);
            }
        }
    }

    /// Takes note of the files that are through.
    pub(super) fn close(&mut self) {
        let files = &self.files;
        self.open.retain(|id| files.get(id).is_some_and(|file| !matches!(file.way, Way::Done)));
    }

    /// Files that have no name any more, and whose directory has none either, or another file by that name: whoever wrote
    /// them writes there no more.
    pub(super) fn lost(&mut self) -> BTreeSet<usize> {
        let mut unnamed = Vec::new();
        self.each_open(|id, file| {
            if file.is_growing() && !file.is_there {
                unnamed.push((id, file.path.clone()));
            }
        });
        let is_replaced = |path: &Path| self.files.values().any(|file| file.is_there && file.path == path);
        let is_lost =
            |path: &Path| is_replaced(path) || path.parent().is_some_and(|directory| !directory.exists());
        unnamed.into_iter().filter(|(_, path)| is_lost(path)).map(|(id, _)| id).collect()
    }

    /// A file by its number.
    pub(super) fn get_mut(&mut self, id: usize) -> Option<&mut Followed> {
        self.files.get_mut(&id)
    }

    /// A file by its number.
    pub(super) fn get(&self, id: usize) -> Option<&Followed> {
        self.files.get(&id)
    }

    /// All files.
    pub(super) fn all(&self) -> impl Iterator<Item = &Followed> {
        self.files.values()
    }

    /// No file has this number yet, nor a higher one.
    pub(super) fn next(&self) -> usize {
        self.next
    }
}

fn name_of(path: &Path) -> Option<FileName> {
    path.file_name().and_then(FileName::parse)
}
