//! The texts of PID 1's records about units, v219 to v258 (systemd, src/core/job.c, unit.c, service.c).

use bstr::ByteSlice;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_until, take_while1};
use nom::character::complete::{char, u64 as number};
use nom::combinator::{map, opt, rest as remaining, value};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use super::{MAX_WORD, is_unit_name, process, resources};
use crate::event::unit::{ControlExit, TimeoutPhase, UnitFact};
use crate::parse::clip;

/// The unit that a text is about, where it is named first, or second after a verb: `a.service: …`,
/// `Started a.service - …`, `Unit a.service entered failed state.`
pub(super) fn subject(text: &[u8]) -> Option<&[u8]> {
    let mut words = text.split_str(b" ").filter(|word| !word.is_empty());
    let trim = |word: &'_ [u8]| -> usize { word.trim_end_with(|c| matches!(c, ':' | '.')).len() };
    let first = words.next()?;
    if let Some(name) = first.get(..trim(first)).filter(|name| is_unit_name(name)) {
        return Some(name);
    }
    if !first.first()?.is_ascii_uppercase() {
        return None;
    }
    words.take(4).find_map(|word| word.get(..trim(word)).filter(|name| is_unit_name(name)))
}

/// The unit whose start job failed, and how: `a.service: Job a.service/start failed with result 'dependency'.`, up to
/// v228 without what stands before `Job` (src/core/job.c, job_finish_and_invalidate). In text it is all that names the
/// unit where the job's other record has a description alone.
pub(super) fn start_job(text: &[u8]) -> Option<(&[u8], Box<str>)> {
    let job = text.strip_prefix(b"Job ").or_else(|| {
        let (unit, job) = text.split_once_str(b": Job ")?;
        job.strip_prefix(unit).is_some_and(|rest| rest.starts_with(b"/")).then_some(job)
    })?;
    let (unit, result) = job.split_once_str(b"/start failed with result '")?;
    let result = result.strip_suffix(b"'.")?;
    let is_word = result.iter().all(|byte| byte.is_ascii_lowercase() || *byte == b'-');
    let is_failure = !matches!(result, b"canceled" | b"skipped" | b"once" | b"collected" | b"done");
    (is_unit_name(unit) && is_word && is_failure).then(|| (unit, clip(result, MAX_WORD)))
}

/// What follows `UNIT: ` or, up to v219, `UNIT `.
pub(super) fn after_subject<'a>(text: &'a [u8], unit: &[u8]) -> &'a [u8] {
    let Some(rest) = text.strip_prefix(unit) else { return text };
    rest.strip_prefix(b": ").or_else(|| rest.strip_prefix(b" ")).unwrap_or(text)
}

/// A start job that had nothing to do has the MESSAGE_ID of one that ended well: "Condition check resulted in X being
/// skipped.", from v251 on "X was skipped because …", in v257 "X skipped, unmet condition check …".
pub(super) fn is_skip(text: &[u8]) -> bool {
    text.contains_str(b" was skipped because ")
        || text.contains_str(b" skipped, ")
        || text.starts_with(b"Condition check resulted in ")
}

/// Reads a text that no MESSAGE_ID explains. `rest` is what follows the unit's name.
pub(super) fn fact(text: &[u8], rest: &[u8]) -> Option<UnitFact> {
    if rest.len() == text.len() {
        job(text)
    } else {
        about(rest).map(|(_, fact)| fact).ok().or_else(|| resources::consumed(rest))
    }
}

/// A job's record: a verb, then the unit or its description.
fn job(text: &[u8]) -> Option<UnitFact> {
    type Made = fn() -> UnitFact;
    const VERBS: [(&[u8], Made); 20] = [
        (b"Starting ", || UnitFact::Starting),
        (b"Mounting ", || UnitFact::Starting),
        (b"Started ", || UnitFact::Started { finished: false }),
        (b"Mounted ", || UnitFact::Started { finished: false }),
        (b"Listening on ", || UnitFact::Started { finished: false }),
        (b"Reached target ", || UnitFact::Started { finished: false }),
        (b"Finished ", || UnitFact::Started { finished: true }),
        (b"Failed to start ", || UnitFact::StartFailed { result: "failed".into() }),
        (b"Failed to mount ", || UnitFact::StartFailed { result: "failed".into() }),
        (b"Dependency failed for ", || UnitFact::StartFailed { result: "dependency".into() }),
        (b"Timed out starting ", || UnitFact::StartFailed { result: "timeout".into() }),
        (b"Stopping ", || UnitFact::Stopping),
        (b"Unmounting ", || UnitFact::Stopping),
        (b"Stopped ", || UnitFact::Stopped { job_type: None }),
        (b"Unmounted ", || UnitFact::Stopped { job_type: None }),
        (b"Closed ", || UnitFact::Stopped { job_type: None }),
        (b"Reloaded ", || UnitFact::Reloaded { result: "done".into() }),
        (b"Reload failed for ", || UnitFact::Reloaded { result: "failed".into() }),
        (b"Timed out reloading ", || UnitFact::Reloaded { result: "timeout".into() }),
        (b"start request repeated too quickly for ", || UnitFact::StartLimit),
    ];
    if is_skip(text) {
        return None;
    }
    if text.starts_with(b"Unit ") && text.ends_with(b" entered failed state.") {
        return Some(UnitFact::Failed { result: "".into() });
    }
    VERBS.iter().find(|(verb, _)| text.starts_with(verb)).map(|(_, fact)| fact())
}

