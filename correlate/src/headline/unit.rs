//! What is said of failures that systemd reports.

use nwlog_ingest::event::gap::GapKind;
use nwlog_ingest::event::unit::Exit;

use super::quote;
use crate::incident::{Cause, Incident};
use crate::timeline::TimelineItem;
use crate::wording::ended;

pub(super) fn unit_failure(incident: &Incident) -> String {
    // The process is that of the last occurrence, which may have ended by another root.
    let is_one = incident.causes.len() < 2;
    let exit = incident.process.as_ref().and_then(|process| process.exit).filter(|_| is_one);
    let says = |event: &str| incident.timeline.iter().any(|item| &*item.event == event);
    match incident.cause {
        Some(Cause::SilentExit) => "ended by itself, with status 0, and nobody asked for it".into(),
        Some(Cause::RestartLoop) => "ends by itself and is restarted".into(),
        Some(Cause::StartTimeout) => "was not up in time".into(),
        Some(Cause::StopTimeout) => "did not stop in time".into(),
        Some(Cause::RuntimeTimeout) => "ran longer than it may and was ended".into(),
        Some(Cause::Watchdog) => "missed its watchdog and was aborted by systemd".into(),
        Some(Cause::ExecFailed) => format!("could not be executed{}", exit.map_or_else(String::new, status)),
        Some(Cause::Protocol) => "did not keep to its service type's protocol".into(),
        Some(Cause::Resources) => "could not be started for want of resources".into(),
        Some(Cause::Dependency) => match incident.timeline.iter().find(|item| &*item.event == "needed") {
            Some(item) => format!("was not started because {}", item.text),
            None => "was not started because a unit that it needs failed or was not up".into(),
        },
        Some(Cause::MountFailed) if incident.unit.as_deref().is_some_and(|unit| unit.ends_with(".swap")) => {
            "could not be switched on".into()
        }
        Some(Cause::MountFailed) => "could not be mounted".into(),
        Some(Cause::StartLimit) => "was started too often".into(),
        Some(Cause::Killed) if says("client-signal") => {
            "was killed with SIGKILL on a client's request".into()
        }
        Some(Cause::Killed) if says_killing(incident) => "was killed with SIGKILL by systemd".into(),
        Some(Cause::Killed) if may_miss_kernel(incident) => {
            "was killed with SIGKILL, and records that could say by whom are missing".into()
        }
        Some(Cause::Killed) => "was killed with SIGKILL, and no record says by whom".into(),
        _ if says("control-exit") && !says("main-exit") => {
            let how = exit.map_or_else(|| "failed".into(), |exit| past(&exit));
            match control_command(incident) {
                Some(command) => format!("failed: its {command} {how}{}", word(incident)),
                None => format!("failed: one of its control processes {how}{}", word(incident)),
            }
        }
        _ => {
            let how = exit.map_or_else(String::new, |exit| format!(": its main process {}", past(&exit)));
            format!("failed{how}{}", word(incident))
        }
    }
}

/// Whether systemd itself sent SIGKILL.
fn says_killing(incident: &Incident) -> bool {
    let sent = |item: &TimelineItem| &*item.event == "killing" && item.text.contains("sends SIGKILL");
    incident.timeline.iter().any(sent)
}

/// The setting whose command failed, by the timeline's last word on it.
fn control_command(incident: &Incident) -> Option<&str> {
    let item = incident.timeline.iter().rev().find(|item| &*item.event == "control-exit")?;
    item.text.split_once(" process ").map(|(command, _)| command).filter(|command| *command != "control")
}

/// What the program said of its end.
fn word(incident: &Incident) -> String {
    let said = incident.last_word.as_deref().map(quote).filter(|said| !said.is_empty());
    said.map_or_else(String::new, |said| format!(": {said}"))
}

fn past(exit: &Exit) -> String {
    let text = ended(exit);
    if text.starts_with("killed") { format!("was {text}") } else { text }
}

fn status(exit: Exit) -> String {
    format!(" (status {})", exit.status)
}

/// Whether the kernel's word may be among what is missing.
fn may_miss_kernel(incident: &Incident) -> bool {
    use GapKind::{KernelOverrun, KernelRateLimited, KmsgSequence, Sequence};
    let hides = |what: GapKind| matches!(what, KernelOverrun | KernelRateLimited | KmsgSequence | Sequence);
    incident.gaps.iter().any(|gap| hides(gap.what))
}
