//! Incidents that are not in the store yet.

use std::collections::BTreeMap;

use nwlog_correlate::{Corrected, Incident, IncidentId};

/// What they may take, in bytes of JSON.
const MAX_BYTES: usize = 32 << 20;

/// Incidents that are not in the store yet, each as it was told last. Where they are too many, the oldest go.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// By the order in which they were told.
    incidents: BTreeMap<u64, (Revision, usize)>,
    places: BTreeMap<IncidentId, u64>,
    told: u64,
    bytes: usize,
    dropped: u64,
}

/// An incident, and what the store may have of it that is not so.
#[derive(Clone, Debug)]
pub(super) struct Revision {
    pub(super) incident: Incident,
    pub(super) corrects: Option<Corrected>,
}

impl Held {
    /// Takes an incident, in place of what was told of it before.
    pub(super) fn put(&mut self, incident: Incident, mut corrects: Option<Corrected>) {
        if let Some(Revision { corrects: Some(before), .. }) = self.take(incident.id) {
            corrects = Some(match corrects {
                Some(mut corrects) => {
                    corrects.extend(&before);
                    corrects
                }
                None => before,
            });
        }
        let bytes = serde_json::to_vec(&incident).map_or(0, |json| json.len());
        self.told += 1;
        self.bytes = self.bytes.saturating_add(bytes);
        self.places.insert(incident.id, self.told);
        self.incidents.insert(self.told, (Revision { incident, corrects }, bytes));
        while self.bytes > MAX_BYTES && self.incidents.len() > 1 {
            let Some((_, (oldest, _))) = self.incidents.first_key_value() else { break };
            let oldest = oldest.incident.id;
            self.take(oldest);
            self.dropped += 1;
        }
    }

    /// All of them, as they were told last.
    pub(super) fn all(&self) -> Vec<Revision> {
        self.incidents.values().map(|(revision, _)| revision.clone()).collect()
    }

    /// These are in the store. What was told of one since is not.
    pub(super) fn stored(&mut self, stored: &[(IncidentId, u64)]) {
        for (id, revision) in stored {
            let place = self.places.get(id).and_then(|place| self.incidents.get(place));
            if place.is_some_and(|(held, _)| held.incident.revision == *revision) {
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

    fn take(&mut self, id: IncidentId) -> Option<Revision> {
        let place = self.places.remove(&id)?;
        let (gone, bytes) = self.incidents.remove(&place)?;
        self.bytes -= bytes;
        Some(gone)
    }
}

#[cfg(test)]
mod tests {
    use nwlog_corpora::scenario;
    use nwlog_correlate::{Advance, Correlator};
    use nwlog_ingest::scan::{Scanned, Session};
    use nwlog_ingest::source::{Chunks, Limits};

    use super::*;

    fn incident() -> Incident {
        let (_, story) =
            scenario::all().unwrap().into_iter().find(|(name, _)| name == "exec-failed").unwrap();
        let mut correlator = Correlator::new(Default::default());
        let mut session = Session::default();
        for chunk in Chunks::new(&*story.export(), Limits::default()).unwrap() {
            session.take(Scanned::of(chunk.unwrap()), &mut |event| correlator.push(event));
        }
        correlator.advance(Advance::End);
        correlator.changes().remove(0).incident
    }

    #[test]
    fn the_newest_are_held_and_the_others_counted() {
        let mut held = Held::default();
        let mut one = incident();
        one.headline = "x".repeat(MAX_BYTES / 10);
        for n in 0..25 {
            held.put(Incident { id: IncidentId(n), ..one.clone() }, None);
        }
        let ids: Vec<_> = held.all().iter().map(|held| held.incident.id.0).collect();
        assert_eq!(ids, (16..25).collect::<Vec<_>>());
        assert_eq!(held.dropped(), 16);
    }

    #[test]
    fn what_was_told_again_meanwhile_is_not_stored_yet() {
        let mut held = Held::default();
        let one = incident();
        held.put(one.clone(), None);
        held.put(Incident { revision: one.revision + 1, ..one.clone() }, None);
        assert_eq!(held.len(), 1);
        held.stored(&[(one.id, one.revision)]);
        assert_eq!(held.len(), 1);
        held.stored(&[(one.id, one.revision + 1)]);
        assert!(held.is_empty() && held.bytes == 0);
    }
}
