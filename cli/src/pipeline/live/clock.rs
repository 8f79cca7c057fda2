//! The clocks of this machine.

use nwlog_ingest::time::Moment;
use rustix::time::{ClockId, Timespec, clock_gettime};

/// Now, on the clocks that journald stamps entries with.
pub(super) fn now() -> Moment {
    Moment::new(micros(clock_gettime(ClockId::Realtime)), monotonic())
}

/// Since the boot, in microseconds.
pub(super) fn monotonic() -> u64 {
    micros(clock_gettime(ClockId::Monotonic))
}

fn micros(time: Timespec) -> u64 {
    let part = |n: i64, unit: u64, by: u64| u64::try_from(n).unwrap_or_default().saturating_mul(unit) / by;
    part(time.tv_sec, 1_000_000, 1).saturating_add(part(time.tv_nsec, 1, 1_000))
}
