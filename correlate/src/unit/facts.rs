//! What events add to a life.

use nwlog_ingest::Event;
use nwlog_ingest::event::go::GoReason;
use nwlog_ingest::event::oom::{Aftermath, Killer, OomKill, OomdKill};
use nwlog_ingest::event::unit::{TimeoutPhase, UnitFact};
use nwlog_ingest::event::{DiskFact, Fact, GoFact, OomFact, Origin, Writer};

use super::Unit;
use crate::life::{Dump, Kill, Life, MAX_FACTS, RUN_GAP_US, Run};
use crate::timeline::{Items, Link, TimelineItem};
use crate::wording;

/// The records of one end whose lines are kept: its exit, its result, its success.
const MAX_ENDS: usize = 4;

/// Adds an event to the life that it belongs to.
pub(super) fn tell(life: &mut Life, event: &Event) {
    life.saw(event.at, event.cursor.as_deref());
    match &event.fact {
        Fact::Unit(fact) => unit_fact(life, event, fact),
        Fact::Oom(OomFact::Kill(oom)) => kill(life, event, oom),
        Fact::Go(go) if go.reason == GoReason::DataRace => {
            life.race.get_or_insert_with(|| dump(event, go));
        }
        Fact::Go(go) if life.dumps.len() < MAX_FACTS => push(&mut life.dumps, dump(event, go)),
        Fact::Disk(disk) if disk.error.is_refusal() => refusal(life, event, disk),
        Fact::Disk(_) => io_error(life, event),
        Fact::Oom(OomFact::Oomd(oomd)) => oomd_kill(life, event, oomd),
        Fact::Go(_) | Fact::Oom(_) | Fact::Gap(_) | Fact::Storage(_) => {}
    }
}

/// Adds a fact. They are large, and most lives have one.
fn push<T>(facts: &mut Vec<T>, fact: T) {
    if facts.is_empty() {
        facts.reserve_exact(1);
    }
    facts.push(fact);
}

fn unit_fact(life: &mut Life, event: &Event, fact: &UnitFact) {
    let at = event.at;
    match fact {
        UnitFact::Starting => life.starting = life.starting.or(Some(at)),
        UnitFact::Started { finished } => {
            life.up = life.up.or(Some(at));
            life.finished |= finished;
        }
        // In text the job's own record says it once more.
        UnitFact::StartFailed { .. } if life.start_failed.is_some() => return,
        UnitFact::StartFailed { result } => life.start_failed = Some((at, result.clone())),
        UnitFact::Stopping => life.stopping = life.stopping.or(Some(at)),
        UnitFact::Stopped { job_type } => {
            if job_type.as_deref() == Some("restart") && life.stopping.is_none() {
                return;
            }
            life.stopped = life.stopped.or(Some(at));
        }
        UnitFact::MainExit(exit) => {
            life.exit = life.exit.or(Some((at, *exit)));
            note_lines(life, event);
        }
        UnitFact::ControlExit(control) => {
            life.control_exit = life.control_exit.or(Some((at, control.exit)));
        }
        UnitFact::Failed { result } => {
            life.failed.get_or_insert_with(|| (at, result.clone()));
            note_lines(life, event);
        }
        UnitFact::Succeeded => {
            life.succeeded = life.succeeded.or(Some(at));
            note_lines(life, event);
        }
        UnitFact::RestartScheduled { .. } => life.restart = life.restart.or(Some(at)),
        UnitFact::StartLimit => life.start_limit = life.start_limit.or(Some(at)),
        UnitFact::OutOfMemory => {
            life.oom_told = life.oom_told.or(Some(at));
            life.kill_told_by = life.kill_told_by.or(Some(event.identity));
        }
        UnitFact::OomdKill { .. } => {
            life.oomd = life.oomd.or(Some(at));
            life.kill_told_by = life.kill_told_by.or(Some(event.identity));
        }
        UnitFact::Watchdog { .. } => life.watchdog = life.watchdog.or(Some(at)),
        UnitFact::TimedOut { phase: TimeoutPhase::Reload | TimeoutPhase::Cleaning }
        | UnitFact::Reloaded { .. }
        | UnitFact::LeftOver { .. }
        | UnitFact::Coredump { .. } => return life.keep_near(unit_item(event, fact)),
        UnitFact::Resources { memory_peak, .. } => {
            life.resources = memory_peak.map(|_| unit_item(event, fact)).or(life.resources.take());
            return;
        }
        UnitFact::TimedOut { phase } => life.timed_out = life.timed_out.or(Some((at, *phase))),
        UnitFact::Killing { signal, .. } => life.manager_signal = Some(signal.clone()),
        UnitFact::ClientSignal { signal, .. } => life.client_signal = Some(signal.clone()),
        UnitFact::Activated => return,
        UnitFact::SpawnFailed { .. } => life.spawn_failed = life.spawn_failed.or(Some(at)),
    }
    life.items.push(unit_item(event, fact));
}

