//! When an entry was written, at the beginning of its line.

use chrono::{DateTime, Local, Utc};

use super::number;
use super::record::LAST_TIME;
use crate::output::time::Zone;

/// How a time is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `Nov 23 01:13:37`
    Short,
    /// `2026-11-23T01:13:37.621200+0000`
    Iso,
}

/// Writes times. Entries of one second share all but the microseconds, so that the zone is asked once a second.
#[derive(Debug)]
pub(super) struct Stamp {
    shape: Shape,
    zone: Zone,
    second: Option<u64>,
    /// What comes before the microseconds, and what after.
    text: (String, String),
}

impl Stamp {
    pub(super) fn new(shape: Shape, zone: Zone) -> Self {
        Self { shape, zone, second: None, text: Default::default() }
    }

    /// Appends a time, in microseconds since 1970. False where there is none: nothing was appended.
    pub(super) fn write(&mut self, realtime: u64, out: &mut Vec<u8>) -> bool {
        let second = realtime / 1_000_000;
        if self.second != Some(second) && !self.set(second) {
            return false;
        }
        out.extend_from_slice(self.text.0.as_bytes());
        if self.shape == Shape::Iso {
            number::padded(realtime % 1_000_000, 6, b'0', out);
            out.extend_from_slice(self.text.1.as_bytes());
        }
        true
    }

    fn set(&mut self, second: u64) -> bool {
        let time = i64::try_from(second).ok().and_then(|second| DateTime::<Utc>::from_timestamp(second, 0));
        let Some(time) = time else { return false };
        let (before, after) = match self.shape {
            Shape::Short => ("%b %d %H:%M:%S", ""),
            Shape::Iso => ("%Y-%m-%dT%H:%M:%S.", "%z"),
        };
        self.text = match self.zone {
            Zone::Utc => (time.format(before).to_string(), time.format(after).to_string()),
            Zone::Local => {
                let time = time.with_timezone(&Local);
                (time.format(before).to_string(), time.format(after).to_string())
            }
            Zone::Named(zone) => {
                let time = time.with_timezone(&zone);
                (time.format(before).to_string(), time.format(after).to_string())
            }
        };
        self.second = Some(second);
        true
    }
}

/// Appends the time since the boot, `[    5.123456]`: for entries that have no other.
pub(super) fn since_boot(monotonic: u64, out: &mut Vec<u8>) {
    out.push(b'[');
    number::padded(monotonic / 1_000_000, 5, b' ', out);
    out.push(b'.');
    number::padded(monotonic % 1_000_000, 6, b'0', out);
    out.push(b']');
}

/// Whether a clock can have shown this.
pub(super) fn is_valid(realtime: u64) -> bool {
    realtime > 0 && realtime < LAST_TIME
}
