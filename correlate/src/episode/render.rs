//! An episode as an incident.

use std::collections::{BTreeMap, BTreeSet};

use super::Episode;
use crate::headline::headline;
use crate::incident::{Cause, Gap, Incident, Kind, Outcome, Severity, State, Truncated};
use crate::key::BootKey;
use crate::timeline::{Link, TimelineItem};
use crate::unit::Standing;

/// What an episode does not know of itself.
pub(crate) struct Surroundings<'a> {
    pub(crate) boot: &'a BootKey,
    pub(crate) host: Option<&'a str>,
    pub(crate) state: State,
    pub(crate) standing: Standing,
    pub(crate) gaps: Vec<Gap>,
}

impl Episode {
    /// Makes the incident.
    pub(crate) fn render(&self, around: Surroundings<'_>) -> Incident {
        let outcome = self.outcome(around.standing);
        let (mut timeline, dropped) = self.timeline.items();
        number(&mut timeline);
        self.name_places(&mut timeline);
        let mut incident = Incident {
            id: self.id,
            formerly: self.formerly.clone(),
            revision: self.revision,
            state: around.state,
            kind: self.kind,
            cause: self.cause,
            causes: if self.causes.len() > 1 { self.causes.clone() } else { Vec::new() },
            severity: self.severity(outcome),
            outcome,
            host: around.host.map(Into::into),
            machine_id: around.boot.machine,
            boot_id: around.boot.boot,
            manager: self.subject.manager,
            unit: self.subject.printed(),
            units: self.units.iter().filter_map(|unit| unit.printed()).collect(),
            invocations: self.invocations.clone(),
            first: self.first,
            last: self.last,
            occurrences: self.occurrences,
            restarts: self.restarts,
            down_us: self.down_us,
            detect_us: self.detect_us,
            recover_us: self.recover_us.filter(|_| self.awaits.is_none()),
            headline: String::new(),
            systemd_result: self.result.clone(),
            process: self.process.clone(),
            last_word: self.last_word.clone(),
            oom: self.oom.clone(),
            disk: self.disk.clone(),
            go: self.go.clone(),
            timeline,
            cursors: self.cursors.clone(),
            context: self.context.clone(),
            fields: self.fields.clone(),
            gaps: around.gaps,
            truncated: Truncated {
                occurrences: self.left_out,
                timeline: dropped,
                context: 0,
                early: self.is_early,
            },
            links: self.links.clone(),
            into: None,
        };
        incident.headline = headline(&incident);
        incident
    }

    /// What other units were refused is here for the place alone.
    fn name_places(&self, timeline: &mut [TimelineItem]) {
        let Some(disk) = self.disk.as_ref().filter(|_| self.refusal.is_some()) else { return };
        let link = if disk.mount.is_some() { Link::Mount } else { Link::Directory };
        let of_others = |item: &&mut TimelineItem| {
            &*item.event == "refused" && item.unit.is_some() && item.unit != self.subject.unit
        };
        timeline.iter_mut().filter(of_others).for_each(|item| item.link = link);
    }

    fn outcome(&self, standing: Standing) -> Outcome {
        // One who restarts a unit stops it too.
        if self.stopped.is_some() && standing != Standing::Up {
            return Outcome::Stopped;
        }
        if self.subject.unit.is_none() {
            return if self.is_recovered() { Outcome::Running } else { Outcome::Unknown };
        }
        match standing {
            Standing::Down | Standing::StartLimit if self.is_outlived() => Outcome::Running,
            Standing::Up => Outcome::Running,
            Standing::Down => Outcome::Down,
            Standing::StartLimit => Outcome::StartLimitHit,
            Standing::Stopped => Outcome::Stopped,
            Standing::Unknown if !self.has_ends() && self.is_recovered() => Outcome::Running,
            Standing::Unknown => Outcome::Unknown,
        }
    }

    /// No life ended in it: what the unit is down for is another story.
    fn is_outlived(&self) -> bool {
        !self.has_ends() && (self.is_recovered() || !self.links.is_empty())
    }

    fn is_recovered(&self) -> bool {
        self.cause == Some(Cause::HttpPanic)
    }

    fn severity(&self, outcome: Outcome) -> Severity {
        let quiet_end = self.causes.iter().all(|known| known.cause == Some(Cause::SilentExit));
        if quiet_end || (self.has_ends() && self.all_requested) {
            return Severity::Notice;
        }
        match (self.kind, outcome) {
            (Kind::DiskFull, _) | (_, Outcome::Down | Outcome::StartLimitHit) => Severity::Critical,
            (_, Outcome::Unknown) if !self.is_recovered() => Severity::Warning,
            _ if self.has_ends() => Severity::Warning,
            _ => Severity::Notice,
        }
    }
}

/// Numbers the occurrences in the order in which they happened, which is not always that in which they were told.
fn number(timeline: &mut [TimelineItem]) {
    let numbers: BTreeSet<u64> = timeline.iter().map(|item| item.occurrence).collect();
    let mut told = Vec::new();
    for item in timeline.iter() {
        if !told.contains(&item.occurrence) {
            told.push(item.occurrence);
        }
    }
    let happened: BTreeMap<u64, u64> = told.into_iter().zip(numbers).collect();
    for item in timeline {
        item.occurrence = happened.get(&item.occurrence).copied().unwrap_or(item.occurrence);
    }
}
