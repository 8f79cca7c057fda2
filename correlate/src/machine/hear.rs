//! What events say of the machine, and which unit they are for.

use nwlog_ingest::Event;
use nwlog_ingest::event::unit::UnitFact;
use nwlog_ingest::event::{Fact, Manager, OomFact, Writer};
use nwlog_ingest::time::Moment;

use super::{Killed, MAX_TRIGGERED, MAX_USERS, Machine, Noted, Task};
use crate::config::Config;
use crate::key::Subject;
use crate::timeline::Link;
use crate::unit::Unit;

/// The units of one boot whose lives are followed. Beyond it the ones that are quiet are forgotten.
const MAX_UNITS: usize = 8_192;
/// The gaps that are remembered.
const MAX_GAPS: usize = 256;
/// The kills that are remembered, so that a parent's echo of one is known for what it is.
const MAX_KILLS: usize = 256;
/// How long after a kill a parent's unit may still repeat it, in microseconds: PID 1 reads a counter when that cgroup next
/// changes, and 191 s have been seen.
const ECHO_US: u64 = 300_000_000;
/// The kills of no known unit that wait for the end of their process.
const MAX_ORPHANS: usize = 64;
/// How long a shutdown may take from the first target that is left, in microseconds.
pub(super) const SHUTDOWN_US: u64 = 1_800_000_000;
/// The soft reboots of one boot that are remembered.
const MAX_SOFT_REBOOTS: usize = 64;
/// Results that are not the unit's own failure: a condition of its that did not hold, and a socket's whose service is at
/// its start limit.
const NO_FAILURE: [&str; 2] = ["exec-condition", "service-start-limit-hit"];

impl Machine {
    /// Tells the unit that an event is about of it.
    pub(super) fn apply(&mut self, mut event: Box<Event>, config: &Config) {
        if self.host.is_none() {
            self.host = event.origin.host.clone();
        }
        if matches!(event.fact, Fact::Unit(_)) && event.origin.writer == Writer::Systemd {
            self.is_managed = true;
            if event.origin.manager != Manager::System && self.users.len() < MAX_USERS {
                self.users.insert(event.origin.manager);
            }
        }
        if !self.note_machine(&event) {
            return;
        }
        let mut subject = Subject::of(&event.origin);
        if let Some(oom) = Unit::kill_of(&event) {
            if event.origin.unit.is_none() {
                // A member of the group that memory.oom.group takes along has no cgroup of its own in the log.
                let group = self.kills.iter().rev().find(|killed| killed.block == oom.block);
                let Some(group) = group.map(|killed| killed.victim.clone()) else {
                    self.orphan(event, config);
                    return;
                };
                event.origin.manager = group.manager;
                event.origin.unit = group.unit.clone();
                subject = group;
            } else {
                if self.kills.len() == MAX_KILLS {
                    self.kills.pop_front();
                }
                let cgroup = oom.victim.cgroup.clone().unwrap_or_default();
                self.kills.push_back(Killed {
                    at: event.at,
                    block: oom.block,
                    cgroup,
                    victim: subject.clone(),
                });
            }
        }
        if let Some(oom) = Unit::kill_of(&event) {
            self.victims.note(oom.victim.pid, event.at, &subject);
        }
        if self.is_echo(&event, &subject) || (config.strict && is_weak(&event)) {
            return;
        }
        if let Fact::Unit(fact) = &event.fact {
            self.note_recovery(fact, &subject, event.at);
        }
        let tell = |unit: &mut Unit| (unit.tell(&event), unit.overflow());
        let told = match self.units.get_mut(&subject) {
            Some(unit) => tell(unit),
            None => tell(self.begin(&subject)),
        };
        let (Some(number), overflow) = told else { return };
        // Looked at once a second at the most, however many records come.
        let wait = event.at.key().saturating_add(2 * config.lateness_us);
        let wait = wait.checked_next_multiple_of(1_000_000).unwrap_or(wait);
        if let Some(number) = overflow {
            self.agenda.insert((0, Task::Early(subject.clone(), number)));
        }
        if !matches!(&event.fact, Fact::Unit(UnitFact::Starting | UnitFact::Started { .. })) {
            self.agenda.insert((wait, Task::Life(subject, number)));
        }
    }

    /// Begins with a unit.
    fn begin(&mut self, subject: &Subject) -> &mut Unit {
        if self.units.len() >= MAX_UNITS {
            self.units.retain(|_, unit| unit.lives.iter().any(|life| life.ended().is_some() && !life.judged));
        }
        self.units.entry(subject.clone()).or_default()
    }

    /// Keeps what an event says of the machine. Tells whether it is also about a unit that can fail.
    fn note_machine(&mut self, event: &Event) -> bool {
        match &event.fact {
            Fact::Gap(fact) => {
                if self.gaps.len() == MAX_GAPS {
                    self.gaps.pop_front();
                }
                self.gaps.push_back(Noted {
                    at: event.at,
                    unit: event.origin.unit.clone(),
                    fact: fact.clone(),
                });
                false
            }
            Fact::Oom(OomFact::NoVictim { .. }) => false,
            Fact::Oom(OomFact::Aftermath(told)) => {
                self.tell_aftermath(event, told);
                false
            }
            Fact::Oom(OomFact::NotPromised(asked)) => {
                self.nearby.note_promise(event, asked);
                false
            }
            Fact::Storage(fact) => {
                self.nearby.note_storage(event, fact);
                false
            }
            Fact::Unit(fact) => self.note_unit(fact, event),
            _ => true,
        }
    }