/// What a manager says about a unit that it has named.
fn about(rest: &[u8]) -> IResult<&[u8], UnitFact> {
    alt((
        map(process::exit_record, |(main, exit)| match main {
            true => UnitFact::MainExit(exit),
            false => UnitFact::ControlExit(ControlExit { exit, command: None }),
        }),
        map(result, |word| UnitFact::Failed { result: clip(word, MAX_WORD) }),
        value(UnitFact::Succeeded, alt((tag("Deactivated successfully."), tag("Succeeded.")))),
        map(counter, |counter| UnitFact::RestartScheduled { counter }),
        value(
            UnitFact::StartLimit,
            alt((tag("Start request repeated too quickly"), tag("start request repeated too quickly"))),
        ),
        value(UnitFact::OutOfMemory, tag("A process of this unit has been killed by the OOM killer")),
        map(oomd, |processes| UnitFact::OomdKill { processes }),
        map(watchdog, |limit| UnitFact::Watchdog { limit: Some(clip(limit, MAX_WORD)) }),
        map(timed_out, |phase| UnitFact::TimedOut { phase }),
        process::killing,
        process::client_signal,
        process::spawn_failed,
        process::left_over,
    ))
    .parse(rest)
}

fn result(rest: &[u8]) -> IResult<&[u8], &[u8]> {
    preceded(
        alt((tag("Failed with result "), tag("Unit failed with result "))),
        delimited(char('\''), take_until("'"), char('\'')),
    )
    .parse(rest)
}

/// The word in "Failed with result 'exit-code'."
pub(super) fn failed_result(rest: &[u8]) -> Option<Box<str>> {
    result(rest).ok().map(|(_, word)| clip(word, MAX_WORD))
}

/// "Scheduled restart job, restart counter is at 3." from v235; before it without a counter, and as a hold-off.
fn counter(rest: &[u8]) -> IResult<&[u8], Option<u64>> {
    alt((
        preceded(tag("Scheduled restart job"), opt(preceded(tag(", restart counter is at "), number))),
        value(None, (opt(tag("Service ")), alt((tag("hold"), tag("has no hold"))), hold_off, remaining)),
    ))
    .parse(rest)
}

/// What follows "hold" and "has no hold": "off time over, scheduling restart.", with a hyphen from v229 on.
fn hold_off(rest: &[u8]) -> IResult<&[u8], &[u8]> {
    preceded((opt(char('-')), tag("off time")), alt((tag(" over, scheduling"), tag(", scheduling"))))
        .parse(rest)
}

/// The counter in a record that has no N_RESTARTS.
pub(super) fn restart_counter(rest: &[u8]) -> Option<u64> {
    counter(rest).ok().and_then(|(_, counter)| counter)
}

/// "systemd-oomd killed 3 process(es) in this unit.", and "some" where the count is not known.
fn oomd(rest: &[u8]) -> IResult<&[u8], Option<u64>> {
    preceded(
        tag("systemd-oomd killed "),
        terminated(alt((map(number, Some), value(None, tag("some")))), tag(" process")),
    )
    .parse(rest)
}

/// "Watchdog timeout (limit 3s)!", in lower case up to v228.
fn watchdog(rest: &[u8]) -> IResult<&[u8], &[u8]> {
    preceded(alt((tag("Watchdog timeout (limit "), tag("watchdog timeout (limit "))), take_until(")"))
        .parse(rest)
}

/// The states of a unit that takes too long, by version: "start operation timed out. Terminating.", "State
/// 'stop-sigterm' timed out. Killing.", "stop-sigterm timed out. Killing.", "Service reached runtime time limit.",
/// and those of mounts: "Mounting timed out. Terminating." What SIGKILL does not end is told otherwise: "Processes still
/// around after final SIGKILL. Entering failed mode."
fn timed_out(rest: &[u8]) -> IResult<&[u8], TimeoutPhase> {
    let state = take_while1(|byte: u8| byte.is_ascii_alphabetic() || byte == b'-');
    let quoted = delimited(tag("State '"), take_until("'"), tag("' timed out."));
    let plain = terminated(state, alt((tag(" operation timed out."), tag(" timed out."))));
    alt((
        map(alt((quoted, plain)), phase),
        value(TimeoutPhase::Runtime, (take_until("reached runtime time limit"), remaining)),
        value(TimeoutPhase::Stop, (unkillable, remaining)),
    ))
    .parse(rest)
}

fn unkillable(rest: &[u8]) -> IResult<&[u8], &[u8]> {
    preceded(
        alt((tag("Processes "), tag("Process "), tag("Mount process "), tag("Swap process "), tag(""))),
        alt((tag("still around after SIGKILL"), tag("still around after final SIGKILL"))),
    )
    .parse(rest)
}

fn phase(state: &[u8]) -> TimeoutPhase {
    let state = state.to_ascii_lowercase();
    let begins = |words: &[&[u8]]| words.iter().any(|word| state.starts_with(word));
    if begins(&[b"start", b"mounting", b"activati", b"condition"]) {
        TimeoutPhase::Start
    } else if begins(&[b"reload", b"remounting", b"refresh"]) {
        TimeoutPhase::Reload
    } else if begins(&[b"clean"]) {
        TimeoutPhase::Cleaning
    } else {
        TimeoutPhase::Stop
    }
}
