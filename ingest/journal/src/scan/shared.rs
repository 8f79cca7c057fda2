//! Entries by their marks: of what many have in common is made something once.

use std::ops::ControlFlow;

use super::{Marked, Marks, Scan};
use crate::EntryHead;
use crate::object::{COMPACT_ITEM, Layout, WIDE_ITEM, offset_of};

/// How many lists are kept. One takes the place of another that falls together with it.
const SLOTS: usize = 2048;

/// The longest list that is kept.
const MAX_LIST: usize = 32;

/// The marks of an entry, in stored order.
#[derive(Debug, Default)]
pub(super) struct Split {
    shared: Vec<Marked>,
    others: Vec<Marked>,
}

impl Split {
    pub(super) fn clear(&mut self) {
        self.shared.clear();
        self.others.clear();
    }

    pub(super) fn push(&mut self, scan: &impl Scan, marked: Marked) {
        if scan.is_shared(marked.mark) { &mut self.shared } else { &mut self.others }.push(marked);
    }

    /// Shows an entry with these marks.
    pub(super) fn show(&self, scan: &mut impl Scan, head: &EntryHead) -> ControlFlow<()> {
        let mut shared = scan.shared(&self.shared);
        scan.entry(head, &mut shared, &self.others)
    }
}

/// Lists of shared fields, with what was made of them.
///
/// All that a process says has the same few fields of who says it. They are told from the others by a bit each, and are
/// found again by where they lie: a mark that is once known does not change.
#[derive(Debug)]
pub(super) struct Lists<S> {
    layout: Layout,
    lists: Vec<Option<List<S>>>,
    /// Of the entry that is looked at.
    shared: Vec<u64>,
    others: Vec<Marked>,
}

#[derive(Debug)]
struct List<S> {
    fields: Vec<u64>,
    made: S,
}

impl<S> Lists<S> {
    pub(super) fn new(layout: Layout) -> Self {
        Self { layout, lists: Vec::new(), shared: Vec::new(), others: Vec::new() }
    }

    /// Shows an entry of these items.
    #[inline]
    pub(super) fn show(
        &mut self,
        scan: &mut impl Scan<Shared = S>,
        marks: &Marks,
        head: &EntryHead,
        items: &[u8],
    ) -> ControlFlow<()> {
        if self.layout.compact {
            self.split::<COMPACT_ITEM>(marks, items);
        } else {
            self.split::<WIDE_ITEM>(marks, items);
        }
        let Self { lists, shared, others, .. } = self;
        let slot = slot(shared);
        match lists.get_mut(slot).and_then(Option::as_mut) {
            Some(list) if list.fields == *shared => scan.entry(head, &mut list.made, others),
            _ => self.show_new(scan, marks, head, slot),
        }
    }

    #[inline]
    fn split<const ITEM: usize>(&mut self, marks: &Marks, items: &[u8]) {
        self.shared.clear();
        self.others.clear();
        for at in items.as_chunks::<ITEM>().0.iter().map(offset_of) {
            match marks.is_shared(at) {
                None => {}
                Some(true) => self.shared.push(at),
                Some(false) => self.others.extend(marks.get(at)),
            }
        }
    }

    /// Makes what is not kept.
    #[cold]
    fn show_new(
        &mut self,
        scan: &mut impl Scan<Shared = S>,
        marks: &Marks,
        head: &EntryHead,
        slot: usize,
    ) -> ControlFlow<()> {
        let Self { lists, shared, others, .. } = self;
        let marked: Vec<Marked> = shared.iter().filter_map(|at| marks.get(*at)).collect();
        let mut made = scan.shared(&marked);
        let flow = scan.entry(head, &mut made, others);
        if (1..=MAX_LIST).contains(&shared.len()) {
            lists.resize_with(SLOTS, || None);
            if let Some(list) = lists.get_mut(slot) {
                *list = Some(List { fields: shared.clone(), made });
            }
        }
        flow
    }
}

