//! The rules: what each kind of failure is proved by. One file a rule.
//!
//! A rule looks at one life whose facts have all come in, and says what its end, or a part of it, goes back to. In the
//! words of event correlation each is a PairWithWindow over a life: the proof, and the end that it explains within the
//! lateness. Each file says what opens an incident by its rule, what joins it, what closes it, and what suppresses it.
//!
//! In common to all: an incident is about a subject, and its occurrences are ends of that subject's lives, or what these
//! outlived. It closes when its subject is stopped on request, when a oneshot's next run ends well, or when the log has
//! gone on for so long without an occurrence that another one would be another story (`Episode::quiet_us`). What is
//! asked for is no failure: an end after `Stopping` with the usual status, and whatever ends while the machine goes down.

pub(crate) mod disk_full;
pub(crate) mod go_panic;
pub(crate) mod manager;
pub(crate) mod oom_kill;
pub(crate) mod restart_loop;
pub(crate) mod silent_exit;
pub(crate) mod unit_failure;

use nwlog_ingest::event::Identity;
use nwlog_ingest::time::Moment;

use crate::incident::{Cause, Kind};
use crate::key::Subject;
use crate::life::Life;

/// What an occurrence goes back to.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    pub(crate) kind: Kind,
    pub(crate) cause: Option<Cause>,
    /// When the root happened.
    pub(crate) at: Moment,
    /// The record that proves it.
    pub(crate) record: Identity,
}

impl Verdict {
    pub(crate) fn new(kind: Kind, cause: Cause, at: Moment, record: Identity) -> Self {
        Self { kind, cause: Some(cause), at, record }
    }
}

/// The root of a life's end; none where the end is no failure.
///
/// The root comes before the consequence: a kill explains the exit that follows it, a missed watchdog the dump that
/// systemd asked for, a refused write the panic about it.
pub(crate) fn of_end(life: &Life, subject: &Subject, lateness_us: u64) -> Option<Verdict> {
    let failed = life.has_failed() || life.start_limit.is_some();
    if let Some(verdict) = oom_kill::of_end(life, failed, lateness_us) {
        return Some(verdict);
    }
    // Of a scope systemd cannot tell how its processes ended: a container's engine starts them.
    if !failed && subject.is("scope") && !life.is_requested() {
        return go_panic::of_end(life);
    }
    if !failed || is_usual_end_of_a_stop(life) {
        return None;
    }
    manager::of_end(life)
        .or_else(|| go_panic::of_end(life))
        .or_else(|| disk_full::of_end(life, lateness_us))
        .or_else(|| unit_failure::of_end(life, subject))
}

/// A process that was asked to stop and answers with the status or the signal of that request has not failed, though
/// systemd says so: a shell's 128+15, a handler that kills itself again.
fn is_usual_end_of_a_stop(life: &Life) -> bool {
    use nwlog_ingest::event::unit::{Exit, ExitCode};
    let usual = |(_, exit): (_, Exit)| match exit.code {
        ExitCode::Exited => [129, 130, 143].contains(&exit.status),
        ExitCode::Killed | ExitCode::Dumped => [1, 2, 15].contains(&exit.status),
    };
    let asked_to_dump =
        life.dumps.iter().any(|dump| dump.go.reason == nwlog_ingest::event::go::GoReason::SignalDump);
    life.is_requested()
        && life.timed_out.is_none()
        && life.watchdog.is_none()
        && (life.exit.or(life.control_exit).is_some_and(usual) || asked_to_dump)
}
