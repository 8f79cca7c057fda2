//! What an incident is made of while it goes on: occurrences, folded one after the other.

mod render;

use std::collections::BTreeMap;

use nwlog_ingest::Id128;
use nwlog_ingest::event::{DiskError, UnitFact, Writer};
use nwlog_ingest::time::Moment;
use serde::{Deserialize, Serialize};

pub(crate) use render::Surroundings;

use crate::incident::{
    Cause, CauseCount, ContextLine, DiskDetail, GoDetail, IncidentId, Kind, MAX_FIELDS, OomDetail, Process,
};
use crate::key::Subject;
use crate::occurrence::{Alone, Occurrence};
use crate::timeline::{Items, Link, Timeline, TimelineItem};
use crate::window::pairs;
use crate::wording;

/// An episode goes on for so long after its last occurrence at the least, in microseconds.
const QUIET_MIN_US: u64 = 600_000_000;
/// An episode goes on for so long after its last occurrence at the most, in microseconds.
const QUIET_MAX_US: u64 = 1_800_000_000;
/// The lives that an incident lists.
const MAX_INVOCATIONS: usize = 64;
/// The units that an incident lists.
const MAX_UNITS: usize = 32;
/// The incidents that one incident names.
const MAX_LINKS: usize = 16;
/// The ids that an incident absorbs.
const MAX_FORMERLY: usize = 64;

/// How the end of a life was told.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Told {
    occurrence: u64,
    kind: Kind,
    cause: Option<Cause>,
}

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
        };
        episode.join(first);
        episode
    }

    /// Adds an occurrence.
    pub(crate) fn join(&mut self, told: Occurrence) {
        let is_own = told.subject == self.subject;
        let key = (told.subject.clone(), told.life_number);
        // A life that was told of as going on, and then ended by the same root, is still one occurrence.
        let before = self.lives.get(&key).copied();
        let is_new = !(told.is_ending && before.is_some());
        if is_new {
            self.count(&told);
        }
        let occurrence = before.flatten().map_or(self.occurrences, |before| before.occurrence);
        if told.is_ending {
            if let Some(before) = before.flatten() {
                self.revise(before, &told);
            } else {
                self.restarts += u64::from(told.is_restarted);
            }
            self.lives.insert(key, Some(Told { occurrence, kind: told.kind, cause: told.cause }));
            while self.lives.len() > MAX_INVOCATIONS {
                self.lives.pop_first();
            }
        } else if told.life.is_some() {
            self.lives.entry(key).or_default();
        }
        if !self.units.contains(&told.subject) && self.units.len() < MAX_UNITS {
            self.units.push(told.subject.clone());
        }
        if let Some(life) = told.life.filter(|life| told.is_ending && !self.invocations.contains(life)) {
            if self.invocations.len() < MAX_INVOCATIONS {
                self.invocations.push(life)
            } else {
                self.left_out += 1
            }
        }
        if let Some((error, directory)) = told.refusal() {
            self.refusal.get_or_insert_with(|| (error, directory.into()));
        }
        if told.is_ending && !self.ended.contains(&told.subject) && self.ended.len() < MAX_UNITS {
            self.ended.push(told.subject.clone());
        }
        let is_root = told.first.order(&self.first).is_lt();
        self.note_time(&told, is_own);
        self.note_details(told, is_root, occurrence);
    }

    /// The root of an end that was told before is another one.
    fn revise(&mut self, before: Told, told: &Occurrence) {
        let (was, is) = ((before.kind, before.cause), (told.kind, told.cause));
        if was == is {
            return;
        }
        for known in self.causes.iter_mut().filter(|known| (known.kind, known.cause) == was) {
            known.count = known.count.saturating_sub(1);
        }
        self.causes.retain(|known| known.count > 0);
        match self.causes.iter_mut().find(|known| (known.kind, known.cause) == is) {
            Some(known) => known.count += 1,
            None => self.causes.push(CauseCount { kind: told.kind, cause: told.cause, count: 1 }),
        }
        if before.occurrence <= 1 {
            (self.kind, self.cause) = is;
        }
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

    fn count(&mut self, told: &Occurrence) {
        self.occurrences += 1;
        match self.causes.iter_mut().find(|known| (known.kind, known.cause) == (told.kind, told.cause)) {
            Some(known) => known.count += 1,
            None => self.causes.push(CauseCount { kind: told.kind, cause: told.cause, count: 1 }),
        }
        // The first occurrence whose root is known names the incident.
        if self.cause.is_none() && told.cause.is_some() && self.kind == told.kind {
            self.cause = told.cause;
        }
    }

    fn note_time(&mut self, told: &Occurrence, is_own: bool) {
        if told.first.order(&self.first).is_lt() {
            self.first = told.first;
        }
        for at in [told.last, told.first] {
            if at.order(&self.last).is_gt() {
                self.last = at;
            }
        }
        if told.is_late && self.has_told(told) {
            let is_first = told.first.order(&self.first).is_le();
            if let Some(detected) = told.detected.filter(|_| is_first) {
                self.detect_us = Some(detected.since(&told.first));
            }
            return;
        }
        if self.occurrences > 1 {
            self.longest_gap_us = self.longest_gap_us.max(told.first.since(&self.last_failure));
        }
        let end = if told.is_ending { told.first } else { told.last };
        if end.order(&self.last_failure).is_gt() {
            self.last_failure = end;
        }
        if !is_own || !told.is_ending {
            self.all_requested &= told.is_requested && told.is_ending;
            return;
        }
        self.all_requested &= told.is_requested;
        if let Some(detected) = told.detected.filter(|_| self.detect_us.is_none()) {
            self.detect_us = Some(detected.since(&told.first));
        }
        self.awaits = Some(told.first);
        self.awaits_restart = !told.is_restarted;
        if let Some(up) = told.up_again {
            self.up_again(up);
        }
    }

    fn note_details(&mut self, mut told: Occurrence, is_root: bool, occurrence: u64) {
        if self.context.is_empty() && self.occurrences == 1 {
            self.context = told.context();
            told.fields.extend(told.context_fields());
        }
        for field in std::mem::take(&mut told.fields) {
            if self.fields.len() < MAX_FIELDS && !self.fields.contains(&field) {
                self.fields.push(field);
            }
        }
        told.items.list.iter_mut().for_each(|item| item.occurrence = occurrence);
        self.timeline.extend(told.items);
        self.result = told.result.or(self.result.take());
        self.process = told.process.or(self.process.take());
        self.last_word = told.last_word.or(self.last_word.take());
        self.oom = told.oom.or(self.oom.take());
        // The first dump is the crash; the later ones are mostly its echo.
        self.go = self.go.take().or(told.go);
        if let Some(disk) = told.disk {
            match &mut self.disk {
                // What was refused first names it.
                Some(known) if is_root => {
                    *known = DiskDetail { refused: known.refused + disk.refused, ..disk }
                }
                Some(known) => known.refused += disk.refused,
                None => self.disk = Some(disk),
            }
        }
        if let Some((first, last)) = told.cursors {
            match &mut self.cursors {
                Some((_, known)) => *known = last,
                None => self.cursors = Some((first, last)),
            }
        }
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
