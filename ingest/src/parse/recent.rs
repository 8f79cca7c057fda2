//! What was seen lately, so that a thing that is stored twice is told once.

use std::collections::{BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

/// The things that are remembered.
const MAX_SEEN: usize = 65_536;

/// The last things that were seen.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "VecDeque<T>", into = "VecDeque<T>", bound(serialize = "T: Ord + Copy + Serialize"))]
#[serde(bound(deserialize = "T: Ord + Copy + Deserialize<'de>"))]
pub struct Recent<T: Ord + Copy> {
    seen: BTreeSet<T>,
    order: VecDeque<T>,
}

impl<T: Ord + Copy> Recent<T> {
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

impl<T: Ord + Copy> Default for Recent<T> {
    fn default() -> Self {
        Self { seen: BTreeSet::new(), order: VecDeque::new() }
    }
}

impl<T: Ord + Copy> From<VecDeque<T>> for Recent<T> {
    fn from(order: VecDeque<T>) -> Self {
        Self { seen: order.iter().copied().collect(), order }
    }
}

impl<T: Ord + Copy> From<Recent<T>> for VecDeque<T> {
    fn from(recent: Recent<T>) -> Self {
        recent.order
    }
}