    fn note_unit(&mut self, fact: &UnitFact, event: &Event) -> bool {
        let Some(name) = event.origin.unit.as_deref() else { return false };
        let (stem, kind) = name.rsplit_once('.').unwrap_or((name, ""));
        if matches!(fact, UnitFact::Activated) {
            self.trigger(name.into());
            return false;
        }
        if matches!(kind, "timer" | "socket" | "path") {
            self.trigger(format!("{stem}.service").into());
        }
        // A user's manager has targets of these names too, and leaves them where a session ends.
        if kind == "target"
            && event.origin.writer == Writer::Systemd
            && event.origin.manager == Manager::System
        {
            self.note_target(stem, fact, event.at);
        }
        if kind == "mount" && event.origin.writer == Writer::Systemd {
            self.mounts.note(stem, fact);
        }
        if let UnitFact::StartFailed { result } = fact {
            self.needs.note(&Subject::of(&event.origin), event.at, result);
        }
        if let UnitFact::Failed { result } = fact
            && NO_FAILURE.contains(&&**result)
        {
            return false;
        }
        !matches!(kind, "target" | "slice" | "device" | "timer" | "path")
    }

    fn trigger(&mut self, unit: Box<str>) {
        if self.triggered.len() < MAX_TRIGGERED {
            self.triggered.insert(unit);
        }
    }

    /// A shutdown begins where the targets that the machine was up for are left, and shows by the one that it goes to. It
    /// was a soft reboot (systemd v254) where such targets are reached again in the same boot.
    fn note_target(&mut self, stem: &str, fact: &UnitFact, at: Moment) {
        self.has_beginning |= matches!(stem, "basic" | "sockets" | "timers" | "paths");
        match fact {
            UnitFact::Stopped { .. } if matches!(stem, "multi-user" | "graphical") => self.left = Some(at),
            UnitFact::Started { .. }
                if matches!(stem, "shutdown" | "reboot" | "poweroff" | "halt" | "kexec" | "soft-reboot") =>
            {
                let left = self.left.filter(|left| at.since(left) <= SHUTDOWN_US);
                let began = left.unwrap_or(at);
                self.shutdown = self.shutdown.filter(|known| known.order(&began).is_le()).or(Some(began));
            }
            UnitFact::Started { .. } if matches!(stem, "sysinit" | "basic" | "multi-user" | "graphical") => {
                self.left = None;
                if let Some(began) = self.shutdown.take() {
                    if self.soft_reboots.len() == MAX_SOFT_REBOOTS {
                        self.soft_reboots.pop_front();
                    }
                    self.soft_reboots.push_back((began, at));
                }
            }
            _ => {}
        }
    }

    /// systemd counts a kill in every cgroup above it too: a parent's word about it is no news.
    fn is_echo(&self, event: &Event, subject: &Subject) -> bool {
        if !matches!(event.fact, Fact::Unit(UnitFact::OutOfMemory)) {
            return false;
        }
        let Some(name) = subject.unit.as_deref() else { return false };
        // A user's manager has its own word for the units below it.
        if name.starts_with("user@")
            && name.ends_with(".service")
            && !self.units.get(subject).is_some_and(has_kill)
        {
            return true;
        }
        let near = |at: &Moment| event.at.since(at) <= ECHO_US;
        let inside = |cgroup: &str| cgroup.split('/').any(|part| part == name);
        let is_own = self.units.get(subject).is_some_and(|unit| unit.is_victim(&event.at, ECHO_US));
        let echoes =
            |killed: &Killed| killed.victim != *subject && near(&killed.at) && inside(&killed.cgroup);
        !is_own && self.kills.iter().any(echoes)
    }

    fn orphan(&mut self, event: Box<Event>, config: &Config) {
        if self.orphans.len() == MAX_ORPHANS {
            return;
        }
        let at = event.at.key().saturating_add(3 * config.lateness_us);
        self.agenda.insert((at, Task::Orphans));
        self.orphans.push(*event);
    }

    /// A start or a restart ends the wait of the episodes that are about the unit.
    fn note_recovery(&mut self, fact: &UnitFact, subject: &Subject, at: Moment) {
        let is_up = match fact {
            UnitFact::Started { .. } => true,
            UnitFact::RestartScheduled { .. } => false,
            _ => return,
        };
        for episode in self.episodes.values_mut().filter(|episode| episode.subject == *subject) {
            if is_up { episode.up_again(at) } else { episode.restarted() }
        }
    }
}

fn has_kill(unit: &Unit) -> bool {
    unit.lives.iter().any(|life| life.has_kill)
}

/// Whether nothing but a name ties an event to its unit.
fn is_weak(event: &Event) -> bool {
    let origin = &event.origin;
    let by_name = match event.fact {
        Fact::Unit(_) => origin.invocation.is_none(),
        Fact::Oom(_) => false,
        _ => {
            origin.invocation.is_none()
                && origin.stream.is_none()
                && origin.pid.is_none()
                && origin.container.is_none()
        }
    };
    by_name && !Link::Name.is_strong()
}
