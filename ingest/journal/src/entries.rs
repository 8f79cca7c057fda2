//! Which entries a file has, and how much of it is damaged.

use std::ops::ControlFlow;

use crate::JournalFile;
use crate::object::{ENTRY, EntryHead};
use crate::sound::Soundness;
use crate::sweep::sweep;
use crate::walk::{Met, Walked, walk};

/// Times beyond this are none (systemd, src/libsystemd/sd-journal/journal-def.h: VALID_REALTIME, VALID_MONOTONIC).
const MAX_TIME: u64 = 1 << 55;

/// What could not be read of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Damage {
    /// The entries that were found.
    pub entries: u64,
    /// The entries that the header counts and that were not found.
    pub missing: u64,
    /// The field values that the header counts and that were not found. Whether an entry that was read had any of them
    /// shows when its fields are: [`Fields::lost`](crate::Fields::lost).
    pub values: u64,
    /// Objects that say they are entries and cannot be believed.
    pub refused: u64,
    /// Bytes that belong to no object.
    pub passed: u64,
    /// Bytes that the file should have by its header and has not.
    pub cut: u64,
    /// Bytes that the disk did not give.
    pub lost: u64,
}

impl Damage {
    /// Whether nothing is known to be wrong.
    pub fn is_none(&self) -> bool {
        self.missing == 0
            && self.values == 0
            && self.refused == 0
            && self.passed == 0
            && self.cut == 0
            && self.lost == 0
    }
}

/// The entries of a file, by their places, in stored order.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    /// Where each ENTRY object begins.
    pub places: Vec<u64>,
    /// What is missing.
    pub damage: Damage,
}

impl JournalFile {
    /// Finds every entry that can still be read, by a walk over all objects.
    ///
    /// What the walk cannot reach behind damage is taken from the file's own list, and then looked for.
    pub fn entries(&self) -> Entries {
        let mut found = Found::default();
        let (mut places, walked) = self.walk_entries(&mut found);
        let beyond = beyond(self, &mut found, &walked, &mut || places.clone());
        if !beyond.is_empty() {
            places.extend(beyond);
            places.sort_unstable();
        }
        Entries { places, damage: found.damage(self, &walked) }
    }

    /// The places of the entries that a walk comes by.
    pub(crate) fn entries_walked(&self) -> Vec<u64> {
        self.walk_entries(&mut Found::default()).0
    }

    fn walk_entries(&self, found: &mut Found) -> (Vec<u64>, Walked) {
        let mut places = Vec::new();
        let mut room = Vec::new();
        let walked = walk(self, 0, &mut room, &mut |Met { at, head, bytes, gaps }| {
            if head.kind == ENTRY
                && let Some(head) = EntryHead::read(at, bytes)
                && found.accept(self, &head, !gaps.is_empty())
            {
                places.push(at);
            }
            ControlFlow::Continue(())
        });
        (places, walked)
    }
}

/// Tells entries from what only looks like one, and counts.
#[derive(Debug, Default)]
pub(crate) struct Found {
    accepted: u64,
    refused: u64,
    /// The places in the file's own list, sorted; fetched when they are asked for.
    linked: Option<Vec<u64>>,
    soundness: Option<Soundness>,
}

impl Found {
    /// Behind so many entries that were accepted.
    pub(crate) fn behind(accepted: u64) -> Self {
        Self { accepted, ..Self::default() }
    }

    /// Whether an object is an entry. What was found behind damage, or is newer than the header, has to prove it: the
    /// file lists it, or its fields hash to what it says.
    #[inline]
    pub(crate) fn accept(&mut self, file: &JournalFile, head: &EntryHead, astray: bool) -> bool {
        let newer = self.accepted >= file.header().n_entries;
        let sound = is_plausible(head) && (!(astray || newer) || self.is_proved(file, head, newer));
        self.accepted += u64::from(sound);
        // An entry that is being written is not there yet.
        self.refused += u64::from(!sound && !newer);
        sound
    }

    #[cold]
    fn is_proved(&mut self, file: &JournalFile, head: &EntryHead, newer: bool) -> bool {
        if self.linked(file).binary_search(&head.at).is_ok() {
            return true;
        }
        let soundness = self.soundness.get_or_insert_with(|| Soundness::of(file));
        soundness.hashes_right(file, head) || !newer && soundness.has_sound_field(file, head.at)
    }

    fn linked(&mut self, file: &JournalFile) -> &[u64] {
        self.linked.get_or_insert_with(|| {
            let list = file.list();
            let mut places = list.range(file, 0, list.len());
            places.sort_unstable();
            places.dedup();
            places
        })
    }

    pub(crate) fn damage(&self, file: &JournalFile, walked: &Walked) -> Damage {
        Damage {
            entries: self.accepted,
            missing: file.header().n_entries.saturating_sub(self.accepted),
            values: file.header().n_data.saturating_sub(walked.data),
            refused: self.refused,
            passed: walked.passed,
            cut: file.header().file_size().saturating_sub(file.len()),
            lost: file.lost(),
        }
    }
}

pub(crate) fn is_plausible(head: &EntryHead) -> bool {
    head.seqnum > 0 && (1..MAX_TIME).contains(&head.realtime) && head.monotonic < MAX_TIME
}

/// The entries that a walk has not come by, in order: those that the file lists, and those that nothing leads to. Only a
/// broken walk can miss any.
pub(crate) fn beyond(
    file: &JournalFile,
    found: &mut Found,
    walked: &Walked,
    seen: &mut dyn FnMut() -> Vec<u64>,
) -> Vec<u64> {
    if walked.gaps.is_empty() && found.accepted >= file.header().n_entries {
        return Vec::new();
    }
    let mut beyond = found.linked(file).to_vec();
    let mut seen = seen();
    seen.sort_unstable();
    beyond.retain(|at| seen.binary_search(at).is_err());
    let mut room = Vec::new();
    beyond.retain(|at| {
        let sound = file.entry_head(*at, &mut room).is_some_and(|head| is_plausible(&head));
        found.accepted += u64::from(sound);
        sound
    });
    let mut swept = Vec::new();
    sweep(file, &mut |head| {
        let known = seen.binary_search(&head.at).is_ok() || beyond.binary_search(&head.at).is_ok();
        let newer = found.accepted >= file.header().n_entries;
        if !known && is_plausible(&head) && found.is_proved(file, &head, newer) {
            found.accepted += 1;
            swept.push(head.at);
        }
    });
    beyond.extend(swept);
    beyond.sort_unstable();
    beyond
}
