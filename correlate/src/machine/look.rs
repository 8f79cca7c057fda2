//! Judging lives, once everything about them had the time to come.

use std::collections::BTreeMap;

use nwlog_ingest::event::oom::Killer;
use nwlog_ingest::event::unit::{Exit, ExitCode};
use nwlog_ingest::time::Moment;

use super::{Machine, Task};
use crate::change::Change;
use crate::config::Config;
use crate::key::Subject;
use crate::life::{Dump, Kill, Life, RUN_GAP_US};
use crate::occurrence::Occurrence;
use crate::rule::{self, Verdict, silent_exit};
use crate::timeline::Items;
use crate::unit::Unit;

/// How a life is looked at.
#[derive(Clone, Copy)]
struct Glance<'a> {
    subject: &'a Subject,
    number: u64,
    /// How far the log has been told; the end of time where nothing more comes.
    now: u64,
    /// How far the log has been seen.
    seen: u64,
    is_triggered: bool,
    in_shutdown: bool,
    lateness_us: u64,
}

/// What came of it.
struct Told {
    occurrences: Vec<Occurrence>,
    /// When the life is to be looked at again.
    again: Option<u64>,
}

impl Machine {
    /// Looks at a life: its end, if it has one, and what it outlived. `now` is how far the log has been told.
    pub(super) fn look(
        &mut self,
        subject: &Subject,
        number: u64,
        now: u64,
        config: &Config,
        out: &mut Vec<Change>,
    ) {
        let is_triggered = self.is_triggered(subject);
        let life = self.units.get(subject).and_then(|unit| unit.life(number));
        let Some(end) = life.map(Life::ended) else { return };
        let in_shutdown = end.is_some_and(|end| self.goes_down(&end));
        let Some(unit) = self.units.get_mut(subject) else { return };
        take_orphans(unit, number, &mut self.orphans, config.lateness_us);
        let seen = self.watermark.min(now);
        let lateness_us = config.lateness_us;
        let told = unit.look(Glance { subject, number, now, seen, is_triggered, in_shutdown, lateness_us });
        unit.forget();
        if let Some(again) = told.again.filter(|_| now < u64::MAX) {
            self.agenda.insert((again, Task::Life(subject.clone(), number)));
        }
        for occurrence in told.occurrences {
            self.story(occurrence, config, out);
        }
    }

    /// Whether the machine went down then.
    fn goes_down(&self, at: &Moment) -> bool {
        let within = |(from, to): &(Moment, Moment)| from.order(at).is_le() && at.order(to).is_le();
        self.shutdown.is_some_and(|down| down.order(at).is_le()) || self.soft_reboots.iter().any(within)
    }

