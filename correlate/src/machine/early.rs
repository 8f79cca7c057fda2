//! What can be told of a boot at once, before all that may still come had the time to.
//!
//! A copy of the boot is told everything that was stored, and its lives are looked at as they are. A proof counts as soon
//! as it is there; what rests on nothing more having come waits until it had the time to.

use std::collections::{BTreeMap, BTreeSet};

use nwlog_ingest::Event;
use nwlog_ingest::time::Moment;

use super::Machine;
use super::orphans::take_orphans;
use crate::config::Config;
use crate::incident::{Cause, Incident, Kind, State};
use crate::key::Subject;
use crate::life::{Dump, Kill, Life};
use crate::occurrence::Occurrence;
use crate::rule;
use crate::unit::{Stand, Unit};

/// How long after the targets of the machine were left an end may be the shutdown's, in microseconds: which it is shows
/// only when the target that it goes to is reached.
const LEAVING_US: u64 = 180_000_000;

/// What can be told of a boot at once.
#[derive(Clone, Debug)]
pub(crate) struct Early {
    /// Every incident that goes on, as it stands.
    pub(crate) incidents: Vec<Incident>,
    /// How far the log was seen.
    pub(crate) seen: u64,
    /// When it is to be told again though nothing more comes.
    pub(crate) again: Option<u64>,
}

/// The next moment at which something else can be told, though nothing more comes.
struct Next {
    now: u64,
    at: Option<u64>,
}

impl Next {
    fn or(&mut self, at: u64) {
        if at > self.now {
            self.at = Some(self.at.map_or(at, |known| known.min(at)));
        }
    }
}

impl Machine {
    /// Whether an occurrence was told since this was asked for last.
    pub(crate) fn take_news(&mut self) -> bool {
        std::mem::take(&mut self.has_news)
    }

    /// What can be told at once, with what may be half read yet.
    pub(crate) fn early(&mut self, half: &[Event], config: &Config) -> Early {
        let config = &Config { updates: false, ..config.clone() };
        let mut next = Next { now: self.watermark, at: None };
        let mut copy = self.copy();
        half.iter().for_each(|event| copy.window.hold(Box::new(event.clone()), config.lateness_us));
        while let Some(event) = copy.window.take() {
            copy.apply(event, config);
        }
        copy.now = copy.watermark;
        let mut told = Vec::new();
        for (_, subject, number) in copy.unsettled() {
            told.extend(copy.glance(&subject, number, config.lateness_us, &mut next));
        }
        // A copy has nobody to tell.
        let mut nobody = Vec::new();
        told.into_iter().for_each(|occurrence| copy.story(occurrence, config, &mut nobody));
        // What stands a second later takes back what earlyoom said.
        copy.orphans.iter().for_each(|kill| next.or(kill.at.key().saturating_add(1_000_000)));
        copy.adopt_orphans(u64::MAX, config, &mut nobody);
        copy.episodes.keys().copied().collect::<Vec<_>>().into_iter().for_each(|number| copy.settle(number));
        for episode in copy.episodes.values() {
            next.or(episode.last.key().saturating_add(config.lateness_us));
            let stand = copy.units.get(&episode.subject).and_then(|unit| unit.standing.at());
            stand.into_iter().for_each(|at| next.or(at.key().saturating_add(config.lateness_us)));
        }
        let render = |episode| copy.render(episode, State::Open, false, config);
        Early {
            incidents: copy.episodes.values().map(render).collect(),
            seen: copy.watermark,
            again: next.at,
        }
    }

    /// A copy with the units that anything can be told of.
    fn copy(&mut self) -> Self {
        let (window, units) = (std::mem::take(&mut self.window), std::mem::take(&mut self.units));
        let agenda = std::mem::take(&mut self.agenda);
        let mut copy = self.clone();
        (self.window, self.units, self.agenda) = (window, units, agenda);
        copy.window = self.window.held();
        let touched = self.window.events().map(|event| Subject::of(&event.origin));
        let known = self.kills.iter().map(|killed| &killed.victim);
        let known = known.chain(self.episodes.values().map(|episode| &episode.subject)).cloned();
        let wanted: BTreeSet<Subject> = touched.chain(known).collect();
        let is_wanted = |(subject, unit): &(&Subject, &Unit)| {
            wanted.contains(subject) || !unit.unplaced.is_empty() || unit.lives.iter().any(is_unsettled)
        };
        let units = self.units.iter().filter(is_wanted);
        copy.units = units.map(|(subject, unit)| (subject.clone(), unit.clone())).collect();
        copy
    }

    /// The lives that something is to be told of, in the order in which it happened.
    fn unsettled(&self) -> BTreeSet<(u64, Subject, u64)> {
        let lives = self.units.iter().flat_map(|(subject, unit)| {
            let has_unplaced = !unit.unplaced.is_empty();
            let lives = unit.lives.iter().filter(move |life| has_unplaced || is_unsettled(life));
            lives.map(move |life| (failed_at(life), subject.clone(), life.number))
        });
        lives.collect()
    }