fn unit_item(event: &Event, fact: &UnitFact) -> TimelineItem {
    let (name, text) = wording::unit(fact);
    item(event, name, text, manager_link(&event.origin))
}

/// Keeps the unit's lines before the end, and before its first failure.
fn note_lines(life: &mut Life, event: &Event) {
    if life.ends.len() < MAX_ENDS {
        life.ends.push(event.context.clone());
    }
    life.context.get_or_insert_with(|| event.context.clone());
}

fn manager_link(origin: &Origin) -> Link {
    if origin.invocation.is_some() { Link::Invocation } else { Link::Name }
}

fn kill(life: &mut Life, event: &Event, oom: &OomKill) {
    life.has_kill = true;
    if life.kills.len() == MAX_FACTS {
        life.items.dropped += 1;
        return;
    }
    let is_container = event.origin.unit.as_deref().is_some_and(|unit| unit.starts_with('/'));
    let link = match (oom.victim.cgroup.is_some(), is_container) {
        (true, true) => Link::Container,
        (true, false) => Link::KernelCgroup,
        (false, _) => Link::Pid,
    };
    let mut items = Items::default();
    for note in &oom.notes {
        let (name, text) = wording::note(note, oom);
        items.push(TimelineItem { at: note.at, pid: None, ..item(event, name, text, link) });
    }
    let name = match oom.killer {
        Killer::Kernel => "oom-kill",
        Killer::Earlyoom => "earlyoom-kill",
    };
    items.push(item(event, name, wording::kill(oom), link));
    let mut oom = oom.clone();
    oom.notes.clear();
    let context = event.context.clone();
    push(&mut life.kills, Kill { at: event.at, record: event.identity, oom, items, context });
}

/// systemd-oomd's own word: PID 1 has one too from v251 on, without the reason.
fn oomd_kill(life: &mut Life, event: &Event, oomd: &OomdKill) {
    life.oomd = life.oomd.or(Some(event.at));
    life.kill_told_by = life.kill_told_by.or(Some(event.identity));
    life.items.push(item(event, "oomd-told", wording::oomd(oomd), Link::KernelCgroup));
}

impl Unit {
    /// Adds what became of a victim to its kill.
    pub(crate) fn tell_aftermath(&mut self, event: &Event, told: &Aftermath) {
        let kills = self.lives.iter_mut().rev().flat_map(|life| &mut life.kills);
        if let Some(kill) = kills.into_iter().find(|kill| kill.oom.victim.pid == told.pid) {
            let unit = kill.items.list.first().and_then(|item| item.unit.clone());
            let text = wording::aftermath(told);
            kill.items.push(TimelineItem { unit, ..item(event, "oom-aftermath", text, Link::Pid) });
        }
    }
}

/// Makes what is kept of a dump.
pub(super) fn dump(event: &Event, go: &GoFact) -> Dump {
    let text = wording::go(go, &event.text);
    let name = if go.reason == GoReason::DataRace { "data-race" } else { "go-dump" };
    let item = item(event, name, text, program_link(&event.origin));
    let context = event.context.clone();
    let (pid, comm) = (event.origin.pid, event.origin.comm.clone());
    Dump { at: event.at, record: event.identity, go: go.clone(), pid, comm, item, context }
}

fn program_link(origin: &Origin) -> Link {
    match origin {
        Origin { invocation: Some(_), .. } => Link::Invocation,
        Origin { container: Some(_), .. } => Link::Container,
        Origin { stream: Some(_), .. } => Link::Stream,
        Origin { pid: Some(_), .. } => Link::Pid,
        _ => Link::Name,
    }
}

fn refusal(life: &mut Life, event: &Event, disk: &DiskFact) {
    life.add_refusal(event.at, disk, || {
        let item = item(event, "refused", event.text.to_string(), program_link(&event.origin));
        Run::of(event.at, event.identity, disk, item, event.context.clone())
    });
}

/// A device that fails is told with the end of the life, and is no story of its own. A run of such errors is one item.
fn io_error(life: &mut Life, event: &Event) {
    let link = program_link(&event.origin);
    let item = item(event, "io-error", event.text.to_string(), link);
    let same =
        |known: &&mut TimelineItem| known.event == item.event && event.at.since(&known.at) <= RUN_GAP_US;
    match life.items.list.iter_mut().rev().find(same) {
        Some(known) => known.count += 1,
        None => life.items.push(item),
    }
}

fn item(event: &Event, name: &str, text: String, link: Link) -> TimelineItem {
    let pid = if event.origin.writer == Writer::Systemd { None } else { event.origin.pid };
    TimelineItem {
        at: event.at,
        source: event.origin.writer,
        event: name.into(),
        unit: event.origin.unit.clone(),
        pid,
        text: text.into(),
        link,
        count: 1,
        occurrence: 0,
    }
}
