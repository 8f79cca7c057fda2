//! The ends of processes, and the signals that are sent to them (systemd, src/core/unit.c, unit_log_process_exit;
//! src/core/cgroup.c and service.c for signals; src/core/exec-invoke.c for the forked child).

use bstr::ByteSlice;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_till1, take_until, take_while1};
use nom::character::complete::{i32 as integer, u32 as number};
use nom::combinator::{map, opt, value};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use super::{MAX_PATH, MAX_WORD};
use crate::event::unit::{Exit, ExitCode, UnitFact};
use crate::parse::clip;

/// Whether an exit record is about the main process.
pub(super) fn is_main(rest: &[u8]) -> bool {
    rest.get(..12).is_some_and(|head| head.eq_ignore_ascii_case(b"main process"))
}

/// The exit in a record that has no EXIT_CODE.
pub(super) fn exit(rest: &[u8]) -> Option<(bool, Exit)> {
    exit_record(rest).ok().map(|(_, exit)| exit)
}

/// "Main process exited, code=killed, status=9/KILL", up to v228 "control process exited, code=exited status=1".
/// Whether it was the main process comes first.
pub(super) fn exit_record(rest: &[u8]) -> IResult<&[u8], (bool, Exit)> {
    let code = alt((
        value(ExitCode::Exited, tag("exited")),
        value(ExitCode::Killed, tag("killed")),
        value(ExitCode::Dumped, tag("dumped")),
    ));
    let who = terminated(take_until(" process exited, code="), tag(" process exited, code="));
    let status = preceded(alt((tag(", status="), tag(" status="))), integer);
    map((who, code, status), |(_, code, status)| (is_main(rest), Exit { code, status })).parse(rest)
}

fn signal(rest: &[u8]) -> IResult<&[u8], &[u8]> {
    preceded(
        tag(" signal "),
        take_while1(|byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'-'),
    )
    .parse(rest)
}

/// "Killing process 389 (myapp) with signal SIGABRT." A process's name may hold parentheses: the last one ends it.
pub(super) fn killing(rest: &[u8]) -> IResult<&[u8], UnitFact> {
    let (rest, pid) = preceded(tag("Killing process "), number).parse(rest)?;
    let (rest, _) = tag(" (")(rest)?;
    let end = rest.rfind(b") with signal ").ok_or_else(|| failed(rest))?;
    let comm = rest.get(..end).map(|comm| clip(comm, MAX_WORD));
    let (rest, signal) = preceded(tag(") with"), signal).parse(rest.get(end..).unwrap_or_default())?;
    Ok((rest, UnitFact::Killing { pid: Some(pid), comm, signal: clip(signal, MAX_WORD) }))
}

/// "Sent signal SIGKILL to main process 266 (myapp) on client request."
pub(super) fn client_signal(rest: &[u8]) -> IResult<&[u8], UnitFact> {
    let (tail, signal) = preceded(tag("Sent"), signal).parse(rest)?;
    if !tail.contains_str(b" on client request") {
        return Err(failed(rest));
    }
    let (tail, pid) = opt(preceded((take_until("process "), tag("process ")), number)).parse(tail)?;
    Ok((tail, UnitFact::ClientSignal { signal: clip(signal, MAX_WORD), pid }))
}

/// "Failed at step EXEC spawning /opt/app: No such file or directory", as PID 1 itself wrote it up to v228.
pub(super) fn spawn_failed(rest: &[u8]) -> IResult<&[u8], UnitFact> {
    let step = delimited(tag("Failed at step "), take_till1(|byte| byte == b' '), tag(" spawning "));
    map((step, take_till1(|byte| byte == b':')), |(step, path): (&[u8], &[u8])| UnitFact::SpawnFailed {
        step: Some(clip(step, MAX_WORD)),
        executable: Some(clip(path, MAX_PATH)),
        errno: None,
    })
    .parse(rest)
}

/// "Unit process 12 (worker) remains running after unit stopped.", and "Found left-over process 12 (worker) in control
/// group while starting unit. Ignoring.", a line of advice below it.
pub(super) fn left_over(rest: &[u8]) -> IResult<&[u8], UnitFact> {
    let (rest, at_start) =
        alt((value(false, tag("Unit process ")), value(true, tag("Found left-over process "))))
            .parse(rest)?;
    let (rest, pid) = terminated(number, tag(" (")).parse(rest)?;
    let end: &[u8] =
        if at_start { b") in control group while" } else { b") remains running after unit stopped" };
    let at = rest.rfind(end).ok_or_else(|| failed(rest))?;
    let comm = rest.get(..at).map(|comm| clip(comm, MAX_WORD)).unwrap_or_default();
    Ok((&[], UnitFact::LeftOver { pid, comm, at_start }))
}

/// The step in the forked child's own record.
pub(super) fn spawn_step(text: &[u8]) -> Option<Box<str>> {
    let after = text.split_once_str(b"Failed at step ")?.1;
    let step = after.split_once_str(b" ")?.0;
    (!step.is_empty() && step.iter().all(|b| b.is_ascii_uppercase() || *b == b'_'))
        .then(|| clip(step, MAX_WORD))
}

fn failed(rest: &[u8]) -> nom::Err<nom::error::Error<&[u8]>> {
    nom::Err::Error(nom::error::Error::new(rest, nom::error::ErrorKind::Verify))
}
