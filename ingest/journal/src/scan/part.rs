//! A scan of a part of a file: its entries by the file's own list, and of the DATA objects those that they have.
//!
//! The clock may have been set within any boot, so that nothing is bisected by time: the head of every entry is looked
//! at, which is little beside what a walk reads, and no entry that is asked for is left out.

use std::collections::HashMap;

use super::shared::Split;
use super::{Marked, Scan};
use crate::entries::{Found, is_plausible};
use crate::object::ENTRY;
use crate::walk::{Met, walk};
use crate::{Damage, EntryHead, JournalFile};

/// Some entries of a file, in stored order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    places: Vec<u64>,
    of: u64,
}

impl Part {
    /// How many entries it has.
    pub fn len(&self) -> u64 {
        self.places.len() as u64
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Where its entries are.
    pub(crate) fn into_places(self) -> Vec<u64> {
        self.places
    }

    /// How many entries the file has.
    pub fn of(&self) -> u64 {
        self.of
    }
}

impl JournalFile {
    /// The entries that are wanted by their heads. None where the file's own list cannot be believed to be whole: then only a
    /// walk finds what there is.
    ///
    /// What stands behind the last entry that is listed, as after a crash, is looked at too. An entry that was never listed though
    /// others came after it is in no part, as journalctl does not show it either.
    pub fn part(&self, mut wanted: impl FnMut(&EntryHead) -> bool) -> Option<Part> {
        let (list, header) = (self.list(), self.header());
        if !list.is_whole() || list.len() < header.n_entries || self.len() < header.file_size() {
            return None;
        }
        let all = list.range(self, 0, list.len());
        if all.len() as u64 != list.len() {
            return None;
        }
        let mut part = Part { places: Vec::new(), of: list.len() };
        let mut room = Vec::new();
        let mut last = 0;
        for at in all {
            let head = self.entry_head(at, &mut room).filter(is_plausible)?;
            if at <= last {
                return None;
            }
            last = at;
            if wanted(&head) {
                part.places.push(at);
            }
        }
        let mut found = Found::behind(list.len());
        let walked = walk(self, last, &mut room, &mut |Met { at, head, bytes, gaps }| {
            if head.kind == ENTRY
                && at > last
                && let Some(head) = EntryHead::read(at, bytes)
                && found.accept(self, &head, !gaps.is_empty())
            {
                part.of += 1;
                if wanted(&head) {
                    part.places.push(at);
                }
            }
            std::ops::ControlFlow::Continue(())
        });
        walked.gaps.is_empty().then_some(part)
    }

    /// Takes a scan over a part of the file, and tells how much was read. What lies outside of it may be damaged.
    ///
    /// None where something of the part itself is damaged: what the scan was shown by then is not all.
    pub fn scan_part(&self, part: &Part, scan: &mut impl Scan) -> Option<Damage> {
        let (mut room, mut data_room) = (Vec::new(), Vec::new());
        let (mut offsets, mut split) = (Vec::new(), Split::default());
        let mut known: HashMap<u64, Option<u32>> = HashMap::new();
        let mut damage = Damage::default();
        for &place in &part.places {
            let head = self.entry(place, &mut offsets, &mut room)?;
            split.clear();
            for &at in &offsets {
                let mark = match known.get(&at) {
                    Some(mark) => *mark,
                    None => {
                        // What an entry has was stored before it.
                        let data = self.data(at, &mut data_room).filter(|_| at < place)?;
                        *known.entry(at).or_insert(scan.data(&data))
                    }
                };
                if let Some(mark) = mark {
                    split.push(scan, Marked { at, mark });
                }
            }
            damage.entries += 1;
            if split.show(scan, &head).is_break() {
                break;
            }
        }
        damage.lost = self.lost();
        Some(damage)
    }
}
