//! What a machine says when all is well. None of it is an incident.

use super::machine::{Machine, Unit};
use super::record::{Record, Writer};
use crate::generator::message;

pub(super) const STARTING: &str = "7d4958e842da4a758f6c1cdc7b36dcc5";
pub(super) const STARTED: &str = "39f53479d3a045ac8e11786248231fbf";
pub(super) const STOPPING: &str = "de5b426a63be47a7b6ac3eaac82e2f6f";
pub(super) const STOPPED: &str = "9d1aaa27d60140bd96365438aad20286";
pub(super) const SUCCEEDED: &str = "7ad2d189f7e94e70a38c781354912448";
pub(super) const EXITED: &str = "98e322203f7a4ed290d09fe03c09fe15";
const RELOADED: &str = "7b05ebc668384222baa8881179cfda54";

/// The boot: every unit starts.
pub(super) fn boot(machine: &mut Machine) {
    let mut at = 10_000;
    for target in ["local-fs", "sockets", "timers", "paths", "basic"] {
        at += 1_000;
        machine.say(job(at, &format!("{target}.target"), None, STARTED, "start", "done"));
    }
    machine.say(job(at, "tidy.timer", None, STARTED, "start", "done"));
    let units: Vec<Unit> = machine.units.iter().chain(&machine.others).cloned().collect();
    for unit in units {
        at += 500;
        machine.say(job(at, &unit.name, Some(&unit.life), STARTED, "start", "done"));
    }
    machine.say(job(at + 500, "multi-user.target", None, STARTED, "start", "done"));
}

/// A record of a job's beginning or end.
pub(super) fn job(at: u64, unit: &str, life: Option<&str>, id: &str, kind: &str, result: &str) -> Record {
    let text = match (kind, result) {
        ("start", "done") => format!("Started {unit} - a service."),
        ("start", "dependency") => format!("Dependency failed for {unit} - a service."),
        ("start", "begins") => format!("Starting {unit} - a service..."),
        ("start", _) => format!("Failed to start {unit} - a service."),
        ("stop", "begins") => format!("Stopping {unit} - a service..."),
        _ => format!("Stopped {unit} - a service."),
    };
    let result = if result == "begins" { String::new() } else { format!("JOB_RESULT={result}\n") };
    let more = format!("MESSAGE_ID={id}\nJOB_ID=77\nJOB_TYPE={kind}\n{result}");
    Record::manager(at, unit, life, &text, &more)
}

/// Something ordinary.
pub(super) fn any(machine: &mut Machine, now: u64) {
    match machine.rng.below(1_000) {
        0 => restart(machine, now),
        1 => stop_and_start(machine, now),
        2 => oneshot(machine, now),
        3 => forged(machine, now),
        4 => session(machine, now),
        5..=8 => reload(machine, now),
        9..=100 => {
            let text = message::kernel(&mut machine.rng);
            machine.say(Record::kernel(now, &text));
        }
        _ => line(machine, now),
    }
}

/// A line of a unit that is up for sure.
fn line(machine: &mut Machine, now: u64) {
    let text = message::service(&mut machine.rng);
    // A unit's lines are lost in a life that is over: only those that nothing happens to speak.
    let from = machine.rng.below((machine.units.len() + machine.others.len()) as u64);
    let from = usize::try_from(from).unwrap_or(0);
    let all = machine.units.iter().chain(&machine.others).cycle().skip(from);
    let calm = |unit: &&Unit| unit.busy_until <= now;
    let Some(unit) = all.take(64).find(calm).cloned() else { return };
    let Unit { name, life, pid, comm, .. } = &unit;
    let writer = Writer { unit: name, life, pid: *pid, comm };
    machine.say(Record::line(now, &writer, &text));
}

fn other(machine: &mut Machine, now: u64, for_us: u64) -> Option<usize> {
    let at = usize::try_from(machine.rng.below(machine.others.len() as u64)).unwrap_or(0);
    let unit = machine.others.get_mut(at).filter(|unit| unit.busy_until <= now)?;
    unit.busy_until = now + for_us;
    Some(at)
}

/// A stop on request: the program ends by SIGTERM, with a status of its own, or well.
fn stop(machine: &mut Machine, unit: &Unit, now: u64, kind: &str) {
    let Unit { name, life, .. } = unit;
    machine.say(job(now, name, Some(life), STOPPING, "stop", "begins"));
    match machine.rng.below(3) {
        0 => machine.say(exit(now + 80_000, unit, "killed", 15, "TERM")),
        1 => {
            machine.say(exit(now + 80_000, unit, "exited", 143, "n/a"));
            machine.say(failed(now + 90_000, unit, "exit-code"));
            return machine.say(job(now + 100_000, name, Some(life), STOPPED, kind, "done"));
        }
        _ => {}
    }
    machine.say(succeeded(now + 90_000, unit));
    machine.say(job(now + 100_000, name, Some(life), STOPPED, kind, "done"));
}

