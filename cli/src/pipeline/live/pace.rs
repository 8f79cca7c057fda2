//! When to tell what has come.

use std::time::Duration;

use tokio::time::Instant;

/// So long nothing has to come for what came to be told: records of one failure come in one burst.
const SETTLED: Duration = Duration::from_millis(15);

/// So long it is waited for that at the most: a person calls that at once.
const AT_MOST: Duration = Duration::from_millis(75);

/// While a log is caught up with, it is told so seldom.
const CATCHING_UP: Duration = Duration::from_secs(1);

/// Telling may take so much of all time: one in so many.
const SHARE: u32 = 8;

/// When to tell what has come.
#[derive(Debug)]
pub(super) struct Pace {
    first: Option<Instant>,
    due: Option<Instant>,
    /// Not before.
    rest: Instant,
}

impl Default for Pace {
    fn default() -> Self {
        Self { first: None, due: None, rest: Instant::now() }
    }
}

impl Pace {
    /// Something has come.
    pub(super) fn heard(&mut self, caught_up: bool) {
        let now = Instant::now();
        let first = *self.first.get_or_insert(now);
        let due = if caught_up { (now + SETTLED).min(first + AT_MOST) } else { first + CATCHING_UP };
        self.due = Some(due.max(self.rest));
    }

    /// When to tell.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// It was told, which began at a moment.
    pub(super) fn told(&mut self, began: Instant) {
        (self.first, self.due) = (None, None);
        self.rest = Instant::now() + began.elapsed() * SHARE;
    }
}
