//! What an incident is made of while it goes on: occurrences, folded one after the other.

mod join;
mod render;

use std::collections::BTreeMap;

use nwlog_ingest::Id128;
use nwlog_ingest::event::{DiskError, UnitFact, Writer};
use nwlog_ingest::pairs;
use nwlog_ingest::time::Moment;
use serde::{Deserialize, Serialize};

use join::Told;
pub(crate) use render::Surroundings;

use crate::incident::{
    Cause, CauseCount, ContextLine, DiskDetail, GoDetail, IncidentId, Kind, OomDetail, Process,
};
use crate::key::Subject;
use crate::occurrence::{Alone, Occurrence};
use crate::timeline::{Items, Link, Timeline, TimelineItem};
use crate::wording;

/// An episode goes on for so long after its last occurrence at the least, in microseconds.
const QUIET_MIN_US: u64 = 600_000_000;
/// An episode goes on for so long after its last occurrence at the most, in microseconds.
const QUIET_MAX_US: u64 = 1_800_000_000;
/// The units that an incident lists.
const MAX_UNITS: usize = 32;
/// The incidents that one incident names.
const MAX_LINKS: usize = 16;
/// The ids that an incident absorbs.
const MAX_FORMERLY: usize = 64;

/// Occurrences of one story.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Episode {
    pub(crate) id: IncidentId,
    pub(crate) revision: u64,
    pub(crate) subject: Subject,
    pub(crate) units: Vec<Subject>,
    kind: Kind,
    cause: Option<Cause>,
    causes: Vec<CauseCount>,
    /// Ids that it had before an earlier beginning became known.
    formerly: Vec<IncidentId>,
    /// The subjects whose lives ended in it.
    ended: Vec<Subject>,
    /// What was refused, and where.
    pub(crate) refusal: Option<(DiskError, Box<str>)>,
    invocations: Vec<Id128>,
    /// The lives that it has told of: a life is one occurrence, however many records tell of it.
    #[serde(with = "pairs")]
    lives: BTreeMap<(Subject, u64), Option<Told>>,
    pub(crate) first: Moment,
    pub(crate) last: Moment,
    /// When the last occurrence happened.
    last_failure: Moment,
    longest_gap_us: u64,
    occurrences: u64,
    restarts: u64,
    down_us: Option<u64>,
    detect_us: Option<u64>,
    recover_us: Option<u64>,
    /// The subject is down since, and was not up again.
    awaits: Option<Moment>,
    awaits_restart: bool,
    all_requested: bool,
    result: Option<Box<str>>,
    process: Option<Process>,
    #[serde(default)]
    last_word: Option<Box<str>>,
    oom: Option<OomDetail>,
    disk: Option<DiskDetail>,
    go: Option<GoDetail>,
    timeline: Timeline,
    context: Vec<ContextLine>,
    #[serde(default)]
    fields: Vec<Box<str>>,
    cursors: Option<(Box<str>, Box<str>)>,
    left_out: u64,
    pub(crate) links: Vec<IncidentId>,
    /// A stop of the subject was asked for, and ended it.
    pub(crate) stopped: Option<Moment>,
    /// The subject's next run ended well.
    pub(crate) mended: Option<Moment>,
    pub(crate) is_told: bool,
    /// It had to go for want of room.
    #[serde(default)]
    pub(crate) is_early: bool,
}

impl Episode {
    pub(crate) fn open(id: IncidentId, first: Occurrence) -> Self {
        let mut episode = Self {
            id,
            revision: 0,
            subject: first.subject.clone(),
            units: Vec::new(),
            kind: first.kind,
            cause: first.cause,
            causes: Vec::new(),
            formerly: Vec::new(),
            ended: Vec::new(),
            refusal: None,
            invocations: Vec::new(),
            lives: BTreeMap::new(),
            first: first.first,
            last: first.last,
            last_failure: first.first,
            longest_gap_us: 0,
            occurrences: 0,
            restarts: 0,
            down_us: None,
            detect_us: None,
            recover_us: None,
            awaits: None,
            awaits_restart: false,
            all_requested: true,
            result: None,
            process: None,
            last_word: None,
            oom: None,
            disk: None,
            go: None,
            timeline: Timeline::default(),
            context: Vec::new(),
            fields: Vec::new(),
            cursors: None,
            left_out: 0,
            links: Vec::new(),
            stopped: None,
            mended: None,
            is_told: false,
            is_early: false,
        };
        episode.join(first);
        episode
    }

    /// Whether the end of a life was told in it.
    pub(crate) fn has_told(&self, told: &Occurrence) -> bool {
        self.lives.get(&(told.subject.clone(), told.life_number)).is_some_and(Option::is_some)
    }

