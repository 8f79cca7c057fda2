//! What decoding counted.

use std::ops::{Add, AddAssign};

use serde::{Deserialize, Serialize};

/// How much was decoded, and how much was not. Counts of parts of a stream add up to those of the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stats {
    /// Entries that were shown to the visitor.
    pub entries: u64,
    /// Records that could not be read.
    pub skipped: u64,
    /// Records that the input's end cut short: what is whole of one is shown as an entry.
    pub truncated: u64,
    /// Records that were larger than the limit and were passed over.
    pub oversized: u64,
    /// Fields left out of entries: an impossible name, an unreadable value, or one more than
    /// [`MAX_FIELDS`](crate::decode::MAX_FIELDS).
    pub fields_dropped: u64,
    /// Uncompressed bytes that were read.
    pub bytes: u64,
}

impl AddAssign for Stats {
    fn add_assign(&mut self, other: Self) {
        self.entries = self.entries.saturating_add(other.entries);
        self.skipped = self.skipped.saturating_add(other.skipped);
        self.truncated = self.truncated.saturating_add(other.truncated);
        self.oversized = self.oversized.saturating_add(other.oversized);
        self.fields_dropped = self.fields_dropped.saturating_add(other.fields_dropped);
        self.bytes = self.bytes.saturating_add(other.bytes);
    }
}

impl Add for Stats {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self += other;
        self
    }
}