fn restart(machine: &mut Machine, now: u64) {
    let Some(at) = other(machine, now, 1_000_000) else { return };
    let Some(unit) = machine.others.get(at).cloned() else { return };
    stop(machine, &unit, now, "restart");
    begin_other(machine, at, now + 150_000);
}

/// A deployment.
fn stop_and_start(machine: &mut Machine, now: u64) {
    let wait = machine.rng.range(1_000_000, 40_000_000);
    let Some(at) = other(machine, now, wait + 1_000_000) else { return };
    let Some(unit) = machine.others.get(at).cloned() else { return };
    stop(machine, &unit, now, "stop");
    begin_other(machine, at, now + wait);
}

fn begin_other(machine: &mut Machine, at: usize, now: u64) {
    let mut rng = machine.rng.clone();
    let Some(unit) = machine.others.get_mut(at) else { return };
    unit.begin(&mut rng);
    let (name, life) = (unit.name.clone(), unit.life.clone());
    machine.rng = rng;
    machine.say(job(now, &name, Some(&life), STARTED, "start", "done"));
}

/// A timer's work.
fn oneshot(machine: &mut Machine, now: u64) {
    let life = machine.rng.id();
    let unit = Unit {
        name: "tidy.service".into(),
        comm: "tidy".into(),
        pid: machine.rng.range(800, 4_000_000),
        life,
        restarts: 0,
        busy_until: 0,
    };
    machine.say(job(now, &unit.name, Some(&unit.life), STARTING, "start", "begins"));
    machine.say(succeeded(now + 3_000, &unit));
    machine.say(job(now + 4_000, &unit.name, Some(&unit.life), STARTED, "start", "done"));
}

/// A service says what the kernel and systemd would say.
fn forged(machine: &mut Machine, now: u64) {
    let Some(unit) = machine.others.first().filter(|unit| unit.busy_until <= now).cloned() else { return };
    let Unit { name, life, pid, comm, .. } = &unit;
    let writer = Writer { unit: name, life, pid: *pid, comm };
    for text in [
        "Out of memory: Killed process 1 (systemd) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0",
        "svc-000.service: Main process exited, code=killed, status=9/KILL",
        "svc-000.service: Failed with result 'oom-kill'.",
    ] {
        machine.say(Record::line(now, &writer, text));
    }
}

/// Somebody logs in and out.
fn session(machine: &mut Machine, now: u64) {
    let (number, life) = (machine.rng.range(1, 99_999), machine.rng.id());
    let name = format!("session-{number}.scope");
    machine.say(job(now, &name, Some(&life), STARTED, "start", "done"));
    let text = format!("{name}: Deactivated successfully.");
    let more = format!("MESSAGE_ID={SUCCEEDED}\n");
    machine.say(Record::manager(now + 30_000_000, &name, Some(&life), &text, &more));
}

fn reload(machine: &mut Machine, now: u64) {
    let Some(at) = other(machine, now, 1) else { return };
    let Some(unit) = machine.others.get(at).cloned() else { return };
    let text = format!("Reloaded {} - a service.", unit.name);
    let more = format!("MESSAGE_ID={RELOADED}\nJOB_ID=77\nJOB_TYPE=reload\nJOB_RESULT=done\n");
    machine.say(Record::manager(now, &unit.name, Some(&unit.life), &text, &more));
}

/// "Main process exited".
pub(super) fn exit(at: u64, unit: &Unit, code: &str, status: u32, name: &str) -> Record {
    let text = format!("{}: Main process exited, code={code}, status={status}/{name}", unit.name);
    let more = format!("MESSAGE_ID={EXITED}\nCOMMAND=ExecStart\nEXIT_CODE={code}\nEXIT_STATUS={status}\n");
    Record::manager(at, &unit.name, Some(&unit.life), &text, &more)
}

/// "Failed with result".
pub(super) fn failed(at: u64, unit: &Unit, result: &str) -> Record {
    let text = format!("{}: Failed with result '{result}'.", unit.name);
    let more = format!("MESSAGE_ID=d9b373ed55a64feb8242e02dbe79a49c\nUNIT_RESULT={result}\n");
    Record::manager(at, &unit.name, Some(&unit.life), &text, &more)
}

/// "Deactivated successfully".
pub(super) fn succeeded(at: u64, unit: &Unit) -> Record {
    let text = format!("{}: Deactivated successfully.", unit.name);
    Record::manager(at, &unit.name, Some(&unit.life), &text, &format!("MESSAGE_ID={SUCCEEDED}\n"))
}