    /// Kills that no unit's end turned out to belong to are told by the process's name.
    pub(super) fn adopt_orphans(&mut self, now: u64, config: &Config, out: &mut Vec<Change>) {
        let waits = |at: u64| now < at.saturating_add(3 * config.lateness_us);
        let (waiting, alone): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.orphans).into_iter().partition(|event| waits(event.at.key()));
        self.orphans = waiting;
        for event in alone {
            let Some(oom) = Unit::kill_of(&event) else { continue };
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
fn take_orphans(unit: &mut Unit, number: u64, orphans: &mut Vec<nwlog_ingest::Event>, lateness_us: u64) {
    if orphans.is_empty() {
        return;
    }
    let Some(life) = unit.life(number).filter(|life| !life.judged) else { return };
    let by_sigkill = matches!(life.exit, Some((_, Exit { code: ExitCode::Killed, status: 9 })));
    let end = life.ended().filter(|_| !life.is_requested());
    let pids: Vec<_> = life.last_lines().filter_map(|line| line.pid).collect();
    let invocation = life.invocation;
    let is_its = |event: &nwlog_ingest::Event| match Unit::kill_of(event) {
        Some(oom) if !pids.contains(&oom.victim.pid) => false,
        Some(oom) if oom.killer == Killer::Kernel => by_sigkill,
        Some(_) => end.is_some_and(|end| end.order(&event.at).is_ge() && end.since(&event.at) <= lateness_us),
        None => false,
    };
    let (its, others) = std::mem::take(orphans).into_iter().partition(is_its);
    *orphans = others;
    let its: Vec<nwlog_ingest::Event> = its;
    for mut event in its {
        event.origin.invocation = invocation;
        unit.tell(&event);
    }
}

impl Unit {
    fn look(&mut self, glance: Glance<'_>) -> Told {
        let Glance { number, now, lateness_us, .. } = glance;
        let mut told = Told { occurrences: Vec::new(), again: None };
        let settled = |at: u64| at.saturating_add(2 * lateness_us);
        self.place_dumps(number);
        let silence = silent_exit::silence_us(self).saturating_add(lateness_us);
        let Some(life) = self.life(number) else { return told };
        let mut is_judged = life.judged;
        if let Some(end) = life.ended().filter(|_| !life.judged) {
            let clean = !life.has_failed() && life.succeeded.is_some();
            let waits = if clean {
                end.key().saturating_add(silence).max(settled(end.key()))
            } else {
                settled(end.key())
            };
            if now < waits {
                told.again = Some(waits);
                return told;
            }
            is_judged = true;
            told.occurrences.extend(self.judge(glance));
        }
        if let Some(life) = self.life_mut(number) {
            if !glance.in_shutdown {
                told.again = outlived(glance, life, &mut told.occurrences);
            }
            life.judged = is_judged;
        }
        told
    }

    /// Says what the end of a life goes back to.
    fn judge(&mut self, glance: Glance<'_>) -> Vec<Occurrence> {
        let Glance { subject, number, .. } = glance;
        let Some(life) = self.life(number) else { return Vec::new() };
        let mut verdict = rule::of_end(life, subject, glance.lateness_us);
        let restart = silent_exit::of_restart(life, self, subject).filter(|_| verdict.is_none());
        if let Some(end) =
            life.succeeded.filter(|_| verdict.is_none() && restart.is_none() && !life.has_failed())
        {
            verdict = self.judge_silence(glance, &end);
        }
        let Some(life) = self.life_mut(number).filter(|_| !glance.in_shutdown) else { return Vec::new() };
        if let Some(verdict) = verdict {
            return vec![Occurrence::of_end(subject, life, verdict)];
        }
        // The dump of an end that is as it should be is no crash.
        life.dumps.retain(Dump::is_recovered);
        let end = restart.map(|restart| Occurrence::of_end(subject, life, restart));
        end.map(|end| self.add_clean_end(end)).unwrap_or_default()
    }

    /// Says whether an end that went well should not have been.
    fn judge_silence(&mut self, glance: Glance<'_>, end: &Moment) -> Option<Verdict> {
        // The log's end is no proof that nothing would have followed.
        if glance.seen.saturating_sub(end.key()) < silent_exit::silence_us(self) {
            return None;
        }
        let life = self.life(glance.number)?;
        let verdict = silent_exit::of_end(life, self, glance.subject, glance.is_triggered);
        let killed = verdict.is_some().then(|| rule::oom_kill::near(life, end, glance.lateness_us));
        let verdict = killed.flatten().or(verdict);
        let asked = life.is_requested();
        self.ended_well_before |= !asked && !self.is_oneshot;
        verdict
    }

    /// Keeps a clean end that systemd restarted the unit after. Returns those that make a loop, once there are enough.
    fn add_clean_end(&mut self, end: Occurrence) -> Vec<Occurrence> {
        let at = end.first;
        self.is_looping &=
            self.clean_ends.last().is_some_and(|last| at.since(&last.first) <= silent_exit::LOOP_US);
        if self.is_looping {
            self.clean_ends = vec![Occurrence { items: Items::default(), ..end.clone() }];
            return vec![end];
        }
        self.clean_ends.retain(|before| at.since(&before.first) <= silent_exit::LOOP_US);
        self.clean_ends.push(end);
        if self.clean_ends.len() < silent_exit::LOOP_ENDS {
            return Vec::new();
        }
        self.is_looping = true;
        let last = self.clean_ends.last().map(|end| Occurrence { items: Items::default(), ..end.clone() });
        std::mem::replace(&mut self.clean_ends, last.into_iter().collect())
    }

    /// A dump whose life was not written down belongs to the life that ended as Go ends, and has none.
    fn place_dumps(&mut self, number: u64) {
        if self.unplaced.is_empty() {
            return;
        }
        let Some(life) = self.lives.iter_mut().find(|life| life.number == number) else { return };
        // One that was judged has had its own, and that is gone from here.
        let is_open = !life.judged && life.has_failed();
        let wants = is_open && life.dumps.is_empty() && life.watchdog.is_none() && life.kills.is_empty();
        let began = life.began().unwrap_or(life.first);
        let fits = |dump: &Dump| dump.at.order(&began).is_ge();
        if wants && let Some(at) = self.unplaced.iter().position(fits) {
            life.dumps.push(self.unplaced.remove(at));
        } else if life.ended().is_none() {
            life.dumps.append(&mut self.unplaced);
        }
    }
}

/// Tells what a life outlived, as far as it had the time to end by it. Returns when to look again.
fn outlived(glance: Glance<'_>, life: &mut Life, told: &mut Vec<Occurrence>) -> Option<u64> {
    let Glance { subject, now, lateness_us, .. } = glance;
    let mut again: Option<u64> = None;
    let mut is_due = |at: u64| {
        let due = at.saturating_add(2 * lateness_us);
        if due > now {
            again = Some(again.map_or(due, |again| again.min(due)));
        }
        due <= now
    };
    let word = life.oom_told.or(life.oomd).filter(|at| !life.has_kill && is_due(at.key()));
    if let Some(at) = word {
        life.has_kill = true;
        told.push(Occurrence::of_word(subject, life, at));
    }
    let kills: Vec<_> = life.kills.extract_if(.., |kill| is_due(kill.at.key())).collect();
    let dumps: Vec<_> = life.dumps.extract_if(.., |dump| is_due(dump.at.key())).collect();
    let runs: Vec<_> =
        life.runs.extract_if(.., |run| is_due(run.last.key().saturating_add(RUN_GAP_US))).collect();
    let mut blocks: BTreeMap<u64, Vec<Kill>> = BTreeMap::new();
    for kill in kills {
        blocks.entry(kill.oom.block).or_default().push(kill);
    }
    let mut events: Vec<_> = blocks.into_values().collect();
    events.sort_by(|a, b| a.first().map(|kill| kill.at.key()).cmp(&b.first().map(|kill| kill.at.key())));
    told.extend(events.into_iter().filter_map(|kills| Occurrence::of_kills(subject, life, kills)));
    let confirmed = dumps.into_iter().filter(|dump| !dump.is_unconfirmed());
    told.extend(confirmed.map(|dump| Occurrence::of_dump(subject, life, dump)));
    told.extend(runs.into_iter().map(|run| Occurrence::of_run(subject, life, run)));
    again
}
