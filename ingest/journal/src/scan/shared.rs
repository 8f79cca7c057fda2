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
mod tests;
