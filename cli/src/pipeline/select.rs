//! Which incidents are wanted, decided when they are whole.

mod glob;

use nwlog_correlate::{Incident, Severity};
use nwlog_ingest::time::Moment;

pub use self::glob::{Pattern, has_suffix};

/// Which incidents are wanted. An incident has to satisfy every part that is not empty.
#[derive(Clone, Debug, Default)]
pub struct Select {
    /// It touched a unit that one of these matches.
    pub units: Vec<Pattern>,
    /// Its headline, its timeline or its context holds this. Letters match in either case, unless one here is a capital.
    pub text: Option<String>,
    /// It is at least so bad.
    pub severity: Option<Severity>,
    /// One of these programs is in it.
    pub programs: Vec<String>,
    /// It was not over before this, in microseconds since 1970.
    pub since: Option<u64>,
    /// It began before this, in microseconds since 1970.
    pub until: Option<u64>,
}

impl Select {
    /// Whether an incident is wanted.
    pub fn wants(&self, incident: &Incident) -> bool {
        self.severity.is_none_or(|least| incident.severity >= least)
            && self.in_time(incident)
            && (self.units.is_empty() || self.touches(incident))
            && (self.programs.is_empty() || self.names(incident))
            && self.text.as_deref().is_none_or(|text| says(incident, text))
    }

    /// An incident without a date is in every range: it cannot be said that it is not.
    fn in_time(&self, incident: &Incident) -> bool {
        let known = |moment: &Moment| moment.realtime;
        let after = self.since.zip(known(&incident.last)).is_none_or(|(since, last)| last >= since);
        let before = self.until.zip(known(&incident.first)).is_none_or(|(until, first)| first < until);
        after && before
    }

    fn touches(&self, incident: &Incident) -> bool {
        let units = incident.unit.iter().chain(&incident.units);
        units.into_iter().any(|unit| self.units.iter().any(|pattern| pattern.matches_unit(unit)))
    }

    fn names(&self, incident: &Incident) -> bool {
        let wanted = |comm: &str| self.programs.iter().any(|program| program == comm);
        let process = incident.process.as_ref().and_then(|process| process.comm.as_deref());
        let victim = incident.oom.as_ref().and_then(|oom| oom.victim.as_ref()).map(|victim| &*victim.comm);
        let invoker = incident.oom.as_ref().and_then(|oom| oom.invoker.as_ref()).map(|task| &*task.comm);
        [process, victim, invoker].into_iter().flatten().any(wanted)
    }
}

/// Whether a text stands in the headline, the timeline or the context.
fn says(incident: &Incident, text: &str) -> bool {
    let exact = text.chars().any(char::is_uppercase);
    let needle = if exact { text.to_owned() } else { text.to_lowercase() };
    let holds = |hay: &str| if exact { hay.contains(&needle) } else { hay.to_lowercase().contains(&needle) };
    holds(&incident.headline)
        || incident.timeline.iter().any(|item| holds(&item.text))
        || incident.context.iter().any(|line| holds(&line.text))
}
