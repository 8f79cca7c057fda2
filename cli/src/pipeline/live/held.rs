//! Incidents that are not in the store yet.

use std::collections::BTreeMap;

use nwlog_correlate::{Incident, IncidentId};

/// What they may take, in bytes of JSON.
const MAX_BYTES: usize = 32 << 20;

/// Incidents that are not in the store yet, each as it was told last. Where they are too many, the oldest go.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// By the order in which they were told.
    incidents: BTreeMap<u64, (Incident, usize)>,
    places: BTreeMap<IncidentId, u64>,
    told: u64,
    bytes: usize,
    dropped: u64,
}

impl Held {
    /// Takes an incident, in place of what was told of it before.
    pub(super) fn put(&mut self, incident: Incident) {
        self.take(incident.id);
        let bytes = serde_json::to_vec(&incident).map_or(0, |json| json.len());
        self.told += 1;
        self.bytes = self.bytes.saturating_add(bytes);
        self.places.insert(incident.id, self.told);
        self.incidents.insert(self.told, (incident, bytes));
        while self.bytes > MAX_BYTES && self.incidents.len() > 1 {
            let Some((_, (oldest, _))) = self.incidents.first_key_value() else { break };
            let oldest = oldest.id;
            self.take(oldest);
            self.dropped += 1;
        }
    }

    /// All of them, as they were told last.
    pub(super) fn all(&self) -> Vec<Incident> {
        self.incidents.values().map(|(incident, _)| incident.clone()).collect()
    }

    /// These are in the store. What was told of one since is not.
    pub(super) fn stored(&mut self, stored: &[(IncidentId, u64)]) {
        for (id, revision) in stored {
            let place = self.places.get(id).and_then(|place| self.incidents.get(place));
            if place.is_some_and(|(incident, _)| incident.revision == *revision) {
                self.take(*id);
            }
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.incidents.len()
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.incidents.is_empty()
    }

    /// How many had to go without ever being stored.
    pub(super) fn dropped(&self) -> u64 {
        self.dropped
    }

    fn take(&mut self, id: IncidentId) {
        let gone = self.places.remove(&id).and_then(|place| self.incidents.remove(&place));
        self.bytes -= gone.map_or(0, |(_, bytes)| bytes);
    }
}
