//! What is said of kills for memory.

use nwlog_ingest::event::unit::Exit;

use super::quote;
use crate::incident::{Cause, Incident, Outcome};
use crate::wording::size;

pub(super) fn oom_kill(incident: &Incident) -> String {
    format!("{}{}", oom_killed(incident), systemd_says(incident))
}

fn oom_killed(incident: &Incident) -> String {
    let oom = incident.oom.as_ref();
    let limit = oom.and_then(|oom| oom.limit_kb).map_or_else(String::new, |kb| format!(" of {}", size(kb)));
    let reached = oom
        .and_then(|oom| oom.victim.as_ref())
        .and_then(|victim| victim.anon_rss_kb)
        .map_or_else(String::new, |kb| format!(" at {} of anonymous memory", size(kb)));
    let says = |event: &str| incident.timeline.iter().any(|item| &*item.event == event);
    let lost = lost(incident);
    let by = |killer: &str| match &lost {
        Some(process) => format!("lost {process} to {killer}"),
        None => format!("was killed by {killer}"),
    };
    match incident.cause {
        Some(Cause::Global) if says("oom-asked") => {
            format!("{}, because a person asked for a kill with sysrq", by("the kernel"))
        }
        None if says("earlyoom-kill") => "was ended by earlyoom, because memory was low".into(),
        Some(Cause::MemcgLimit) => format!("{} at its own memory limit{limit}", by("the kernel")),
        Some(Cause::SliceLimit) => {
            let slice = oom.and_then(|oom| oom.oom_memcg.as_deref()).unwrap_or("its slice");
            format!("{} at the memory limit{limit} of {}{}", by("the kernel"), quote(slice), hog(incident))
        }
        Some(Cause::Global) => {
            let invoker = oom.and_then(|oom| oom.invoker.as_ref());
            let asked = invoker
                .map_or_else(String::new, |task| format!(" when {} asked for more", quote(&task.comm)));
            let larger = Some(hog(incident)).filter(|hog| hog.contains("larger")).unwrap_or_default();
            format!("{}{reached}, because the machine ran out of memory{asked}{larger}", by("the kernel"))
        }
        Some(Cause::Oomd) => by("systemd-oomd"),
        _ => format!("{}; no kernel record says whose limit it was", by("the OOM killer")),
    }
}

/// The process that a unit lost, where the unit went on without it, or ended by itself for want of it.
fn lost(incident: &Incident) -> Option<String> {
    use nwlog_ingest::event::unit::ExitCode;
    let sigkill = |exit: Exit| exit.code == ExitCode::Killed && exit.status == 9;
    let exit = incident.process.as_ref().and_then(|process| process.exit);
    let went_on = incident.invocations.is_empty()
        && matches!(incident.outcome, Outcome::Running | Outcome::Stopped)
        && incident.unit.is_some();
    if !went_on && exit.is_none_or(sigkill) {
        return None;
    }
    let victim = incident.oom.as_ref().and_then(|oom| oom.victim.as_ref());
    Some(victim.map_or_else(
        || "a process".into(),
        |victim| format!("process {} ({})", victim.pid, quote(&victim.comm)),
    ))
}

/// A process that held more than the one that was killed, where it was not the unit's own limit.
fn hog(incident: &Incident) -> String {
    let Some((oom, victim)) = incident.oom.as_ref().and_then(|oom| Some((oom, oom.victim.as_ref()?))) else {
        return String::new();
    };
    let own = oom.top.iter().find(|task| task.pid == victim.pid).map(|task| task.rss_kb);
    let parts = [victim.anon_rss_kb, victim.file_rss_kb, victim.shmem_rss_kb];
    let held = own.unwrap_or_else(|| parts.iter().flatten().fold(0, |sum, kb| sum.saturating_add(*kb)));
    match oom.top.first() {
        Some(task) if task.pid != victim.pid && task.rss_kb > held => {
            let (comm, rss) = (quote(&task.comm), size(task.rss_kb));
            format!(" (process {} ({comm}) was larger, with {rss})", task.pid)
        }
        Some(task) if task.pid == victim.pid && oom.top.len() > 1 => {
            format!(" (it was the largest process there, with {})", size(held))
        }
        _ => String::new(),
    }
}

/// systemd's own verdict, where it is another one: it takes a kill that it did not see for a signal.
fn systemd_says(incident: &Incident) -> String {
    let other = incident.systemd_result.as_deref().filter(|result| *result != "oom-kill");
    other.map_or_else(String::new, |result| format!(" (systemd calls it {})", quote(result)))
}
