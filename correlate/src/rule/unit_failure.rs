//! Failures that systemd reports, where nothing before them explains them.
//!
//! Opens: an exit record with a bad end, "Failed with result", a failed start job, the start limit.
//! Joins: the ends of the unit's lives that follow closely, whatever their roots; the start limit that ends a loop, which
//! is its outcome and not another failure; for a unit that was not started because of another one, that other one
//! (`machine::needs`), by the time alone.
//! Closes: as all do. A failed dependency is over when the unit is up.
//! Suppressed by: every other rule; an end that was asked for and is the usual one; the result of a condition that did not
//! hold, and of a socket whose service is at its start limit; a shutdown.
//! Why so: systemd's word says how a life ended and seldom why. SIGKILL is the extreme: the kernel's own kill is looked for
//! first, then who else sent it. A status of 200 and more is the forked child's only if the life has no line of its own,
//! for a program may end with any status.

use nwlog_ingest::event::unit::{Exit, ExitCode};

use super::Verdict;
use crate::incident::{Cause, Kind};
use crate::key::Subject;
use crate::life::Life;

/// The statuses that systemd's forked child ends with before it becomes the service (systemd,
/// src/shared/exit-status.h, EXIT_CHDIR to EXIT_BPF).
const SPAWN_STATUS: std::ops::RangeInclusive<i32> = 200..=245;

/// What is left to say of a failed life.
pub(super) fn of_end(life: &Life, subject: &Subject) -> Option<Verdict> {
    let at = life.ended()?;
    Some(Verdict::new(Kind::UnitFailure, cause(life, subject), at, life.record))
}

fn cause(life: &Life, subject: &Subject) -> Cause {
    let result = life.failed.as_ref().map(|(_, result)| &**result).unwrap_or_default();
    let start_job = life.start_failed.as_ref().map(|(_, result)| &**result).unwrap_or_default();
    let exit = life.exit.or(life.control_exit).map(|(_, exit)| exit);
    let spawn_status =
        exit.is_some_and(|exit| exit.code == ExitCode::Exited && SPAWN_STATUS.contains(&exit.status));
    match (result, exit) {
        _ if life.spawn_failed.is_some() || (spawn_status && !life.has_lines()) => Cause::ExecFailed,
        ("protocol", _) => Cause::Protocol,
        ("resources", _) => Cause::Resources,
        // A mount that waited was not tried.
        ("", None) if start_job == "dependency" => Cause::Dependency,
        _ if subject.is("mount") || subject.is("swap") => Cause::MountFailed,
        (_, Some(Exit { code: ExitCode::Dumped, .. })) | ("core-dump", _) => Cause::CoreDump,
        (_, Some(Exit { code: ExitCode::Killed, status: 9 })) => Cause::Killed,
        (_, Some(Exit { code: ExitCode::Killed, .. })) | ("signal", _) => Cause::Signal,
        (_, Some(Exit { code: ExitCode::Exited, .. })) | ("exit-code", _) => Cause::ExitCode,
        // A socket's own limit: how often it may start its service.
        ("start-limit-hit" | "trigger-limit-hit", _) => Cause::StartLimit,
        _ if start_job == "dependency" => Cause::Dependency,
        _ if start_job == "timeout" => Cause::StartTimeout,
        _ if life.start_limit.is_some() => Cause::StartLimit,
        _ => Cause::ExitCode,
    }
}
