//! Crashes of Go programs.
//!
//! Opens: a dump of the unit's own process.
//! Joins: the end of the life, if the dump stands near it, and the status fits: Go ends with 2, or by a signal.
//! Closes: as all do. A dump that comes to light after the end was told takes the incident over.
//! Suppressed by: a kill for memory; a missed watchdog, a start or stop that took too long, for which systemd itself asks for
//! the dump. A panic whose value ends in a file system's refusal goes back to that. A dump of which only the first line was
//! seen, or that stood behind a logger's prefix, needs the end of the life to be believed; the refusal in such a first line
//! needs nothing.
//! Leaves alone: panics that net/http recovered, and crashes of children: occurrences by themselves.
//! Why so: lines of a stream have no time of their own and have been stored 13 s after the exit that they explain, so the
//! order of the two proves nothing; that both are of one life does.

use nwlog_ingest::event::go::GoReason;
use nwlog_ingest::event::unit::{Exit, ExitCode};
use nwlog_ingest::parse::disk;
use nwlog_ingest::time::Moment;

use super::{Verdict, disk_full};
use crate::incident::{Cause, Kind};
use crate::life::{Dump, Life};

/// How far before the end of the life its dump may have begun, in microseconds: thousands of goroutines take a slow
/// machine a minute.
const DUMP_US: u64 = 120_000_000;
/// The same where the status is not one of Go's.
const NEAR_US: u64 = 10_000_000;

/// The dump that a life's end goes back to.
pub(super) fn of_end(life: &Life) -> Option<Verdict> {
    let end = life.ended()?;
    let explains = |dump: &&Dump| {
        !dump.is_recovered()
            && (!dump.is_unconfirmed() || is_go_status(life))
            && end.since(&dump.at) <= if is_go_status(life) { DUMP_US } else { NEAR_US }
    };
    life.dumps.iter().rev().find(explains).map(|dump| of_dump(dump, &end))
}

/// The Go runtime ends a crash with status 2, or with SIGABRT where GOTRACEBACK=crash (Go, src/runtime/panic.go,
/// signal_unix.go).
pub(crate) fn is_go_status(life: &Life) -> bool {
    match life.exit {
        Some((_, Exit { code: ExitCode::Exited, status })) => status == 2,
        Some((_, Exit { code: ExitCode::Killed | ExitCode::Dumped, status })) => status != 9,
        None => true,
    }
}

/// What one dump goes back to. It was written before the process ended, however late it was stored.
pub(crate) fn of_dump(dump: &Dump, end: &Moment) -> Verdict {
    let at = if dump.at.order(end).is_gt() { *end } else { dump.at };
    if let Some(refused) =
        disk::refused(dump.go.value.as_bytes()).filter(|_| dump.go.reason == GoReason::Panic)
    {
        let cause = disk_full::cause(refused.error);
        return Verdict { kind: Kind::DiskFull, cause, at, record: dump.record };
    }
    let cause = match dump.go.reason {
        // The process lives, and its end is its exit's.
        GoReason::DataRace => return Verdict::new(Kind::UnitFailure, Cause::ExitCode, at, dump.record),
        GoReason::Panic => Cause::Panic,
        GoReason::HttpPanic => Cause::HttpPanic,
        GoReason::FatalError => Cause::FatalError,
        GoReason::OutOfMemory => Cause::OutOfMemory,
        GoReason::Deadlock => Cause::Deadlock,
        GoReason::StackOverflow => Cause::StackOverflow,
        GoReason::ThreadExhaustion => Cause::ThreadExhaustion,
        GoReason::ConcurrentMap => Cause::ConcurrentMap,
        GoReason::SignalDump => Cause::SignalDump,
    };
    Verdict::new(Kind::GoPanic, cause, at, dump.record)
}
