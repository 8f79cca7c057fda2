//! What was seen lately, so that a thing that is stored twice is told once.

use std::collections::VecDeque;
use std::hash::Hash;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

/// The things that are remembered.
const MAX_SEEN: usize = 65_536;

/// The last things that were seen.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "VecDeque<T>", into = "VecDeque<T>", bound(serialize = "T: Hash + Eq + Copy + Serialize"))]
#[serde(bound(deserialize = "T: Hash + Eq + Copy + Deserialize<'de>"))]
pub struct Recent<T: Hash + Eq + Copy> {
    seen: FxHashSet<T>,
    order: VecDeque<T>,
}

impl<T: Hash + Eq + Copy> Recent<T> {
    /// Notes a thing. Tells whether it is new.
    pub fn is_new(&mut self, thing: T) -> bool {
        if !self.seen.insert(thing) {
            return false;
        }
        self.order.push_back(thing);
        if self.order.len() > MAX_SEEN {
            self.order.pop_front().map(|oldest| self.seen.remove(&oldest));
        }
        true
    }
}

impl<T: Hash + Eq + Copy> Default for Recent<T> {
    fn default() -> Self {
        Self { seen: FxHashSet::default(), order: VecDeque::new() }
    }
}

impl<T: Hash + Eq + Copy> From<VecDeque<T>> for Recent<T> {
    fn from(order: VecDeque<T>) -> Self {
        Self { seen: order.iter().copied().collect(), order }
    }
}

impl<T: Hash + Eq + Copy> From<Recent<T>> for VecDeque<T> {
    fn from(recent: Recent<T>) -> Self {
        recent.order
    }
}
