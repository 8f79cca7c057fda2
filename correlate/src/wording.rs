//! What timeline items say of the facts behind them.

mod oom;

pub(crate) use oom::{aftermath, kill, not_promised, note, oomd};

use nwlog_ingest::event::go::{GoFact, GoReason};
use nwlog_ingest::event::unit::{Exit, ExitCode, TimeoutPhase, UnitFact};

/// The one-word name and the text of a manager's record.
pub(crate) fn unit(fact: &UnitFact) -> (&'static str, String) {
    match fact {
        UnitFact::Starting => ("starting", "starting".into()),
        UnitFact::Started { finished: false } => ("started", "started".into()),
        UnitFact::Started { finished: true } => ("finished", "finished".into()),
        UnitFact::StartFailed { result } => ("start-failed", format!("start job failed: {result}")),
        UnitFact::Stopping => ("stopping", "stop requested".into()),
        UnitFact::Stopped { .. } => ("stopped", "stopped".into()),
        UnitFact::MainExit(exit) => ("main-exit", format!("main process {}", ended(exit))),
        UnitFact::ControlExit(control) => {
            let command = control.command.as_deref().unwrap_or("control");
            ("control-exit", format!("{command} process {}", ended(&control.exit)))
        }
        UnitFact::Failed { result } if result.is_empty() => ("failed", "failed".into()),
        UnitFact::Failed { result } => ("failed", format!("result {result}")),
        UnitFact::Succeeded => ("succeeded", "deactivated successfully".into()),
        UnitFact::RestartScheduled { counter: Some(counter) } => {
            ("restart", format!("restart {counter} scheduled"))
        }
        UnitFact::RestartScheduled { counter: None } => ("restart", "restart scheduled".into()),
        UnitFact::StartLimit => ("start-limit", "start request repeated too quickly".into()),
        UnitFact::OutOfMemory => ("oom-told", "a process of this unit was killed by the OOM killer".into()),
        UnitFact::OomdKill { processes: Some(n) } => {
            ("oomd-kill", format!("systemd-oomd killed {n} process(es)"))
        }
        UnitFact::OomdKill { processes: None } => ("oomd-kill", "systemd-oomd killed some processes".into()),
        UnitFact::Watchdog { limit: Some(limit) } => ("watchdog", format!("watchdog timeout, limit {limit}")),
        UnitFact::Watchdog { limit: None } => ("watchdog", "watchdog timeout".into()),
        UnitFact::TimedOut { phase } => ("timeout", format!("{} timed out", phase_name(*phase))),
        UnitFact::Killing { pid, comm, signal } => {
            let pid = pid.map_or_else(String::new, |pid| format!(" {pid}"));
            let comm = comm.as_deref().map_or_else(String::new, |comm| format!(" ({comm})"));
            ("killing", format!("systemd sends {signal} to process{pid}{comm}"))
        }
        UnitFact::ClientSignal { signal, pid } => {
            let pid = pid.map_or_else(String::new, |pid| format!(" to process {pid}"));
            ("client-signal", format!("{signal} sent{pid} on a client's request"))
        }
        UnitFact::Activated => ("activated", "activated by D-Bus".into()),
        UnitFact::SpawnFailed { step, executable, .. } => {
            let step = step.as_deref().unwrap_or("EXEC");
            let path = executable.as_deref().map_or_else(String::new, |path| format!(" of {path}"));
            ("spawn-failed", format!("failed at step {step}{path}"))
        }
        UnitFact::Reloaded { result } if &**result == "done" => ("reloaded", "reloaded".into()),
        UnitFact::Reloaded { result } => ("reload-failed", format!("reload job failed: {result}")),
        UnitFact::LeftOver { pid, comm, at_start: true } => {
            ("left-over", format!("process {pid} ({comm}) of an earlier run is still there"))
        }
        UnitFact::LeftOver { pid, comm, at_start: false } => {
            ("left-over", format!("process {pid} ({comm}) remains after the unit stopped"))
        }
        UnitFact::Resources { cpu_ns, memory_peak, swap_peak } => {
            let cpu =
                cpu_ns.map(|ns| format!("{}.{:03} s of CPU", ns / 1_000_000_000, ns / 1_000_000 % 1_000));
            let memory = memory_peak.map(|bytes| format!("memory peak {}", size(bytes >> 10)));
            let swap = swap_peak.filter(|bytes| *bytes > 0);
            let swap = swap.map(|bytes| format!("swap peak {}", size(bytes >> 10)));
            let used: Vec<_> = [memory, swap, cpu].into_iter().flatten().collect();
            ("resources", used.join(", "))
        }
        UnitFact::Coredump { pid, comm, signal } => {
            let pid = pid.map_or_else(String::new, |pid| format!(" {pid}"));
            let comm = comm.as_deref().map_or_else(String::new, |comm| format!(" ({comm})"));
            let by = signal.as_deref().map_or_else(String::new, |signal| format!(" after {signal}"));
            ("coredump", format!("process{pid}{comm} left a core{by}"))
        }
    }
}

fn phase_name(phase: TimeoutPhase) -> &'static str {
    match phase {
        TimeoutPhase::Start => "start",
        TimeoutPhase::Stop => "stop",
        TimeoutPhase::Runtime => "runtime",
        TimeoutPhase::Reload => "reload",
        TimeoutPhase::Cleaning => "cleaning",
    }
}

/// How a process ended, after "main process".
pub(crate) fn ended(exit: &Exit) -> String {
    match exit.code {
        ExitCode::Exited => format!("exited with status {}", exit.status),
        ExitCode::Killed => format!("killed by {}", signal(exit.status)),
        ExitCode::Dumped => format!("killed by {}, core dumped", signal(exit.status)),
    }
}

/// A signal by number, with its name where Linux has one for it on every architecture that matters here.
pub fn signal(number: i32) -> String {
    let name = match number {
        1 => "HUP",
        2 => "INT",
        3 => "QUIT",
        4 => "ILL",
        5 => "TRAP",
        6 => "ABRT",
        8 => "FPE",
        9 => "KILL",
        11 => "SEGV",
        13 => "PIPE",
        14 => "ALRM",
        15 => "TERM",
        _ => return format!("signal {number}"),
    };
    format!("signal {number} ({name})")
}

/// A size that a person reads at once.
pub fn size(kb: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "TiB"), (1 << 20, "GiB"), (1 << 10, "MiB")];
    for (unit, name) in UNITS {
        if kb >= unit {
            let whole = kb / unit;
            let tenth = (kb % unit) * 10 / unit;
            return if tenth == 0 { format!("{whole} {name}") } else { format!("{whole}.{tenth} {name}") };
        }
    }
    format!("{kb} KiB")
}

/// The text of a Go dump: what it says, and where.
pub(crate) fn go(go: &GoFact, text: &str) -> String {
    let text = if go.reason == GoReason::DataRace { &*format!("data race: {text}") } else { text };
    let frame = go.user_frame.and_then(|at| go.frames.get(at)).or_else(|| go.frames.first());
    let Some(frame) = frame else { return text.into() };
    let place = match (&frame.file, frame.line) {
        (Some(file), Some(line)) => format!(" ({file}:{line})"),
        (Some(file), None) => format!(" ({file})"),
        _ => String::new(),
    };
    format!("{text} at {}{place}", frame.function)
}
