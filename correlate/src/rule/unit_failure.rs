//! Failures that systemd itself ends or reports, where nothing before them explains them.
//!
//! Opens: an exit record with a bad end, "Failed with result", a failed start job, the start limit.
//! Suppressed by: every other rule; an end that was asked for and is the usual one.

use nwlog_ingest::event::unit::{Exit, ExitCode, TimeoutPhase};

use super::Verdict;
use crate::incident::{Cause, Kind};
use crate::key::Subject;
use crate::life::Life;

/// The statuses that systemd's forked child ends with before it becomes the service (systemd,
/// src/shared/exit-status.h, EXIT_CHDIR to EXIT_BPF).
const SPAWN_STATUS: std::ops::RangeInclusive<i32> = 200..=245;

/// What systemd ended by itself: it explains the dump that the signal for it made a Go program write.
pub(super) fn by_manager(life: &Life) -> Option<Verdict> {
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
        // What it waited for never came, and so nothing was mounted.
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
