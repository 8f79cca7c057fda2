//! What decoding counted.

use std::ops::{Add, AddAssign};

use serde::{Deserialize, Serialize};

use crate::calendar::Added;

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
    /// Entries whose year the [calendar](crate::calendar) settled.
    #[serde(default)]
    pub years_added: u64,
    /// Entries whose time was taken to be in the reader's zone, for they name none.
    #[serde(default)]
    pub zones_added: u64,
    /// The same, for the name that they give their zone means several.
    #[serde(default)]
    pub zones_doubtful: u64,
}

impl Stats {
    /// Counts what was added to an entry's time.
    pub(super) fn count(&mut self, added: Added) {
        self.years_added = self.years_added.saturating_add(added.year.into());
        self.zones_added = self.zones_added.saturating_add(added.zone.into());
        self.zones_doubtful = self.zones_doubtful.saturating_add(added.doubt.into());
    }
}

impl AddAssign for Stats {
    fn add_assign(&mut self, other: Self) {
        self.entries = self.entries.saturating_add(other.entries);
        self.skipped = self.skipped.saturating_add(other.skipped);
        self.truncated = self.truncated.saturating_add(other.truncated);
        self.oversized = self.oversized.saturating_add(other.oversized);
        self.fields_dropped = self.fields_dropped.saturating_add(other.fields_dropped);
        self.bytes = self.bytes.saturating_add(other.bytes);
        self.years_added = self.years_added.saturating_add(other.years_added);
        self.zones_added = self.zones_added.saturating_add(other.zones_added);
        self.zones_doubtful = self.zones_doubtful.saturating_add(other.zones_doubtful);
    }
}

impl Add for Stats {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self += other;
        self
    }
}
