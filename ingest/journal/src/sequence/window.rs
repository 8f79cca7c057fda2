//! In which part of a counter a hole can prove anything.

use std::collections::BTreeSet;

use super::{Hole, Member, NotChecked, Unread};
use crate::locate::{Owner, Stage};
use crate::{EntryHead, Id128};

/// What can be checked of one counter.
#[derive(Clone, Debug)]
pub(crate) struct Window {
    /// Nothing can be.
    blocked: Option<NotChecked>,
    /// Files of numbers up to here may have been vacuumed.
    floor: u64,
    /// Entries of numbers beyond this may be in no file yet that is read.
    ceiling: u64,
    /// Numbers, both ends included, that may have been given to entries that were not read.
    excluded: Vec<(u64, u64, NotChecked)>,
    /// When files of other counters were written beside those of this one, in microseconds since 1970.
    others: Vec<(u64, u64)>,
}

impl Window {
    /// The window of a counter among all files, which come in the order in which they were opened.
    pub(crate) fn new(id: Id128, all: &[Member], unread: &[Unread]) -> Self {
        let own: Vec<&Member> = all.iter().filter(|member| member.seqnum_id == id).collect();
        let directories: BTreeSet<usize> = own.iter().map(|member| member.directory).collect();
        let is_beside = |member: &&Member| {
            member.seqnum_id != id
                && own.iter().any(|own| own.writer == member.writer)
                && member.owner() != Some(Owner::Remote)
                && !member.is_empty()
        };
        let mut window = Self {
            blocked: blocked(&own),
            floor: floor(&own, &directories),
            ceiling: ceiling(&own, directories.len() == 1),
            excluded: Vec::new(),
            others: all.iter().filter(is_beside).map(Member::span).collect(),
        };
        if own.iter().any(|member| !member.is_plain()) {
            window.excluded.push((0, u64::MAX, NotChecked::Damaged));
        }
        for file in unread {
            let is_near = file.directory.is_none_or(|directory| directories.contains(&directory));
            if is_near && file.name.is_none_or(|name| name.owner != Owner::Remote) {
                window.leave(id, &own, file);
            }
        }
        window
    }

    /// A file was not read.
    fn leave(&mut self, id: Id128, own: &[&Member], file: &Unread) {
        let mut all = (0, u64::MAX, NotChecked::Unread);
        let name = file.name.filter(|name| matches!(name.owner, Owner::System | Owner::User(_)));
        if let (Some(name), Some(directory)) = (name, file.directory) {
            let stem: Vec<_> = own
                .iter()
                .filter(|member| member.directory == directory && member.owner() == Some(name.owner))
                .collect();
            match name.stage {
                Stage::Archived { seqnum_id, head_realtime, .. } if seqnum_id != id => {
                    return self.others.push((head_realtime, u64::MAX));
                }
                Stage::Archived { head_seqnum, .. } => {
                    let next =
                        stem.iter().map(|member| member.begin()).filter(|begin| *begin > head_seqnum).min();
                    (all.0, all.1) = (head_seqnum, next.map_or(u64::MAX, |next| next - 1));
                }
                Stage::Active => {
                    all.0 =
                        stem.iter().map(|member| member.tail).max().map_or(0, |tail| tail.saturating_add(1));
                }
                Stage::PutAside { .. } => {}
            }
        }
        self.excluded.push(all);
    }

    /// Numbers may have been given to entries that are not read.
    pub(crate) fn exclude(&mut self, from: u64, to: u64, reason: NotChecked) {
        self.excluded.push((from, to, reason));
    }

    /// There is no room to go on.
    pub(super) fn block(&mut self, reason: NotChecked) {
        self.blocked.get_or_insert(reason);
    }

    /// Whether a hole may prove something, by its numbers.
    pub(super) fn has(&self, hole: &Hole) -> Result<(), NotChecked> {
        self.may_have(hole)?;
        if hole.from <= self.floor {
            return Err(NotChecked::Vacuumed);
        }
        if hole.to > self.ceiling { Err(NotChecked::Written) } else { Ok(()) }
    }

    /// The same where it does not matter that files were vacuumed, and all is seen that was written.
    pub(crate) fn may_have(&self, hole: &Hole) -> Result<(), NotChecked> {
        if let Some(reason) = self.blocked {
            return Err(reason);
        }
        let touches = |(from, to, _): &&(u64, u64, _)| *from <= hole.to && hole.from <= *to;
        self.excluded.iter().find(touches).map_or(Ok(()), |(.., reason)| Err(*reason))
    }

