//! How many entries a second, of late.

use tokio::time::Instant;

/// What the newest look counts for among those before it.
const WEIGHT: f64 = 0.3;

/// How many entries a second, of late.
#[derive(Debug)]
pub(super) struct Rate {
    since: Instant,
    before: u64,
    rate: f64,
}

impl Rate {
    /// So many were read before.
    pub(super) fn new(entries: u64) -> Self {
        Self { since: Instant::now(), before: entries, rate: 0.0 }
    }

    /// The rate, with so many read by now; to a tenth.
    pub(super) fn now(&mut self, entries: u64) -> f64 {
        let seconds = self.since.elapsed().as_secs_f64();
        if seconds >= 1.0 {
            let of_late = entries.saturating_sub(self.before) as f64 / seconds;
            self.rate += (of_late - self.rate) * WEIGHT;
            (self.since, self.before) = (Instant::now(), entries);
        }
        (self.rate * 10.0).round() / 10.0
    }
}
