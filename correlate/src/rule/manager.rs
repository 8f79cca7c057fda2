//! Ends that systemd brings about by itself: it waited for something, and it did not come.
//!
//! Opens: a missed watchdog; a start, a stop or a run that took longer than it may.
//! Joins: the signal that systemd then sends, the dump of goroutines or the core that this makes, and the end.
//! Closes: as all do.
//! Suppressed by: a kill for memory in the same life, which is why the rest of the unit hung; a reload or a clean-up that took
//! too long, after which the life goes on.
//! Why so: the exit record that follows has a signal, a core or a status of Go's in it, and none of these is the root:
//! systemd asked for them.

use nwlog_ingest::event::unit::TimeoutPhase;

use super::Verdict;
use crate::incident::{Cause, Kind};
use crate::life::Life;

/// What systemd ended by itself: it explains the dump that the signal for it made a Go program write.
pub(super) fn of_end(life: &Life) -> Option<Verdict> {
    let result = life.failed.as_ref().map(|(_, result)| &**result);
    let (cause, at) = match (life.watchdog, life.timed_out, result) {
        (Some(at), ..) => (Cause::Watchdog, at),
        (None, _, Some("watchdog")) => (Cause::Watchdog, life.ended()?),
        (None, Some((at, phase)), _) => (timeout(phase), at),
        (None, None, Some("timeout")) if life.up.is_none() => (Cause::StartTimeout, life.ended()?),
        (None, None, Some("timeout")) => (Cause::StopTimeout, life.ended()?),
        _ => return None,
    };
    Some(Verdict::new(Kind::UnitFailure, cause, at, life.record))
}

fn timeout(phase: TimeoutPhase) -> Cause {
    match phase {
        TimeoutPhase::Start => Cause::StartTimeout,
        // What is beside the life does not end it, and is not kept of it.
        TimeoutPhase::Stop | TimeoutPhase::Reload | TimeoutPhase::Cleaning => Cause::StopTimeout,
        TimeoutPhase::Runtime => Cause::RuntimeTimeout,
    }
}
