//! Incidents that wait for a commit: an index shows nothing before that.

use std::collections::{BTreeMap, BTreeSet};

use nwlog_correlate::{Incident, IncidentId};

/// What the next commit changes.
#[derive(Debug, Default)]
pub(super) struct Pending {
    incidents: BTreeMap<IncidentId, Incident>,
    /// Stored ids that go without a successor of the same id.
    deleted: BTreeSet<IncidentId>,
    /// Which incidents have an id, present or former.
    names: BTreeSet<(IncidentId, IncidentId)>,
    /// Which incidents have a life.
    lives: BTreeSet<(u128, IncidentId)>,
}

impl Pending {
    pub(super) fn len(&self) -> usize {
        self.incidents.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.incidents.is_empty() && self.deleted.is_empty()
    }

    pub(super) fn incidents(&self) -> impl Iterator<Item = &Incident> {
        self.incidents.values()
    }

    pub(super) fn deleted(&self) -> impl Iterator<Item = IncidentId> {
        self.deleted.iter().copied()
    }

    /// Whether a stored incident of that id is out of date.
    pub(super) fn replaces(&self, id: IncidentId) -> bool {
        self.incidents.contains_key(&id) || self.deleted.contains(&id)
    }

    /// The incidents that share an id or a life with this one.
    pub(super) fn like(&self, incident: &Incident) -> Vec<Incident> {
        const ALL: (IncidentId, IncidentId) = (IncidentId(0), IncidentId(u64::MAX));
        let names = std::iter::once(&incident.id).chain(&incident.formerly);
        let by_name = names.flat_map(|&name| self.names.range((name, ALL.0)..=(name, ALL.1)));
        let lives = incident.invocations.iter().map(|life| life.as_u128());
        let by_life = lives.flat_map(|life| self.lives.range((life, ALL.0)..=(life, ALL.1)));
        let ids: BTreeSet<IncidentId> =
            by_name.map(|&(_, id)| id).chain(by_life.map(|&(_, id)| id)).collect();
        ids.iter().filter_map(|id| self.incidents.get(id)).cloned().collect()
    }

    /// Takes an incident out, and has the stored one of its id deleted.
    pub(super) fn delete(&mut self, id: IncidentId) {
        self.forget(id);
        self.deleted.insert(id);
    }

    /// Puts an incident in, in place of the one of its id.
    pub(super) fn put(&mut self, incident: Incident) -> &Incident {
        let id = incident.id;
        self.forget(id);
        self.deleted.remove(&id);
        let names = std::iter::once(&id).chain(&incident.formerly);
        self.names.extend(names.map(|&name| (name, id)));
        self.lives.extend(incident.invocations.iter().map(|life| (life.as_u128(), id)));
        self.incidents.entry(id).or_insert(incident)
    }

    fn forget(&mut self, id: IncidentId) {
        let Some(old) = self.incidents.remove(&id) else { return };
        for name in std::iter::once(id).chain(old.formerly) {
            self.names.remove(&(name, id));
        }
        for life in old.invocations {
            self.lives.remove(&(life.as_u128(), id));
        }
    }
}
