//! Chains of entry arrays, each twice as long as all that was before.

use super::image::Image;
use super::{ENTRY_ARRAY, narrow};

/// The part of an array before its slots.
const HEAD: u64 = 24;

#[derive(Debug)]
pub(super) struct Arrays {
    compact: bool,
    first: u64,
    tail: u64,
    tail_slots: u64,
    tail_used: u64,
    total: u64,
    made: u64,
}

impl Arrays {
    pub(super) fn new(compact: bool) -> Self {
        Self { compact, first: 0, tail: 0, tail_slots: 0, tail_used: 0, total: 0, made: 0 }
    }

    pub(super) fn first(&self) -> u64 {
        self.first
    }

    /// The last array, and how many of its slots are used.
    pub(super) fn tail(&self) -> (u64, u64) {
        (self.tail, self.tail_used)
    }

    /// How many arrays there are.
    pub(super) fn made(&self) -> u64 {
        self.made
    }

    pub(super) fn push(&mut self, image: &mut Image, entry: u64) {
        if self.tail_used == self.tail_slots {
            self.grow(image);
        }
        let slot = self.tail + HEAD + self.tail_used * self.width();
        if self.compact {
            image.put32(slot, narrow(entry))
        } else {
            image.put64(slot, entry)
        }
        self.tail_used += 1;
        self.total += 1;
    }

    fn grow(&mut self, image: &mut Image) {
        let wanted = if self.total > self.tail_slots { (self.total + 1) * 2 } else { self.tail_slots * 2 };
        self.tail_slots = wanted.max(4);
        let slots = vec![0; usize::try_from(self.tail_slots * self.width()).unwrap_or_default()];
        let at = image.object(ENTRY_ARRAY, 0, &[&[0; 8][..], &slots].concat());
        match self.tail {
            0 => self.first = at,
            tail => image.put64(tail + 16, at),
        }
        self.tail = at;
        self.tail_used = 0;
        self.made += 1;
    }

    fn width(&self) -> u64 {
        if self.compact { 4 } else { 8 }
    }
}
