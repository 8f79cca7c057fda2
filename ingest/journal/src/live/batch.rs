//! The entries that were there at one moment, in order.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::progress::Way;
use super::run::FileRun;
use super::settle::give_up;
use super::snapshot::Taken;
use super::{Live, LiveEntry, LiveItem, Polled};
use crate::{EntryKey, Id128, Merge, Run, Step};

/// The most entries that one call looks at. Those that were given before, as copies, are not counted otherwise.
const MAX_LOOKED_AT: usize = 65_536;

/// The entries that were there at one moment.
#[derive(Debug)]
pub(super) struct Batch {
    merge: Merge<FileRun>,
    /// Which file each slot of the merge has.
    slots: Vec<usize>,
    /// The last number that may be given, of counters that moved on while their files were looked at.
    most: BTreeMap<Id128, u64>,
    /// What the merge left out since it was asked for this.
    copies: Arc<Mutex<Vec<EntryKey>>>,
}

impl Batch {
    /// What the merge left out since it was asked for that.
    fn take_copies(copies: &Mutex<Vec<EntryKey>>) -> Vec<EntryKey> {
        std::mem::take(&mut *copies.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Live {
    /// Makes a batch of all entries that were not given.
    pub(super) fn gather(&mut self, most: BTreeMap<Id128, u64>) -> Taken {
        let (mut slots, mut keys, mut runs) = (Vec::new(), Vec::new(), Vec::new());
        let copies = Arc::default();
        self.files.each_open(|id, file| {
            let limit = most.get(&file.header.seqnum_id).copied().unwrap_or(u64::MAX);
            let run = if matches!(file.way, Way::Waiting) {
                file.first.map(|key| (key, None))
            } else if file.has_more() {
                FileRun::new(file, limit, &copies).and_then(|run| Some((run.head()?, Some(run))))
            } else {
                None
            };
            if let Some((key, run)) = run {
                slots.push(id);
                keys.push(key);
                runs.push(run);
            }
        });
        self.sweep();
        if slots.is_empty() {
            return if most.is_empty() { Taken::Nothing } else { Taken::Held };
        }
        self.copies.begin(&self.files);
        self.gaps.begin();
        let mut merge = Merge::new(&keys);
        for (slot, run) in runs.into_iter().enumerate() {
            run.into_iter().for_each(|run| merge.load(slot, run));
        }
        self.batch = Some(Batch { merge, slots, most, copies });
        Taken::Batch
    }

    /// Gives entries of a batch. Returns whether it is through.
    pub(super) fn go_on(
        &mut self,
        batch: &mut Batch,
        limit: usize,
        polled: &mut Polled,
        each: &mut dyn FnMut(LiveItem<'_>),
    ) -> bool {
        for _ in 0..MAX_LOOKED_AT {
            if polled.given >= limit {
                break;
            }
            match batch.merge.step() {
                Step::End => {
                    Batch::take_copies(&batch.copies).iter().for_each(|copy| self.pass(copy, each));
                    self.sweep();
                    return true;
                }
                Step::Load(slot) => {
                    self.sweep();
                    match batch.slots.get(slot).and_then(|id| self.load(*id, batch)) {
                        Some(run) => batch.merge.load(slot, run),
                        None => batch.merge.skip(slot),
                    }
                }
                Step::Entry { run, .. } => {
                    let Some(key) = run.head() else { continue };
                    Batch::take_copies(&batch.copies).iter().for_each(|copy| self.pass(copy, each));
                    let is_copy = self.copies.has(&key, run.previous(), &self.position, &mut self.files);
                    run.pass();
                    if is_copy {
                        // Numbers before it may be those of what it is a copy of.
                        self.position.note(&key);
                    } else {
                        self.pass(&key, each);
                        polled.given += 1;
                        let FileRun { file, path, name, .. } = &*run;
                        each(LiveItem::Entry(LiveEntry { file, at: key.head.at, key, path, name: *name }));
                    }
                }
            }
        }
        false
    }

    /// Puts an entry before the position, and tells what is missing before it.
    fn pass(&mut self, key: &EntryKey, each: &mut dyn FnMut(LiveItem<'_>)) {
        if let Some(gap) = self.gaps.before(key, &self.position, &mut self.files) {
            each(LiveItem::Gap(gap));
        }
        self.position.note(key);
    }

    /// Opens a file whose turn has come.
    fn load(&mut self, id: usize, batch: &Batch) -> Option<FileRun> {
        let file = self.files.get_mut(id)?;
        let limit = batch.most.get(&file.header.seqnum_id).copied().unwrap_or(u64::MAX);
        match file.settle() {
            Ok(()) => FileRun::new(file, limit, &batch.copies),
            Err(error) => {
                let trouble = give_up(file, &error);
                trouble.into_iter().for_each(|trouble| self.files.tell(trouble));
                None
            }
        }
    }
}
