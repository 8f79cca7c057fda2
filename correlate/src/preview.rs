//! Tells at once, and says later what turned out otherwise.
//!
//! The correlator tells of a failure when nothing earlier can come any more. Who watches a log wants to know at once: after
//! every event that can matter, the boot that it is of is told as it stands, and what differs from what was told
//! before is a change. Ids are those that the correlator comes to in the end; where a proof comes late and
//! makes another incident of it, what was told first is withdrawn.

mod told;

use std::collections::{BTreeMap, BTreeSet};

use nwlog_ingest::Event;
use nwlog_ingest::event::{Fact, UnitFact};
use serde::{Deserialize, Serialize};

use crate::change::{Change, ChangeKind};
use crate::config::Config;
use crate::correlator::{Advance, Correlator, RestoreError};
use crate::incident::{Incident, IncidentId, State};
use crate::key::BootKey;
use crate::machine::Early;

use told::{Told, print_of};

/// The incidents that were withdrawn or closed and are remembered: more may come to be known of them.
const MAX_GONE: usize = 1_024;

/// A correlator, and what was told of what it will say.
#[derive(Debug, Default)]
pub struct Preview {
    correlator: Correlator,
    told: BTreeMap<IncidentId, Told>,
    /// The boots of which something else may be told now.
    stirred: BTreeSet<BootKey>,
    /// When something else may be told of a boot though nothing more comes.
    again: BTreeMap<BootKey, u64>,
    /// What is half read, as if it had ended.
    half: Vec<Event>,
}

#[derive(Serialize)]
struct Written<'a> {
    #[serde(with = "as_text")]
    correlator: Vec<u8>,
    told: Vec<(&'a IncidentId, &'a Told)>,
    stirred: &'a BTreeSet<BootKey>,
    again: Vec<(&'a BootKey, &'a u64)>,
}

#[derive(Deserialize)]
struct Snapshot {
    #[serde(with = "as_text")]
    correlator: Vec<u8>,
    told: Vec<(IncidentId, Told)>,
    stirred: BTreeSet<BootKey>,
    again: Vec<(BootKey, u64)>,
}

impl Preview {
    /// Knows nothing yet.
    pub fn new(config: Config) -> Self {
        Self { correlator: Correlator::new(Config { updates: false, ..config }), ..Self::default() }
    }

    /// Takes an event in. Events come in the order in which they were stored.
    pub fn push(&mut self, event: impl Into<Box<Event>>) {
        let event = event.into();
        let boot = BootKey::of(&event.origin);
        let received = event.received.key();
        if self.matters(&event) {
            self.stirred.insert(boot.clone());
        }
        self.correlator.push(event);
        self.note_time(boot, received);
    }

    /// Time has passed on one boot, or nothing more comes from it, or from any.
    pub fn advance(&mut self, to: Advance) {
        let time = match &to {
            Advance::To { origin, at } => Some((BootKey::of(origin), at.key())),
            Advance::Over { origin } => {
                self.stirred.insert(BootKey::of(origin));
                None
            }
            Advance::End => {
                self.stirred.extend(self.told.values().map(|told| told.boot.clone()));
                None
            }
        };
        self.correlator.advance(to);
        if let Some((boot, at)) = time {
            self.note_time(boot, at);
        }
    }

    /// Takes what is half read, as if it had ended, in place of what was before. It is told of, and joined when it is read.
    pub fn half(&mut self, half: Vec<Event>) {
        let name = |event: &Event| (BootKey::of(&event.origin), event.identity);
        let (before, now): (Vec<_>, Vec<_>) =
            (self.half.iter().map(name).collect(), half.iter().map(name).collect());
        if before != now {
            self.stirred.extend(before.into_iter().chain(now).map(|(boot, _)| boot));
        }
        self.half = half;
    }

    /// Whether there may be something to tell.
    pub fn is_due(&self) -> bool {
        !self.stirred.is_empty() || self.correlator.has_changes()
    }

    /// Whether an incident is open.
    pub fn is_open(&self) -> bool {
        self.told.values().any(|told| !told.is_gone)
    }

    /// Tells what has changed since it was told last. Costs about as much as is open: not for every event of a flood.
    pub fn tell(&mut self) -> Vec<Change> {
        let mut out = Vec::new();
        let mut over = Vec::new();
        for Change { kind, incident, .. } in self.correlator.changes() {
            // What it took in is to be looked for.
            let same = |told: &&Told| told.is_of(&incident);
            self.stirred.extend(self.told.values().filter(same).map(|told| told.boot.clone()));
            over.push(self.settle(kind, incident, &mut out));
        }
        for boot in std::mem::take(&mut self.stirred) {
            self.again.remove(&boot);
            let half: Vec<_> =
                self.half.iter().filter(|event| BootKey::of(&event.origin) == boot).cloned().collect();
            let early = self.correlator.early(&boot, &half);
            self.compare(&boot, early, &over, &mut out);
        }
        self.forget();
        out
    }

    /// The whole state, to go on from after a restart: taken when everything was told.
    pub fn snapshot(&self) -> Vec<u8> {
        let written = Written {
            correlator: self.correlator.snapshot(),
            told: self.told.iter().collect(),
            stirred: &self.stirred,
            again: self.again.iter().collect(),
        };
        serde_json::to_vec(&written).unwrap_or_default()
    }

