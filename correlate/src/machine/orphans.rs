//! Kills of processes whose unit no record names, until the end of a unit proves whose they are.

use nwlog_ingest::Event;
use nwlog_ingest::event::oom::Killer;
use nwlog_ingest::event::unit::{Exit, ExitCode};

use super::Machine;
use crate::change::Change;
use crate::config::Config;
use crate::key::Subject;
use crate::unit::Unit;

/// How soon after earlyoom's word of a kill the one stands that it was a try-out, in microseconds.
const TRIED_US: u64 = 1_000_000;

impl Machine {
    /// Kills that no unit's end turned out to belong to are told by the process's name.
    pub(super) fn adopt_orphans(&mut self, now: u64, config: &Config, out: &mut Vec<Change>) {
        let waits = |at: u64| now < at.saturating_add(3 * config.lateness_us);
        let (waiting, alone): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.orphans).into_iter().partition(|event| waits(event.at.key()));
        self.orphans = waiting;
        for event in alone {
            let Some(oom) = Unit::kill_of(&event) else { continue };
            let seen = self.watermark.saturating_sub(event.at.key());
            if oom.killer == Killer::Earlyoom && seen < TRIED_US {
                continue;
            }
            let subject = Subject::process(&oom.victim.comm);
            let unit = self.units.entry(subject.clone()).or_default();
            if let Some(number) = unit.tell(&event) {
                self.look(&subject, number, u64::MAX, config, out);
            }
        }
    }
}

/// A process that ended after a kill of its pid ended by that. The kernel kills with SIGKILL, and the status says so;
/// earlyoom asks first, and what the process makes of that is its own.
pub(super) fn take_orphans(unit: &mut Unit, number: u64, orphans: &mut Vec<Event>, lateness_us: u64) {
    if orphans.is_empty() {
        return;
    }
    let Some(life) = unit.life(number).filter(|life| !life.judged) else { return };
    let by_sigkill = matches!(life.exit, Some((_, Exit { code: ExitCode::Killed, status: 9 })));
    let end = life.ended().filter(|_| !life.is_requested());
    let pids: Vec<_> = life.last_lines().filter_map(|line| line.pid).collect();
    let invocation = life.invocation;
    let is_its = |event: &Event| match Unit::kill_of(event) {
        Some(oom) if !pids.contains(&oom.victim.pid) => false,
        Some(oom) if oom.killer == Killer::Kernel => by_sigkill,
        Some(_) => end.is_some_and(|end| end.order(&event.at).is_ge() && end.since(&event.at) <= lateness_us),
        None => false,
    };
    let (its, others) = std::mem::take(orphans).into_iter().partition(is_its);
    *orphans = others;
    let its: Vec<Event> = its;
    for mut event in its {
        event.origin.invocation = invocation;
        unit.tell(&event);
    }
}