/// Where a list is kept.
#[inline]
fn slot(fields: &[u64]) -> usize {
    let sum = fields.iter().fold(0_u64, |sum, at| sum.rotate_left(5).wrapping_add(*at));
    // Fibonacci hashing: places are multiples of 8, so that the low bits say little.
    (sum.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - SLOTS.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Data, Id128};

    /// Notes what it is shown, and how often something was made.
    #[derive(Default)]
    struct Notes {
        entries: Vec<(Vec<Marked>, Vec<Marked>)>,
        made: usize,
    }

    impl Scan for Notes {
        type Shared = Vec<Marked>;

        fn data(&mut self, _: &Data<'_>) -> Option<u32> {
            None
        }

        fn is_shared(&self, mark: u32) -> bool {
            mark % 4 > 0
        }

        fn shared(&mut self, marks: &[Marked]) -> Vec<Marked> {
            self.made += 1;
            marks.to_vec()
        }

        fn entry(&mut self, _: &EntryHead, shared: &mut Vec<Marked>, marks: &[Marked]) -> ControlFlow<()> {
            self.entries.push((shared.clone(), marks.to_vec()));
            ControlFlow::Continue(())
        }
    }

    const HEAD: EntryHead = EntryHead {
        at: 0,
        seqnum: 1,
        realtime: 1,
        monotonic: 1,
        boot_id: Id128::from_bytes([0; 16]),
        xor_hash: 0,
    };

    fn bytes(items: &[u64], layout: Layout) -> Vec<u8> {
        let item = |at: &u64| match layout.compact {
            true => u32::try_from(*at).unwrap_or(u32::MAX).to_le_bytes().to_vec(),
            false => [at.to_le_bytes(), (at % 7).to_le_bytes()].concat(),
        };
        items.iter().flat_map(item).collect()
    }

    proptest! {
        /// Items in any order, any of them twice, and some that lead nowhere or to what is only marked later.
        #[test]
        fn what_is_kept_changes_nothing(
            steps in proptest::collection::vec((8_u64..40, any::<bool>()), 1..60),
            entries in proptest::collection::vec(proptest::collection::vec((0_u64..64, 0..40), 0..40), 1..80),
            repeats in 1..4,
            compact: bool,
        ) {
            let layout = Layout { compact };
            let (mut marks, mut lists) = (Marks::default(), Lists::new(layout));
            let (mut kept, mut plain) = (Notes::default(), Notes::default());
            let mut places = vec![8_u64];
            let mut steps = steps.into_iter().zip(0..);
            for entry in entries {
                for ((step, is_marked), mark) in steps.by_ref().take(3) {
                    let at = places.last().map_or(0, |last| last + step * 8);
                    places.push(at);
                    if is_marked {
                        marks.push(at, mark, kept.is_shared(mark));
                    }
                }
                let item = |(nth, astray): (u64, i32)| {
                    let at = places.get(nth as usize).map_or(nth * 200, |at| *at);
                    at + if astray == 0 { 8 } else { 0 }
                };
                let items: Vec<u64> = entry.into_iter().map(item).collect();
                for _ in 0..repeats {
                    let _ = lists.show(&mut kept, &marks, &HEAD, &bytes(&items, layout));
                    let mut split = Split::default();
                    items.iter().filter_map(|at| marks.get(*at)).for_each(|marked| split.push(&plain, marked));
                    let _ = split.show(&mut plain, &HEAD);
                }
            }
            prop_assert_eq!(kept.entries, plain.entries);
        }
    }

    #[test]
    fn the_same_fields_are_looked_at_once() {
        let layout = Layout { compact: false };
        let (mut marks, mut lists, mut notes) = (Marks::default(), Lists::new(layout), Notes::default());
        for mark in 0..100 {
            marks.push(1_000 + u64::from(mark) * 80, mark, notes.is_shared(mark));
        }
        let place = |mark: u64| 1_000 + mark * 80;
        for message in 0..25 {
            // Whatever lies between them.
            let items = [place(1), place(message * 4), 77_000 + message * 8, place(2), place(3)];
            let _ = lists.show(&mut notes, &marks, &HEAD, &bytes(&items, layout));
        }
        assert_eq!((notes.made, notes.entries.len()), (1, 25));
    }
}
