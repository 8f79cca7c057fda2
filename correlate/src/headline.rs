//! One sentence that a person would say.

use nwlog_ingest::event::gap::GapKind;
use nwlog_ingest::event::go::Circumstance;
use nwlog_ingest::event::unit::Exit;

use crate::incident::{Cause, Incident, Kind, Outcome};
use crate::timeline::Link;
use crate::wording::{ended, size};

/// The longest part of a log line that a headline quotes, in characters.
const MAX_QUOTE: usize = 120;

/// Says what an incident is, in one sentence, from all else that is known of it.
pub fn headline(incident: &Incident) -> String {
    let process = incident.process.as_ref().and_then(|process| process.comm.as_deref());
    let name = incident.unit.as_deref().or(process).unwrap_or("a program");
    let what = match incident.kind {
        Kind::OomKill => oom_kill(incident),
        Kind::DiskFull => disk_full(incident),
        Kind::GoPanic => go_panic(incident),
        Kind::UnitFailure => unit_failure(incident),
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

/// Whether the kernel's word may be among what is missing.
fn may_miss_kernel(incident: &Incident) -> bool {
    use GapKind::{KernelOverrun, KernelRateLimited, KmsgSequence, Sequence};
    let hides = |what: GapKind| matches!(what, KernelOverrun | KernelRateLimited | KmsgSequence | Sequence);
    incident.gaps.iter().any(|gap| hides(gap.what))
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

fn oom_kill(incident: &Incident) -> String {
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

fn go_panic(incident: &Incident) -> String {
    let value = incident.go.as_ref().map(|go| quote(&go.value)).filter(|value| !value.is_empty());
    let said = value.map_or_else(String::new, |value| format!(": {value}"));
    let goroutines = incident.go.as_ref().and_then(|go| {
        let largest = go.groups.first().filter(|group| group.count > 10)?;
        let long = largest.minutes.map_or_else(String::new, |minutes| {
            format!(" for {minutes} minute{}", if minutes == 1 { "" } else { "s" })
        });
        let place =
            largest.frame.as_deref().map_or_else(String::new, |frame| format!(" at {}", quote(frame)));
        Some(format!("; {} goroutines in {}{long}{place}", largest.count, quote(&largest.state)))
    });
    let what = match incident.cause {
        Some(Cause::HttpPanic) => "panicked in an HTTP handler and lived",
        Some(Cause::SignalDump) => "was made to dump its goroutines by a signal",
        Some(Cause::Panic) | None => "panicked",
        Some(Cause::Deadlock) => "died of a deadlock",
        Some(Cause::OutOfMemory) => "died because Go got no memory",
        Some(Cause::StackOverflow) => "died of a stack overflow",
        Some(Cause::ThreadExhaustion) => "died of too many threads",
        Some(Cause::ConcurrentMap) => "died of concurrent map access",
        Some(_) => "died of a fatal error",
    };
    let circumstance = incident.go.as_ref().map(|go| circumstance(&go.circumstance)).unwrap_or_default();
    format!("{what}{said}{circumstance}{}", goroutines.unwrap_or_default())
}

/// What the runtime said before a fatal error.
fn circumstance(told: &Circumstance) -> String {
    let bytes = |bytes: u64| size(bytes >> 10);
    let asked = told.asked.map(|asked| match told.in_use {
        Some(used) => format!("{} asked for, {} in use", bytes(asked), bytes(used)),
        None => format!("{} asked for", bytes(asked)),
    });
    let parts = [
        asked,
        told.stack_limit.map(|limit| format!("stack limit {}", bytes(limit))),
        told.thread_limit.map(|limit| format!("thread limit {limit}")),
        told.threads.map(|threads| format!("{threads} threads")),
        told.fault_address.map(|address| format!("address 0x{address:x}")),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

fn unit_failure(incident: &Incident) -> String {
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
    let sent = |item: &crate::timeline::TimelineItem| {
        &*item.event == "killing" && item.text.contains("sends SIGKILL")
    };
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
