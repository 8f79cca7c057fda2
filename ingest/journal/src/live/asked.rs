//! Files that are asked whether they have an entry.

use std::sync::Arc;

use super::files::Files;
use super::position::Mark;
use crate::{EntryHead, EntryList, Id128, JournalFile, Room};

/// The most files that are open to be asked.
const MAX_OPEN: usize = 8;

/// The most entries of one moment that are looked at.
const MAX_AT_ONCE: usize = 4_096;

/// What copies of an entry have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Identity {
    pub(super) boot_id: Id128,
    monotonic: u64,
    pub(super) realtime: u64,
    /// None where it is not known.
    xor_hash: Option<u64>,
}

impl Identity {
    pub(super) fn of(head: &EntryHead) -> Self {
        let EntryHead { boot_id, monotonic, realtime, xor_hash, .. } = *head;
        Self { boot_id, monotonic, realtime, xor_hash: Some(xor_hash) }
    }

    pub(super) fn of_mark(mark: &Mark) -> Self {
        let Mark { boot_id, monotonic, realtime, xor_hash, .. } = *mark;
        Self { boot_id, monotonic, realtime, xor_hash: Some(xor_hash).filter(|hash| *hash != 0) }
    }

    fn is_of(&self, head: &EntryHead) -> bool {
        (self.boot_id, self.monotonic, self.realtime) == (head.boot_id, head.monotonic, head.realtime)
            && self.xor_hash.is_none_or(|hash| hash == head.xor_hash)
    }
}

/// Files, with what is known of them.
#[derive(Debug, Default)]
pub(super) struct AskedFiles {
    /// The one that was asked last is the last.
    open: Vec<Asked>,
    round: u64,
}

impl AskedFiles {
    /// Files may have grown.
    pub(super) fn begin(&mut self, files: &Files) {
        self.round += 1;
        // What was deleted takes room as long as it is open.
        self.open.retain(|asked| files.get(asked.id).is_some_and(|file| file.is_there));
    }

    /// The first and the last entry of a file that are copies of one.
    pub(super) fn find(
        &mut self,
        id: usize,
        identity: &Identity,
        files: &mut Files,
    ) -> Option<(EntryHead, EntryHead)> {
        let boot_id = identity.boot_id;
        let known = self.open.iter().position(|asked| (asked.id, asked.boot_id) == (id, boot_id));
        let mut asked = match known {
            Some(at) => self.open.remove(at),
            None => Asked::new(id, boot_id, files)?,
        };
        if asked.round != self.round {
            asked.round = self.round;
            asked.go_on(files);
        }
        let found = asked.find(identity);
        if self.open.len() >= MAX_OPEN {
            self.open.remove(0);
        }
        self.open.push(asked);
        found
    }
}

/// The entries of one boot in a file.
#[derive(Debug)]
struct Asked {
    id: usize,
    boot_id: Id128,
    round: u64,
    file: Arc<JournalFile>,
    list: EntryList,
    /// Where the time since the boot begins to rise anew: what is moved to a file is older than what it has.
    rises: Vec<u64>,
    /// How many entries were looked at for that, and when the last one of them was stored.
    seen: u64,
    last: u64,
}

impl Asked {
    fn new(id: usize, boot_id: Id128, files: &mut Files) -> Option<Self> {
        let file = files.get_mut(id)?.glance()?;
        let (list, rises) = (EntryList::default(), vec![0]);
        Some(Self { id, boot_id, round: 0, file, list, rises, seen: 0, last: 0 })
    }

    fn go_on(&mut self, files: &mut Files) {
        if let Some(file) = files.get_mut(self.id).and_then(|file| file.glance()) {
            self.file = file;
        }
        let boot = [b"_BOOT_ID=".as_slice(), &self.boot_id.hex()].concat();
        let mut room = Room::default();
        let Some(data) = self.file.find(&boot, &mut room) else { return };
        self.list = self.file.list_of(&data);
        let mut room = Vec::new();
        for at in self.list.range(&self.file, self.seen, self.list.len()) {
            if let Some(head) = self.file.entry_head(at, &mut room) {
                if head.monotonic < self.last {
                    self.rises.push(self.seen);
                }
                self.last = head.monotonic;
            }
            self.seen += 1;
        }
    }

    fn find(&self, identity: &Identity) -> Option<(EntryHead, EntryHead)> {
        let mut room = Vec::new();
        let mut head = |n| {
            let at = self.list.get(&self.file, n, &mut room)?;
            self.file.entry_head(at, &mut room)
        };
        let ends = self.rises.iter().skip(1).copied().chain([self.seen]);
        let mut same: Option<(EntryHead, EntryHead)> = None;
        for (start, end) in self.rises.iter().copied().zip(ends) {
            let (mut least, mut most) = (start, end);
            while least < most {
                let middle = least + (most - least) / 2;
                let is_before = head(middle).is_some_and(|head| head.monotonic < identity.monotonic);
                if is_before { least = middle + 1 } else { most = middle }
            }
            let here = (least..end).take(MAX_AT_ONCE).filter_map(&mut head);
            for head in here.take_while(|head| head.monotonic == identity.monotonic) {
                if identity.is_of(&head) {
                    same = Some((same.map_or(head, |(first, _)| first), head));
                }
            }
        }
        same
    }
}
