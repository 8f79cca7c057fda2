//! What was told of one incident.

use std::hash::Hasher;

use nwlog_ingest::event::Origin;
use serde::{Deserialize, Serialize};
use siphasher::sip::SipHasher13;

use crate::change::Corrected;
use crate::incident::{Incident, IncidentId, Outcome, State};
use crate::key::{BootKey, Subject};
use crate::timeline::TimelineItem;

/// The items that an incident is known again by.
const MAX_MARKS: usize = 32;
/// How far outside of an incident what it took over may have begun, in microseconds.
const NEAR_US: u64 = 60_000_000;
/// An incident that changes all the time is told of less and less often: each time so much later, in microseconds.
const WAIT_US: u64 = 250_000;
/// The tellings of one after which another occurrence of it waits like anything else.
const MANY: u64 = 20;
/// The longest that one waits, in microseconds.
const MAX_WAIT_US: u64 = 60_000_000;

/// What was told of one incident.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) boot: BootKey,
    pub(super) revision: u64,
    /// What a reader saw, as a number.
    pub(super) print: u64,
    /// How far the log was seen then.
    pub(super) at: u64,
    /// It was withdrawn, or closed.
    pub(super) is_gone: bool,
    /// It, without what it tells.
    brief: Box<Incident>,
    /// The records that it told of, as numbers.
    marks: Vec<u64>,
}

impl Told {
    /// It is told for the first time.
    pub(super) fn first(boot: &BootKey, incident: &Incident, print: u64, seen: u64) -> Self {
        Self {
            boot: boot.clone(),
            revision: 1,
            print,
            at: seen,
            is_gone: false,
            brief: Box::new(brief(incident)),
            marks: marks(incident).take(MAX_MARKS).collect(),
        }
    }

    /// It is told again. Gives what was told before and is not any more.
    pub(super) fn again(&mut self, incident: &Incident, print: u64, seen: u64) -> Option<Corrected> {
        let corrects = Corrected::of(&self.brief, incident);
        self.revision += 1;
        (self.print, self.at, self.is_gone) = (print, seen, false);
        *self.brief = brief(incident);
        self.marks = marks(incident).take(MAX_MARKS).collect();
        corrects
    }

    /// It is taken back. Gives what is told of that.
    pub(super) fn withdraw(&mut self, into: Option<IncidentId>) -> Incident {
        self.revision += 1;
        (self.is_gone, self.print) = (true, 0);
        self.brief.revision = self.revision;
        Incident { state: State::Withdrawn, into, ..(*self.brief).clone() }
    }

    /// Until when a change waits. What says how the subject stands does not.
    pub(super) fn waits_until(&self, incident: &Incident, seen: u64) -> Option<u64> {
        let known = &self.brief;
        let stands = |one: &Incident| (one.kind, one.cause, one.severity);
        let is_bad = matches!(incident.outcome, Outcome::Down | Outcome::StartLimitHit);
        let is_loud = stands(known) != stands(incident)
            || (is_bad && known.outcome != incident.outcome)
            || (self.revision < MANY && known.occurrences < incident.occurrences);
        let wait = WAIT_US.saturating_mul(self.revision.saturating_sub(1)).min(MAX_WAIT_US);
        let until = self.at.saturating_add(wait);
        (!self.is_gone && !is_loud && seen < until).then_some(until)
    }

    /// Whether a reader saw all of an incident.
    pub(super) fn has_all(&self, incident: &Incident, print: u64) -> bool {
        self.print == print && self.brief.links == incident.links
    }

    /// Whether it is about the unit that an event is about.
    pub(super) fn is_about(&self, origin: &Origin) -> bool {
        let unit = Subject::of(origin).printed();
        unit.is_some()
            && (self.brief.unit == unit || unit.is_some_and(|unit| self.brief.units.contains(&unit)))
    }

    /// Whether it is of the same boot.
    pub(super) fn is_of(&self, incident: &Incident) -> bool {
        (self.brief.machine_id, self.brief.boot_id, &self.brief.host)
            == (incident.machine_id, incident.boot_id, &incident.host)
    }

    /// The incident that tells now what this one told.
    pub(super) fn now_in<'a>(&self, others: impl Iterator<Item = &'a Incident>) -> Option<IncidentId> {
        let known = &self.brief;
        let spans = |other: &&Incident| {
            let first = known.first.key();
            other.id != known.id
                && self.is_of(other)
                && other.first.key() <= first.saturating_add(NEAR_US)
                && first <= other.last.key().saturating_add(NEAR_US)
        };
        let rank = |other: &Incident| {
            let shared = marks(other).filter(|mark| self.marks.contains(mark)).count();
            let is_its = other.unit.is_some() && other.unit == known.unit;
            (
                other.formerly.contains(&known.id),
                shared,
                is_its,
                u64::MAX - other.first.key().abs_diff(known.first.key()),
            )
        };
        let ranked = others.filter(spans).map(|other| (rank(other), other.id));
        ranked
            .filter(|((absorbed, shared, is_its, _), _)| *absorbed || *shared > 0 || *is_its)
            .max()
            .map(|(_, id)| id)
    }
}

/// What a reader sees of an incident, as a number: everything but its revision and which others it names, which are told
/// with the next change.
pub(super) fn print_of(incident: &Incident) -> u64 {
    let mut hasher = SipHasher13::new();
    let seen = Incident { revision: 0, links: Vec::new(), ..incident.clone() };
    hasher.write(&serde_json::to_vec(&seen).unwrap_or_default());
    hasher.finish()
}

/// The records that an incident tells of, as numbers. A unit's lines are no proof of anything.
fn marks(incident: &Incident) -> impl Iterator<Item = u64> {
    incident.timeline.iter().filter(|item| &*item.event != "line").map(mark)
}

fn mark(item: &TimelineItem) -> u64 {
    let mut hasher = SipHasher13::new();
    hasher.write(item.event.as_bytes());
    hasher.write(&item.pid.unwrap_or_default().to_le_bytes());
    hasher.write(item.text.as_bytes());
    hasher.finish()
}

/// An incident without what it tells in full.
fn brief(incident: &Incident) -> Incident {
    Incident {
        timeline: Vec::new(),
        context: Vec::new(),
        gaps: Vec::new(),
        oom: None,
        disk: None,
        go: None,
        ..incident.clone()
    }
}
