//! The incidents that were closed lately.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::incident::IncidentId;

/// As many are remembered.
const MAX_CLOSED: usize = 1_024;

/// The incidents that were closed lately, with their revisions: a record that journald stored long after it was written
/// goes on with one of them.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Closed(VecDeque<(IncidentId, u64)>);

impl Closed {
    /// Remembers one.
    pub(super) fn note(&mut self, id: IncidentId, revision: u64) {
        if self.0.len() >= MAX_CLOSED {
            self.0.pop_front();
        }
        self.0.push_back((id, revision));
    }

    /// Takes out the revision of one that goes on.
    pub(super) fn take(&mut self, id: IncidentId) -> Option<u64> {
        let at = self.0.iter().rposition(|(known, _)| *known == id)?;
        self.0.remove(at).map(|(_, revision)| revision)
    }
}
