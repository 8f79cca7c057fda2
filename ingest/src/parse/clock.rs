//! When a record was really written, told from when it was stored.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::entry::{Known, decimal};
use crate::time::Moment;

/// How many kernel records of a boot the kernel's clock is compared over.
const WINDOW: u64 = 1_000;

/// The longest that journald is believed to have been behind its senders, in microseconds. A larger lag is a sender
/// whose clock was set, or a record that was relayed.
const MAX_LAG: u64 = 60_000_000;

/// The least difference that may be lateness rather than drift, in microseconds.
const MIN_DOUBT: u64 = 1_000_000;

/// When an entry was stored.
pub fn received(known: &Known<'_>) -> Moment {
    Moment { realtime: known.realtime.and_then(decimal), monotonic: known.monotonic.and_then(decimal) }
}

/// When a process wrote an entry: native and syslog messages carry the sender's time, lines of a stream do not, and
/// for them this is an upper bound.
pub fn written(known: &Known<'_>) -> Moment {
    let received = received(known);
    let lag = received
        .realtime
        .zip(known.source_realtime.and_then(decimal::<u64>))
        .and_then(|(stored, sent)| stored.checked_sub(sent))
        .filter(|lag| *lag <= MAX_LAG);
    received.earlier(lag.unwrap_or(0))
}

/// Translates the kernel's own clock into the journal's, over one boot.
///
/// `__MONOTONIC_TIMESTAMP` of a kernel record is when journald read it. `_SOURCE_MONOTONIC_TIMESTAMP` is printk's
/// local clock, which drifts from CLOCK_MONOTONIC and stands still in another way over a suspend. The
/// least difference of the last records is the drift; what goes beyond it is journald's lateness.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct KernelClock {
    /// A record that is not the kernel's was seen: what comes now is no longer the backlog of journald's start.
    running: bool,
    /// When the boot's first kernel record was stored.
    first: Option<u64>,
    records: u64,
    /// Candidates for the least difference, ascending, each with the number of its record.
    least: VecDeque<(u64, i64)>,
}

impl KernelClock {
    /// Notes a record that is not the kernel's.
    pub fn ran(&mut self) {
        self.running = true;
    }

    /// Notes a kernel record, and tells when it was written.
    pub fn written(&mut self, known: &Known<'_>) -> Moment {
        let received = received(known);
        let Some(source) = known.source_monotonic.and_then(decimal::<u64>) else { return received };
        let Some(stored) = received.monotonic else { return received };
        let written = self.note(stored, source);
        received.earlier(stored - written)
    }

    /// Notes that a kernel record of `source` on the kernel's clock was stored at `stored`, and tells when it was written,
    /// both in microseconds since the boot.
    pub(super) fn note(&mut self, stored: u64, source: u64) -> u64 {
        let ahead = difference(stored, source);
        // What was written after something was stored is no backlog either.
        self.running |= source > *self.first.get_or_insert(stored);
        if self.running {
            self.records += 1;
            let records = self.records;
            while self.least.pop_back_if(|(_, offset)| *offset >= ahead).is_some() {}
            while self.least.pop_front_if(|(number, _)| *number + WINDOW <= records).is_some() {}
            self.least.push_back((records, ahead));
        }
        let drift = self.least.front().map_or(0, |(_, offset)| *offset);
        // Records that are all late by a moment that journald can be late by are late: no clock drifts so much at once.
        let is_lateness = self.records < WINDOW && (MIN_DOUBT..=MAX_LAG).contains(&drift.unsigned_abs());
        let drift = if is_lateness { 0 } else { drift };
        source.saturating_add_signed(drift).min(stored)
    }
}

fn difference(a: u64, b: u64) -> i64 {
    i64::try_from(i128::from(a) - i128::from(b)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kernel(stored: u64, source: u64) -> (String, String) {
        (stored.to_string(), source.to_string())
    }

    fn written(clock: &mut KernelClock, (stored, source): (String, String)) -> u64 {
        let known = Known {
            monotonic: Some(stored.as_bytes()),
            source_monotonic: Some(source.as_bytes()),
            ..Known::default()
        };
        clock.written(&known).monotonic.unwrap_or_default()
    }

    #[test]
    fn a_backlog_keeps_the_kernels_own_time() {
        let mut clock = KernelClock::default();
        assert_eq!(written(&mut clock, kernel(1_726_000_000, 167_400_000)), 167_400_000);
    }

    #[test]
    fn a_late_record_is_told_from_drift() {
        let mut clock = KernelClock::default();
        clock.ran();
        assert_eq!(written(&mut clock, kernel(10_005_000, 10_000_000)), 10_005_000);
        assert_eq!(written(&mut clock, kernel(12_000_000, 11_000_000)), 11_005_000);
        assert_eq!(written(&mut clock, kernel(13_002_000, 13_000_000)), 13_002_000);
        assert_eq!(written(&mut clock, kernel(13_003_000, 13_000_500)), 13_002_500);
    }

    #[test]
    fn a_suspend_shows_once_the_records_before_it_are_out_of_the_window() {
        let mut clock = KernelClock::default();
        clock.ran();
        written(&mut clock, kernel(1_000_000, 1_000_000));
        for n in 0..WINDOW {
            written(&mut clock, kernel(9_000_000 + n, 2_000_000 + n));
        }
        assert_eq!(written(&mut clock, kernel(20_000_000, 13_000_000)), 20_000_000);
    }
}
