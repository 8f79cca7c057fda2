//! One sentence that a person would say.

mod memory;
mod program;
mod unit;

use nwlog_ingest::event::gap::GapKind;

use crate::incident::{Cause, Incident, Kind, Outcome};
use crate::timeline::Link;

/// The longest part of a log line that a headline quotes, in characters.
const MAX_QUOTE: usize = 120;

/// Says what an incident is, in one sentence, from all else that is known of it.
pub fn headline(incident: &Incident) -> String {
    let process = incident.process.as_ref().and_then(|process| process.comm.as_deref());
    let name = incident.unit.as_deref().or(process).unwrap_or("a program");
    let what = match incident.kind {
        Kind::OomKill => memory::oom_kill(incident),
        Kind::DiskFull => disk_full(incident),
        Kind::GoPanic => program::go_panic(incident),
        Kind::UnitFailure => unit::unit_failure(incident),
    };
    let times = match incident.occurrences {
        0 | 1 => String::new(),
        n => format!(", {n} times in {}{}", duration(incident.last.since(&incident.first)), roots(incident)),
    };
    let waited = incident.timeline.iter().filter(|item| &*item.event == "waited").count();
    let others = match incident.units.len().saturating_sub(waited) {
        0 | 1 => String::new(),
        2 => ", with 1 other unit".into(),
        n => format!(", with {} other units", n - 1),
    };
    let waited = match waited {
        0 => String::new(),
        1 => "; 1 unit that needs it was not started".into(),
        n => format!("; {n} units that need it were not started"),
    };
    format!("{name} {what}{times}{others}{waited}{}{}", end(incident), missing(incident))
}

/// How often it had which root, where they differ.
fn roots(incident: &Incident) -> String {
    if incident.causes.len() < 2 {
        return String::new();
    }
    let named = incident.causes.iter().map(|root| {
        let name = root.cause.map_or(root.kind.name(), Cause::name);
        format!("{name} {}", root.count)
    });
    format!(" ({})", named.collect::<Vec<_>>().join(", "))
}

/// What the verdict could not see.
fn missing(incident: &Incident) -> String {
    let lost = |what: GapKind| !matches!(what, GapKind::Suspended | GapKind::ClockSet);
    let mut lost = incident.gaps.iter().filter(|gap| lost(gap.what)).peekable();
    if lost.peek().is_none() {
        return String::new();
    }
    let counts: Option<Vec<u64>> = lost.map(|gap| gap.count).collect();
    match counts.map(|counts| counts.into_iter().fold(0, u64::saturating_add)) {
        Some(1) => "; 1 line of the log is missing near it".into(),
        Some(n) if n > 0 => format!("; {n} lines of the log are missing near it"),
        _ => "; lines of the log are missing near it".into(),
    }
}

fn disk_full(incident: &Incident) -> String {
    let disk = incident.disk.as_ref();
    let place = disk
        .and_then(|disk| {
            let shared = incident.timeline.iter().any(|item| item.link == Link::Mount);
            let mount = disk.mount.as_deref().filter(|_| shared);
            mount.or(disk.directory.as_deref()).or(disk.path.as_deref())
        })
        .map_or_else(String::new, |place| format!(" in {}", quote(place)));
    let why = match incident.cause {
        Some(Cause::Quota) => "its disk quota is used up",
        Some(Cause::ReadOnly) => "the file system is read-only",
        Some(Cause::NoInodes) => "no inodes are left",
        _ => "no space is left",
    };
    let count = match disk.map(|disk| disk.refused) {
        Some(n) if n > 1 => format!("{n} operations"),
        _ => "an operation".into(),
    };
    format!("was refused {count}{place}: {why}")
}

fn end(incident: &Incident) -> String {
    let down = incident.down_us.filter(|down| *down > 0).map(duration);
    match (incident.outcome, down) {
        (Outcome::Running, Some(down)) => format!("; down {down} in all, running again"),
        (Outcome::Running, None) => String::new(),
        (Outcome::Down, _) => "; it is down".into(),
        (Outcome::StartLimitHit, _) => "; systemd gave up restarting it".into(),
        (Outcome::Stopped, _) => "; then it was stopped on request".into(),
        (Outcome::Unknown, _) => String::new(),
    }
}

/// A length of time, with the two units that matter.
fn duration(us: u64) -> String {
    let seconds = us / 1_000_000;
    match seconds {
        0..10 => format!("{}.{} s", seconds, us / 100_000 % 10),
        10..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        _ => format!("{} h {} min", seconds / 3_600, seconds / 60 % 60),
    }
}

/// A piece of a log line, in one line and not too long. What it holds is escaped on output.
fn quote(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(MAX_QUOTE) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line.to_owned(),
    }
}
