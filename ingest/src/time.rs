//! When something happened, on the clocks that a record has.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// A point in time, on each clock on which it is known. Both are in microseconds.
///
/// A journal entry has both; a line of dmesg only the second, a line of syslog only the first, a program's bare
/// output none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Moment {
    /// Since 1970-01-01 00:00 UTC (CLOCK_REALTIME).
    pub realtime: Option<u64>,
    /// Since the boot began (CLOCK_MONOTONIC): comparable within one boot only.
    pub monotonic: Option<u64>,
}

impl Moment {
    /// A moment on both clocks.
    pub const fn new(realtime: u64, monotonic: u64) -> Self {
        Self { realtime: Some(realtime), monotonic: Some(monotonic) }
    }

    /// The clock that orders the records of one boot: monotonic where it is known, else realtime, else zero.
    pub fn key(&self) -> u64 {
        self.monotonic.or(self.realtime).unwrap_or_default()
    }

    /// The same moment, earlier by so many microseconds on each clock that it has.
    pub fn earlier(&self, micros: u64) -> Self {
        Self {
            realtime: self.realtime.map(|t| t.saturating_sub(micros)),
            monotonic: self.monotonic.map(|t| t.saturating_sub(micros)),
        }
    }

    /// The same moment, later by so many microseconds on each clock that it has.
    pub fn later(&self, micros: u64) -> Self {
        Self {
            realtime: self.realtime.map(|t| t.saturating_add(micros)),
            monotonic: self.monotonic.map(|t| t.saturating_add(micros)),
        }
    }

    /// How many microseconds this is after another moment of the same boot; zero where it is before it.
    pub fn since(&self, earlier: &Self) -> u64 {
        match (self.monotonic, earlier.monotonic, self.realtime, earlier.realtime) {
            (Some(a), Some(b), ..) | (_, _, Some(a), Some(b)) => a.saturating_sub(b),
            _ => 0,
        }
    }

    /// Orders two moments of one boot.
    pub fn order(&self, other: &Self) -> Ordering {
        match (self.monotonic, other.monotonic, self.realtime, other.realtime) {
            (Some(a), Some(b), ..) | (_, _, Some(a), Some(b)) => a.cmp(&b),
            _ => Ordering::Equal,
        }
    }
}