    /// Whether it does, by the entries around it.
    pub(crate) fn holds_between(&self, before: &EntryHead, after: &EntryHead) -> Result<(), NotChecked> {
        if before.boot_id != after.boot_id {
            return Err(NotChecked::Boot);
        }
        if before.realtime > after.realtime || before.monotonic > after.monotonic {
            return Err(NotChecked::Clock);
        }
        let beside = |(from, to): &(u64, u64)| *from <= after.realtime && before.realtime <= *to;
        if self.others.iter().any(beside) { Err(NotChecked::Counters) } else { Ok(()) }
    }
}

fn blocked(own: &[&Member]) -> Option<NotChecked> {
    if own.iter().any(|member| !member.is_of_journald()) {
        return Some(NotChecked::Name);
    }
    if own.iter().any(|member| member.is_old()) {
        return Some(NotChecked::Format);
    }
    // Where a clock was set back, the order of vacuuming is not that of the numbers.
    let mut begins: Vec<_> = own
        .iter()
        .filter(|member| !member.is_empty())
        .map(|member| (member.begin(), member.head_realtime))
        .collect();
    begins.sort_unstable();
    (!begins.is_sorted_by_key(|(_, realtime)| *realtime)).then_some(NotChecked::Clock)
}

/// The number of the first entry behind all that may have been vacuumed.
fn floor(own: &[&Member], directories: &BTreeSet<usize>) -> u64 {
    if own.iter().any(|member| member.may_rotate_alone()) {
        let floors = directories.iter().map(|directory| floor_of_each(own, *directory));
        return floors.max().unwrap_or(u64::MAX);
    }
    // The file with the counter's first entry would have been the first to go.
    let is_put_aside = |member: &Member| matches!(member.stage(), Some(Stage::PutAside { .. }));
    if directories.len() == 1 && own.iter().any(|member| member.first == Some(1) && !is_put_aside(member)) {
        return 0;
    }
    let followed = |member: &Member| if member.is_archived() { next_of(own, member) } else { None };
    let least = |directory: usize| {
        let files = own.iter().filter(|member| member.directory == directory && !member.is_empty());
        let begins = files
            .filter_map(|member| if member.is_active() { Some(member.begin()) } else { followed(member) });
        begins.min().unwrap_or(u64::MAX)
    };
    directories.iter().map(|directory| least(*directory)).max().unwrap_or(u64::MAX)
}

/// The same of a directory where each file may be archived by itself.
///
/// What was vacuumed ends before the first file that is left of its name. Where none is left of a name, it ended at a
/// rotation of all files, and so where a file of the system's begins that no other reaches across.
fn floor_of_each(own: &[&Member], directory: usize) -> u64 {
    let here = || own.iter().filter(|member| member.directory == directory && !member.is_empty());
    let mut stems: Vec<(Option<Owner>, u64)> = Vec::new();
    for member in here() {
        match stems.iter_mut().find(|(owner, _)| *owner == member.owner()) {
            Some((_, least)) => *least = (*least).min(member.begin()),
            None => stems.push((member.owner(), member.begin())),
        }
    }
    let mut system: Vec<_> = here().filter(|member| member.owner() == Some(Owner::System)).collect();
    system.sort_by_key(|member| member.begin());
    // The last one may have been archived with all others.
    if !system.last().is_some_and(|last| last.is_active()) {
        return u64::MAX;
    }
    let rotations = system.iter().zip(system.iter().skip(1)).filter(|(before, after)| {
        !here().any(|member| member.begin() <= before.tail && member.tail >= after.begin())
    });
    let rotation = rotations.map(|(_, after)| after.begin()).max();
    stems.iter().map(|(_, least)| *least).max().max(rotation).unwrap_or(u64::MAX)
}

/// Where the file begins that followed another under its name.
pub(super) fn next_of(own: &[&Member], member: &Member) -> Option<u64> {
    let stem = own.iter().filter(|other| {
        (other.directory, other.owner()) == (member.directory, member.owner())
            && other.begin() > member.begin()
            && !other.is_empty()
    });
    stem.map(|other| other.begin()).min()
}

/// The last number that was surely given before the first file was opened that can have been written meanwhile.
fn ceiling(own: &[&Member], is_listed_at_once: bool) -> u64 {
    let done = || own.iter().filter(|member| !member.is_active()).map(|member| member.tail).max();
    match own.iter().find(|member| member.is_active()) {
        // The last entry may have been half written.
        Some(first) => {
            let tail = if first.is_empty() { first.tail } else { first.tail.saturating_sub(1) };
            if is_listed_at_once { tail.max(done().unwrap_or(0)) } else { tail }
        }
        None => done().unwrap_or(0),
    }
}