    /// Whether something was told that this life outlived, and nothing yet of its end.
    pub(crate) fn has_outlived(&self, told: &Occurrence) -> bool {
        self.lives.get(&(told.subject.clone(), told.life_number)).is_some_and(Option::is_none)
    }

    /// Names another incident.
    pub(crate) fn name(&mut self, other: IncidentId) {
        if other != self.id && !self.links.contains(&other) && self.links.len() < MAX_LINKS {
            self.links.push(other);
        }
    }

    /// Another unit was not started for it.
    pub(crate) fn was_needed_by(&mut self, waits: &Subject, item: TimelineItem) {
        if !self.units.contains(waits) && self.units.len() < MAX_UNITS {
            self.units.push(waits.clone());
        }
        let item = TimelineItem { occurrence: self.occurrences, ..item };
        self.timeline.extend(Items { list: vec![item], dropped: 0 });
    }

    /// It began earlier than was known, and with another unit: that one is what it is about.
    pub(crate) fn begin_with(&mut self, id: IncidentId, subject: Subject) -> IncidentId {
        self.units.retain(|unit| *unit != subject);
        self.units.insert(0, subject.clone());
        self.subject = subject;
        let before = std::mem::replace(&mut self.id, id);
        self.absorb(before);
        before
    }

    /// It is told under this id, too, by one who has read less of the log.
    pub(crate) fn absorb(&mut self, id: IncidentId) {
        if id != self.id && !self.formerly.contains(&id) && self.formerly.len() < MAX_FORMERLY {
            self.formerly.push(id);
        }
    }

    /// Whether something that a life outlives belongs to it. Refusals join those of others in the same
    /// directory, kills and panics what is like them.
    pub(crate) fn takes(&self, alone: &Alone, cause: Option<Cause>) -> bool {
        if alone.refusal.is_some() {
            return self.refusal == alone.refusal;
        }
        let is_http = cause == Some(Cause::HttpPanic);
        let alike = match alone.kind {
            Kind::UnitFailure => false,
            Kind::GoPanic => {
                (self.cause == Some(Cause::HttpPanic)) == is_http && (!is_http || !self.has_ends())
            }
            Kind::OomKill | Kind::DiskFull => self.refusal.is_none(),
        };
        self.subject == alone.subject && self.kind == alone.kind && alike
    }

    /// A stop on request ended it.
    pub(crate) fn stop(&mut self, at: Option<Moment>) {
        self.stopped = at;
        let Some(at) = at.filter(|at| !self.timeline.tells_of(at)) else { return };
        let (event, text) = wording::unit(&UnitFact::Stopping);
        let item = TimelineItem {
            at,
            source: Writer::Systemd,
            event: event.into(),
            unit: self.subject.unit.clone(),
            pid: None,
            text: text.into(),
            link: Link::Invocation,
            count: 1,
            occurrence: self.occurrences,
        };
        self.timeline.extend(Items { list: vec![item], dropped: 0 });
    }

    /// Whether a life of a subject ended in it.
    pub(crate) fn has_end_of(&self, subject: &Subject) -> bool {
        self.ended.contains(subject)
    }

    /// Whether a life of its own subject ended in it.
    pub(crate) fn has_ends(&self) -> bool {
        self.has_end_of(&self.subject)
    }

    /// The subject is up again.
    pub(crate) fn up_again(&mut self, at: Moment) {
        let Some(since) = self.awaits.take() else { return };
        let down = at.since(&since);
        self.down_us = Some(self.down_us.unwrap_or(0) + down);
        self.recover_us = Some(down);
        if at.order(&self.last).is_gt() {
            self.last = at;
        }
    }

    /// systemd restarts the subject, long after it failed.
    pub(crate) fn restarted(&mut self) {
        if std::mem::take(&mut self.awaits_restart) {
            self.restarts += 1;
        }
    }

    /// Until when an occurrence still belongs to it, in microseconds after the last one.
    pub(crate) fn quiet_us(&self) -> u64 {
        self.longest_gap_us.saturating_mul(2).clamp(QUIET_MIN_US, QUIET_MAX_US)
    }

    /// When it is over, on the clock of its boot.
    pub(crate) fn ends_at(&self) -> u64 {
        let quiet = self.last_failure.key().saturating_add(self.quiet_us());
        [self.stopped, self.mended].iter().flatten().map(Moment::key).fold(quiet, u64::min)
    }

    /// Whether an occurrence that happens at a moment still belongs to it.
    pub(crate) fn goes_on_at(&self, at: &Moment) -> bool {
        let quiet = at.since(&self.last_failure) <= self.quiet_us();
        let ended = [self.stopped, self.mended].iter().flatten().any(|end| end.order(at).is_lt());
        quiet && !ended
    }

    pub(crate) fn last_failure(&self) -> Moment {
        self.last_failure
    }
}
