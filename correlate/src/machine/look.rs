//! Judging lives, once everything about them had the time to come.

use std::collections::BTreeMap;

use nwlog_ingest::time::Moment;

use super::hear::SHUTDOWN_US;
use super::orphans::take_orphans;
use super::{Machine, Task};
use crate::change::Change;
use crate::config::Config;
use crate::incident::Kind;
use crate::key::Subject;
use crate::life::{Dump, Kill, Life, RUN_GAP_US};
use crate::occurrence::Occurrence;
use crate::rule::{self, Verdict, go_panic, restart_loop, silent_exit};
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
    /// The manager's word may be missing from after the end.
    is_blind: bool,
    /// When the shutdown began that the life ended in.
    shutdown: Option<Moment>,
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
        let Some(unit) = self.units.get(subject) else { return };
        let Some(life) = unit.life(number) else { return };
        let shutdown = self.shutdown_of(life);
        // Only an end that went well can have been silent.
        let well = life.ended().filter(|_| life.succeeded.is_some() && !life.judged);
        let silence = silent_exit::silence_us(unit);
        let is_blind = well.is_some_and(|end| self.is_blind(&end, end.key().saturating_add(silence)));
        let is_triggered = well.is_some() && self.is_triggered(subject);
        let Some(unit) = self.units.get_mut(subject) else { return };
        take_orphans(unit, number, &mut self.orphans, config.lateness_us);
        let seen = self.watermark.min(now);
        let lateness_us = config.lateness_us;
        let told =
            unit.look(Glance { subject, number, now, seen, is_triggered, is_blind, shutdown, lateness_us });
        unit.forget();
        if let Some(again) = told.again.filter(|_| now < u64::MAX) {
            self.agenda.insert((again, Task::Life(subject.clone(), number)));
        }
        // What comes once only is not waited for.
        if told.occurrences.is_empty()
            && silent_exit::comes_once(subject)
            && unit.is_spent()
            && !self.episodes.values().any(|episode| episode.subject == *subject)
        {
            self.units.remove(subject);
        }
        for occurrence in told.occurrences {
            self.story(occurrence, config, out);
        }
    }
}

impl Machine {
    /// When the shutdown began that a life ended in, where it did.
    fn shutdown_of(&self, life: &Life) -> Option<Moment> {
        let end = life.ended()?;
        let is_after = |began: &Moment| began.order(&end).is_le();
        // What is stopped while the targets are being left is told before the shutdown's own target is reached.
        let leaves = |left: &Moment| is_after(left) && end.since(left) <= SHUTDOWN_US;
        let within = |(from, to): &&(Moment, Moment)| is_after(from) && end.order(to).is_le();
        let soft = self.soft_reboots.iter().find(within).map(|(from, _)| *from);
        let leaving = || self.left.filter(|left| life.is_requested() && leaves(left));
        self.shutdown.filter(is_after).or(soft).or_else(leaving)
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
        if life.judged && glance.shutdown.is_none() {
            told.occurrences.extend(self.judge_again(glance));
        }
        let Some(life) = self.life(number) else { return told };
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
            told.occurrences = self.judge(glance);
        }
        if let Some(life) = self.life_mut(number) {
            if let Some(began) = &glance.shutdown {
                life.forget_from(began);
            }
            told.again = outlived(glance, life, &mut told.occurrences);
            life.judged = is_judged;
            life.unexplaining = life.kills.len() + life.dumps.len();
        }
        told
    }

    /// Says what the end of a life goes back to.
    fn judge(&mut self, glance: Glance<'_>) -> Vec<Occurrence> {
        let Glance { subject, number, .. } = glance;
        if let Some(life) = self.life_mut(number).filter(|life| !go_panic::is_go_status(life)) {
            life.believe_refusals(|_| true);
        }
        let Some(life) = self.life(number) else { return Vec::new() };
        let is_early =
            glance.seen < life.ended().map_or(0, |end| end.key()).saturating_add(glance.lateness_us);
        if is_early && life.may_be_stop_of_start() {
            return Vec::new();
        }
        let mut verdict = rule::of_end(life, subject, glance.lateness_us);
        let restart = restart_loop::of_end(life, self, subject).filter(|_| verdict.is_none());
        if let Some(end) =
            life.succeeded.filter(|_| verdict.is_none() && restart.is_none() && !life.has_failed())
        {
            verdict = self.judge_silence(glance, &end);
        }
        let Some(life) = self.life_mut(number).filter(|_| glance.shutdown.is_none()) else {
            return Vec::new();
        };
        if let Some(verdict) = verdict {
            return vec![Occurrence::of_end(subject, life, verdict)];
        }
        // The dump of an end that is as it should be is no crash.
        life.dumps.retain(Dump::is_recovered);
        let end = restart.map(|restart| Occurrence::of_end(subject, life, restart));
        end.map(|end| self.add_clean_end(end)).unwrap_or_default()
    }

    /// A kill or a dump that came after the end was judged may explain it all the same: then it is told once more.
    fn judge_again(&mut self, glance: Glance<'_>) -> Option<Occurrence> {
        let Glance { subject, number, lateness_us, .. } = glance;
        let life = self.life_mut(number)?;
        if life.kills.len() + life.dumps.len() <= life.unexplaining {
            return None;
        }
        let verdict = rule::of_end(life, subject, lateness_us)?;
        let is_root = matches!(verdict.kind, Kind::OomKill | Kind::GoPanic);
        is_root.then(|| Occurrence { is_late: true, ..Occurrence::of_end(subject, life, verdict) })
    }

    /// Says whether an end that went well should not have been.
    fn judge_silence(&mut self, glance: Glance<'_>, end: &Moment) -> Option<Verdict> {
        // The log's end is no proof that nothing would have followed.
        if glance.seen.saturating_sub(end.key()) < silent_exit::silence_us(self) {
            return None;
        }
        let life = self.life(glance.number)?;
        let verdict =
            silent_exit::of_end(life, self, glance.subject, glance.is_triggered).filter(|_| !glance.is_blind);
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
            self.clean_ends.last().is_some_and(|last| at.since(&last.first) <= restart_loop::LOOP_US);
        if self.is_looping {
            self.clean_ends = vec![Occurrence { items: Items::default(), ..end.clone() }];
            return vec![end];
        }
        self.clean_ends.retain(|before| at.since(&before.first) <= restart_loop::LOOP_US);
        self.clean_ends.push(end);
        if self.clean_ends.len() < restart_loop::LOOP_ENDS {
            return Vec::new();
        }
        self.is_looping = true;
        let last = self.clean_ends.last().map(|end| Occurrence { items: Items::default(), ..end.clone() });
        std::mem::replace(&mut self.clean_ends, last.into_iter().collect())
    }

    /// A dump whose life was not written down belongs to the life that ended as Go ends, and has none.
    pub(super) fn place_dumps(&mut self, number: u64) {
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
    life.believe_refusals(|dump| is_due(dump.at.key()));
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
