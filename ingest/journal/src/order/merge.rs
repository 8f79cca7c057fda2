//! Many files as one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::{EntryKey, compare, load_order};

mod head;

use head::{Current, Head, least};

/// Entries in the order of their file.
pub trait Run {
    /// The entry that it stands at; None behind the last.
    fn head(&self) -> Option<EntryKey>;

    /// Goes on to the next one.
    fn advance(&mut self);
}

/// What a merge comes to.
#[derive(Debug)]
pub enum Step<'a, R> {
    /// The next entry: the one that this run stands at. The merge moves the run on when it is asked again.
    Entry {
        /// The run's place among the keys that the merge was made of.
        slot: usize,
        /// The run.
        run: &'a mut R,
    },
    /// All entries that are surely before this run have been given; it has to be there before the merge can go on.
    Load(usize),
    /// No more.
    End,
}

/// Gives the entries of many runs in one order, and every entry once.
///
/// A run takes part from the start, by the key of its first entry alone, and is asked for when that entry is due, so
/// that no more runs are there than overlap. The asking follows [`load_order`], always: whoever reads files ahead, on
/// several threads, can hand them over by it. A run that is through is dropped.
///
/// Among runs of one counter the least is found in a heap, among the counters by comparing all of them. While one run is
/// before all others, an entry costs three comparisons.
#[derive(Debug)]
pub struct Merge<R> {
    slots: Vec<Slot<R>>,
    order: Vec<usize>,
    asked: usize,
    counters: Vec<BinaryHeap<Reverse<Head>>>,
    current: Option<Current>,
    last: Option<EntryKey>,
    copies: u64,
}

#[derive(Debug)]
enum Slot<R> {
    Waiting,
    Here(R),
    Done,
}

impl<R: Run> Slot<R> {
    /// Its head as it stands now; none where the run is through.
    fn moved(&self, head: Head) -> Option<Reverse<Head>> {
        Some(Reverse(match self {
            Self::Here(run) if !head.announced => Head { key: run.head()?, ..head },
            _ => head,
        }))
    }
}

impl<R: Run> Merge<R> {
    /// A merge of as many runs as there are keys. A run's key is that of its first entry, or of any before that.
    pub fn new(keys: &[EntryKey]) -> Self {
        let mut counters: BTreeMap<_, BinaryHeap<_>> = BTreeMap::new();
        for (slot, key) in keys.iter().enumerate() {
            let head = Head { key: *key, slot, announced: true };
            counters.entry(key.seqnum_id).or_default().push(Reverse(head));
        }
        Self {
            slots: keys.iter().map(|_| Slot::Waiting).collect(),
            order: load_order(keys),
            asked: 0,
            counters: counters.into_values().collect(),
            current: None,
            last: None,
            copies: 0,
        }
    }

    /// The order in which runs are asked for.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// How many entries were left out so far because they are copies of others.
    pub fn copies(&self) -> u64 {
        self.copies
    }

    /// How many runs are there.
    pub fn open(&self) -> usize {
        self.slots.iter().filter(|slot| matches!(slot, Slot::Here(_))).count()
    }

    /// Hands over a run; it may come before it is asked for. One that is there already stays.
    pub fn load(&mut self, slot: usize, run: R) {
        if let Some(place @ Slot::Waiting) = self.slots.get_mut(slot) {
            *place = Slot::Here(run);
        }
    }

    /// Hands over that a run has no entries, or cannot be read.
    pub fn skip(&mut self, slot: usize) {
        if let Some(place @ Slot::Waiting) = self.slots.get_mut(slot) {
            *place = Slot::Done;
        }
    }

    /// Shows all runs that are there, so that each may move its head: back to an entry behind the one that was given last,
    /// which it had passed over, or on. Whoever does so says it. The run whose entry was given last keeps that one.
    pub fn adjust(&mut self, mut moves: impl FnMut(&mut R) -> bool) {
        let given = self.current.as_ref().map(|current| current.head.slot);
        let mut moved = false;
        for (slot, run) in self.slots.iter_mut().enumerate() {
            if let Slot::Here(run) = run {
                moved |= moves(run) && given != Some(slot);
            }
        }
        if !moved {
            return;
        }
        for heap in &mut self.counters {
            let heads = std::mem::take(heap).into_vec().into_iter();
            *heap = heads.filter_map(|Reverse(head)| self.slots.get(head.slot)?.moved(head)).collect();
        }
        if let Some(current) = &mut self.current {
            let heap = self.counters.get(current.counter);
            current.inside = heap.and_then(|heap| heap.peek()).map(|Reverse(other)| *other);
            current.outside = least(&self.counters, Some(current.counter)).map(|(_, key)| key);
        }
    }