    /// Tells of a life what is proved by now.
    fn glance(
        &mut self,
        subject: &Subject,
        number: u64,
        lateness_us: u64,
        next: &mut Next,
    ) -> Vec<Occurrence> {
        let down = self.shutdown;
        let left = self.left.or(down);
        let Some(unit) = self.units.get_mut(subject) else { return Vec::new() };
        take_orphans(unit, number, &mut self.orphans, lateness_us);
        unit.place_dumps(number);
        let Unit { lives, standing, .. } = unit;
        let Some(life) = lives.iter_mut().find(|life| life.number == number) else { return Vec::new() };
        let end = life.ended();
        let down = down.filter(|down| end.is_some_and(|end| down.order(&end).is_le()));
        let leaving = left.filter(|left| !life.judged && end.is_some_and(|end| is_leaving(left, &end)));
        if let Some(began) = down.or(leaving) {
            // Its end may be the shutdown's; what was before is not.
            life.forget_from(&began);
            return going_on(subject, life);
        }
        if let Some(end) = end.filter(|_| !life.judged) {
            let settled = end.key().saturating_add(lateness_us);
            if next.now < settled && life.may_be_stop_of_start() {
                next.or(settled);
                return Vec::new();
            }
            if let Some(verdict) = rule::of_end(life, subject, lateness_us) {
                let rests_on_absence =
                    verdict.kind == Kind::UnitFailure && verdict.cause == Some(Cause::Killed);
                if rests_on_absence && next.now < settled {
                    next.or(settled);
                    return Vec::new();
                }
                return vec![Occurrence::of_end(subject, life, verdict)];
            }
            life.dumps.retain(Dump::is_recovered);
        }
        // What comes after its end was judged may explain it all the same.
        if life.judged
            && life.kills.len() + life.dumps.len() > life.unexplaining
            && let Some(verdict) = rule::of_end(life, subject, lateness_us)
            && matches!(verdict.kind, Kind::OomKill | Kind::GoPanic)
        {
            return vec![Occurrence { is_late: true, ..Occurrence::of_end(subject, life, verdict) }];
        }
        let mut told = going_on(subject, life);
        if end.is_none() && subject.is("service") {
            for occurrence in told.iter_mut().filter(|told| ends_a_service(told)) {
                // Mostly its end follows at once, and then the life names the incident.
                occurrence.is_ending = true;
                occurrence.life = occurrence.life.or_else(|| invocation_of(occurrence));
                *standing = Stand::Unknown;
            }
        }
        told
    }
}

/// Whether something of a life is still to be told.
fn is_unsettled(life: &Life) -> bool {
    let word = life.oom_told.or(life.oomd).is_some() && !life.has_kill;
    let facts = !life.kills.is_empty() || !life.dumps.is_empty() || !life.runs.is_empty();
    facts || word || (!life.judged && life.ended().is_some())
}

fn is_leaving(left: &Moment, end: &Moment) -> bool {
    left.order(end).is_le() && end.since(left) <= LEAVING_US
}

fn failed_at(life: &Life) -> u64 {
    let facts = life.kills.iter().map(|kill| kill.at).chain(life.dumps.iter().map(|dump| dump.at));
    let facts = facts.chain(life.runs.iter().map(|run| run.first)).chain(life.ended());
    facts.map(|at| at.key()).min().unwrap_or_else(|| life.first.key())
}

/// What a life has outlived by now.
fn going_on(subject: &Subject, life: &mut Life) -> Vec<Occurrence> {
    let mut told = Vec::new();
    if let Some(at) = life.oom_told.or(life.oomd).filter(|_| !life.has_kill) {
        told.push(Occurrence::of_word(subject, life, at));
    }
    let mut blocks: BTreeMap<u64, Vec<Kill>> = BTreeMap::new();
    for kill in std::mem::take(&mut life.kills) {
        blocks.entry(kill.oom.block).or_default().push(kill);
    }
    let mut blocks: Vec<_> = blocks.into_values().collect();
    blocks.sort_by_key(|kills| kills.first().map(|kill| kill.at.key()));
    told.extend(blocks.into_iter().filter_map(|kills| Occurrence::of_kills(subject, life, kills)));
    life.believe_refusals(|_| true);
    let dumps = std::mem::take(&mut life.dumps).into_iter().filter(|dump| !dump.is_unconfirmed());
    told.extend(dumps.map(|dump| Occurrence::of_dump(subject, life, dump)));
    let runs = std::mem::take(&mut life.runs).into_iter();
    told.extend(runs.map(|run| Occurrence::of_run(subject, life, run)));
    told
}

/// Whether a service mostly ends by it: systemd stops one whose process was killed for memory (OOMPolicy=stop), and a
/// program that crashed is gone.
fn ends_a_service(told: &Occurrence) -> bool {
    told.kind == Kind::OomKill || told.go.is_some() && told.cause != Some(Cause::HttpPanic)
}

/// The life that the last line before it is of.
fn invocation_of(told: &Occurrence) -> Option<nwlog_ingest::Id128> {
    let (lines, _) = told.contexts.first()?;
    lines.iter().rev().find_map(|line| line.invocation)
}
