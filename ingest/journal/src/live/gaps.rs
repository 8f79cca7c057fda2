//! Entries that are missing.
//!
//! By the rules of [`sequence`](crate::sequence), but for two: what was vacuumed is missing here, since it was written after
//! the position and before the follower came to it; and nothing is being written, since a counter's files are looked at until
//! all that it gave up to some number is seen.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::LiveGap;
use super::files::Files;
use super::followed::Followed;
use super::position::{Mark, Position};
use crate::sequence::Window;
use crate::{EntryKey, Flush, Hole, Id128, Member, NotChecked, Unread};

/// Tells whether numbers that were passed over are those of entries.
#[derive(Debug, Default)]
pub(super) struct Gaps {
    windows: BTreeMap<Id128, Window>,
    flushes: BTreeMap<Id128, Vec<Flush>>,
}

impl Gaps {
    /// Files may have grown.
    pub(super) fn begin(&mut self) {
        self.windows.clear();
        self.flushes.clear();
    }

    /// What is missing before an entry, where it is known.
    #[inline]
    pub(super) fn before(
        &mut self,
        key: &EntryKey,
        position: &Position,
        files: &mut Files,
    ) -> Option<LiveGap> {
        let mark = position.counters.get(&key.seqnum_id)?;
        if key.head.seqnum <= mark.seqnum.saturating_add(1) {
            return None;
        }
        self.check(key, mark, position, files).ok()
    }

    #[cold]
    fn check(
        &mut self,
        key: &EntryKey,
        mark: &Mark,
        position: &Position,
        files: &mut Files,
    ) -> Result<LiveGap, NotChecked> {
        let (seqnum_id, after) = (key.seqnum_id, key.head);
        let before = mark.head();
        let hole = Hole { from: before.seqnum + 1, to: after.seqnum - 1 };
        let window = self.windows.entry(seqnum_id).or_insert_with(|| window_of(seqnum_id, files));
        window.may_have(&hole)?;
        window.holds_between(&before, &after)?;
        // Files of another counter may be gone, but not its place.
        let is_beside = |(id, other): (&Id128, &Mark)| {
            *id != seqnum_id
                && other.boot_id == after.boot_id
                && other.since <= after.monotonic
                && other.monotonic >= before.monotonic
                && may_share_writer(*id, seqnum_id, files)
        };
        if position.counters.iter().any(is_beside) {
            return Err(NotChecked::Counters);
        }
        let flushes = self.flushes.entry(seqnum_id).or_insert_with(|| flushes_of(seqnum_id, files));
        if flushes.iter().any(|flush| flush.is_after(&after)) {
            return Err(NotChecked::Flushed);
        }
        let (from, to, missing) = (hole.from, hole.to, hole.count());
        Ok(LiveGap { seqnum_id, from, to, missing, boot_id: after.boot_id, before, after })
    }
}

/// Whether one journald may have written files of both counters: they lie in directories of one name, or are gone.
fn may_share_writer(one: Id128, other: Id128, files: &Files) -> bool {
    let writers = |id| -> BTreeSet<&OsStr> {
        let own = files.all().filter(|file| file.header.seqnum_id == id);
        own.filter_map(|file| file.path.parent()?.file_name()).collect()
    };
    let (one, other) = (writers(one), writers(other));
    one.is_empty() || !one.is_disjoint(&other)
}

/// What can be known of a counter.
fn window_of(seqnum_id: Id128, files: &Files) -> Window {
    let mut places = Places::default();
    let mut members = Vec::new();
    let mut damaged = Vec::new();
    for file in files.all() {
        let header = &file.header;
        let first = (header.n_entries > 0).then_some(header.head_entry_seqnum);
        members.push(Member::new(places.of(&file.path), file.name, header, first));
        if header.seqnum_id == seqnum_id && file.passed().damaged > 0 && !file.is_deleted() {
            damaged.push((header.head_entry_seqnum, header.tail_entry_seqnum));
        }
    }
    let unread: Vec<Unread> = files
        .unread()
        // What is no journal file may be a directory of any.
        .map(|(path, name)| Unread { directory: name.is_some().then(|| places.of(path).0), name })
        .collect();
    let mut window = Window::new(seqnum_id, &members, &unread);
    for (from, to) in damaged {
        window.exclude(from, to, NotChecked::Damaged);
    }
    window
}

/// Numbers for directories, and for the names of directories: a journald has one in /run and one in /var.
#[derive(Debug, Default)]
struct Places(BTreeMap<PathBuf, usize>, BTreeMap<OsString, usize>);

impl Places {
    fn of(&mut self, path: &Path) -> (usize, usize) {
        let Self(directories, writers) = self;
        let directory = path.parent().unwrap_or(path);
        let next = directories.len();
        let number = *directories.entry(directory.to_owned()).or_insert(next);
        let next = writers.len();
        let name = directory.file_name().unwrap_or_default().to_owned();
        (number, *writers.entry(name).or_insert(next))
    }
}

/// When the journal was moved, by all files of a counter.
fn flushes_of(seqnum_id: Id128, files: &mut Files) -> Vec<Flush> {
    let ids = files.of(seqnum_id, 0);
    let glance = |id| files.get_mut(id).and_then(Followed::glance);
    ids.into_iter().filter_map(glance).flat_map(|file| file.flushes()).collect()
}