    /// Goes to the next entry. Where that is [`Step::Load`], it stays so until that run is loaded or skipped.
    pub fn step(&mut self) -> Step<'_, R> {
        let slot = loop {
            self.move_on();
            if !self.pass_copies() {
                break None;
            }
            if !self.current.as_ref().is_some_and(Current::is_least) {
                self.choose();
            }
            let Some(current) = &mut self.current else { return Step::End };
            match self.slots.get_mut(current.head.slot) {
                Some(Slot::Waiting) => break None,
                Some(Slot::Here(run)) if current.head.announced => match run.head() {
                    Some(key) => current.head = Head { key, announced: false, ..current.head },
                    None => self.close(),
                },
                Some(Slot::Here(_)) => {
                    let Head { key, slot, .. } = current.head;
                    current.given = true;
                    if self.last.replace(key).is_none_or(|last| compare(&last, &key).is_ne()) {
                        break Some(slot);
                    }
                    self.copies = self.copies.saturating_add(1);
                }
                Some(Slot::Done) | None => self.current = None,
            }
        };
        match slot {
            None => self.next_to_load().map_or(Step::End, Step::Load),
            Some(slot) => match self.slots.get_mut(slot) {
                Some(Slot::Here(run)) => Step::Entry { slot, run },
                _ => Step::End,
            },
        }
    }

    /// Moves the run whose entry was given to its next one.
    #[inline]
    fn move_on(&mut self) {
        let Some(current) = self.current.as_mut().filter(|current| current.given) else { return };
        let Some(Slot::Here(run)) = self.slots.get_mut(current.head.slot) else { return };
        run.advance();
        match run.head() {
            Some(key) => {
                current.head.key = key;
                current.given = false;
            }
            None => self.close(),
        }
    }

    /// Moves runs of other counters past copies of the last entry, which may not be the least any more: within a counter
    /// times go back where entries were moved to it. False where one of them has to be there for that.
    #[inline]
    fn pass_copies(&mut self) -> bool {
        let is_copy = |last: &EntryKey, key: &EntryKey| compare(last, key).is_eq();
        while let (Some(last), Some(current)) = (self.last, &mut self.current)
            && current.outside.is_some_and(|key| is_copy(&last, &key))
        {
            let but = current.counter;
            let same = |(counter, heap): &(usize, &mut BinaryHeap<Reverse<Head>>)| {
                *counter != but && heap.peek().is_some_and(|Reverse(head)| is_copy(&last, &head.key))
            };
            let Some((_, heap)) = self.counters.iter_mut().enumerate().find(same) else { return true };
            let Some(Reverse(head)) = heap.pop() else { return true };
            let moved = match self.slots.get_mut(head.slot) {
                Some(Slot::Waiting) => {
                    heap.push(Reverse(head));
                    return false;
                }
                Some(Slot::Here(run)) => {
                    if !head.announced {
                        run.advance();
                        self.copies = self.copies.saturating_add(1);
                    }
                    run.head().map(|key| Head { key, announced: false, ..head })
                }
                Some(Slot::Done) | None => None,
            };
            match moved {
                Some(moved) => heap.push(Reverse(moved)),
                None => self.slots.get_mut(head.slot).into_iter().for_each(|slot| *slot = Slot::Done),
            }
            current.outside = least(&self.counters, Some(but)).map(|(_, key)| key);
        }
        true
    }

    /// Takes the least run for the current one, if there is any.
    fn choose(&mut self) {
        if let Some(Current { head, counter, .. }) = self.current.take()
            && let Some(heap) = self.counters.get_mut(counter)
        {
            heap.push(Reverse(head));
        }
        let Some((counter, _)) = least(&self.counters, None) else { return };
        let outside = least(&self.counters, Some(counter)).map(|(_, key)| key);
        let Some(heap) = self.counters.get_mut(counter) else { return };
        self.current = heap.pop().map(|Reverse(head)| {
            let inside = heap.peek().map(|Reverse(other)| *other);
            Current { head, counter, inside, outside, given: false }
        });
    }

    fn close(&mut self) {
        if let Some(Current { head, .. }) = self.current.take()
            && let Some(slot) = self.slots.get_mut(head.slot)
        {
            *slot = Slot::Done;
        }
    }

    fn next_to_load(&mut self) -> Option<usize> {
        loop {
            let slot = *self.order.get(self.asked)?;
            if matches!(self.slots.get(slot), Some(Slot::Waiting)) {
                return Some(slot);
            }
            self.asked += 1;
        }
    }
}