    /// Goes on from a snapshot.
    ///
    /// # Errors
    /// Where another version wrote it, or it cannot be read.
    pub fn restore(config: Config, snapshot: &[u8]) -> Result<Self, RestoreError> {
        let snapshot: Snapshot = serde_json::from_slice(snapshot).map_err(RestoreError::Damaged)?;
        let config = Config { updates: false, ..config };
        Ok(Self {
            correlator: Correlator::restore(config, &snapshot.correlator)?,
            told: snapshot.told.into_iter().collect(),
            stirred: snapshot.stirred,
            again: snapshot.again.into_iter().collect(),
            half: Vec::new(),
        })
    }

    fn note_time(&mut self, boot: BootKey, at: u64) {
        if self.correlator.take_news(&boot) || self.again.get(&boot).is_some_and(|again| *again <= at) {
            self.stirred.insert(boot);
        }
    }

    /// Whether an event can change what was told, or be something to tell. That units start and stop is the usual
    /// thing: it matters where one of them is told of.
    fn matters(&self, event: &Event) -> bool {
        let Fact::Unit(fact) = &event.fact else { return true };
        let is_usual = matches!(
            fact,
            UnitFact::Starting
                | UnitFact::Started { .. }
                | UnitFact::Stopping
                | UnitFact::Stopped { .. }
                | UnitFact::Succeeded
                | UnitFact::Activated
                | UnitFact::Resources { .. }
                | UnitFact::Reloaded { .. }
                | UnitFact::RestartScheduled { .. }
        );
        !is_usual || self.told.values().any(|told| !told.is_gone && told.is_about(&event.origin))
    }

    /// Tells what the correlator said its last word on.
    fn settle(&mut self, kind: ChangeKind, mut incident: Incident, out: &mut Vec<Change>) -> Incident {
        let is_closed = kind == ChangeKind::Closed;
        let print = print_of(&incident);
        match self.told.get_mut(&incident.id) {
            None => {
                incident.revision = 1;
                let open = Incident { state: State::Open, ..incident.clone() };
                out.push(Change { kind: ChangeKind::Opened, incident: open, corrects: None });
                let boot = BootKey::of_incident(&incident);
                let mut told = Told::first(&boot, &incident, print, 0);
                if is_closed {
                    told.again(&incident, print, 0);
                    incident.revision = told.revision;
                    out.push(Change { kind, incident: incident.clone(), corrects: None });
                }
                told.is_gone = true;
                self.told.insert(incident.id, told);
            }
            Some(told) => {
                if (is_closed && !told.is_gone) || !told.has_all(&incident, print) {
                    let corrects = told.again(&incident, print, 0);
                    incident.revision = told.revision;
                    out.push(Change { kind, incident: incident.clone(), corrects });
                }
                told.is_gone = true;
            }
        }
        incident
    }

    /// Tells how a boot differs from what was told of it. What is over was told already.
    fn compare(&mut self, boot: &BootKey, early: Option<Early>, over: &[Incident], out: &mut Vec<Change>) {
        let Early { incidents, seen, again } =
            early.unwrap_or(Early { incidents: Vec::new(), seen: u64::MAX, again: None });
        let mut again = again;
        let now: BTreeSet<IncidentId> = incidents.iter().map(|incident| incident.id).collect();
        let is_gone =
            |(id, told): &(&IncidentId, &mut Told)| !told.is_gone && told.boot == *boot && !now.contains(id);
        for (_, told) in self.told.iter_mut().filter(is_gone) {
            let into = told.now_in(incidents.iter().chain(over));
            let incident = told.withdraw(into);
            out.push(Change { kind: ChangeKind::Withdrawn, incident, corrects: None });
        }
        for mut incident in incidents {
            let print = print_of(&incident);
            let mut corrects = None;
            let kind = match self.told.get_mut(&incident.id) {
                None => {
                    self.told.insert(incident.id, Told::first(boot, &incident, print, seen));
                    ChangeKind::Opened
                }
                Some(told) if told.print == print && !told.is_gone => continue,
                Some(told) => match told.waits_until(&incident, seen) {
                    Some(until) => {
                        again = Some(again.map_or(until, |again| again.min(until)));
                        continue;
                    }
                    None => {
                        corrects = told.again(&incident, print, seen);
                        ChangeKind::Updated
                    }
                },
            };
            incident.revision = self.told.get(&incident.id).map_or(1, |told| told.revision);
            out.push(Change { kind, incident, corrects });
        }
        if let Some(again) = again {
            self.again.insert(boot.clone(), again);
        }
    }

    /// Forgets those that are gone and too many.
    fn forget(&mut self) {
        let gone: Vec<_> =
            self.told.iter().filter(|(_, told)| told.is_gone).map(|(id, told)| (told.at, *id)).collect();
        let surplus = gone.len().saturating_sub(MAX_GONE);
        if surplus > 0 {
            let oldest: BTreeSet<_> = gone.into_iter().collect();
            oldest.into_iter().take(surplus).for_each(|(_, id)| drop(self.told.remove(&id)));
        }
    }
}

/// JSON inside of JSON, as a string.
mod as_text {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&String::from_utf8_lossy(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        String::deserialize(deserializer).map(String::into_bytes)
    }
}
