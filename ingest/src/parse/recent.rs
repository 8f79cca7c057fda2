//! What was seen lately, so that a thing that is stored twice is told once.

use std::collections::VecDeque;
use std::hash::Hash;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

/// The things that are remembered.
const MAX_SEEN: usize = 65_536;

/// The last things that were seen, at most `MAX` of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "VecDeque<T>", into = "VecDeque<T>", bound(serialize = "T: Hash + Eq + Copy + Serialize"))]
#[serde(bound(deserialize = "T: Hash + Eq + Copy + Deserialize<'de>"))]
pub struct Recent<T: Hash + Eq + Copy, const MAX: usize = MAX_SEEN> {
    seen: FxHashSet<T>,
    order: VecDeque<T>,
}

impl<T: Hash + Eq + Copy, const MAX: usize> Recent<T, MAX> {
    /// Notes a thing. Tells whether it is new.
    pub fn is_new(&mut self, thing: T) -> bool {
        if !self.seen.insert(thing) {
            return false;
        }
        self.order.push_back(thing);
        if self.order.len() > MAX {
            self.order.pop_front().map(|oldest| self.seen.remove(&oldest));
        }
        true
    }
}

impl<T: Hash + Eq + Copy, const MAX: usize> Default for Recent<T, MAX> {
    fn default() -> Self {
        Self { seen: FxHashSet::default(), order: VecDeque::new() }
    }
}

impl<T: Hash + Eq + Copy, const MAX: usize> From<VecDeque<T>> for Recent<T, MAX> {
    fn from(order: VecDeque<T>) -> Self {
        Self { seen: order.iter().copied().collect(), order }
    }
}

impl<T: Hash + Eq + Copy, const MAX: usize> From<Recent<T, MAX>> for VecDeque<T> {
    fn from(recent: Recent<T, MAX>) -> Self {
        recent.order
    }
}
