//! What happens to incidents while the log goes on.

use nwlog_ingest::Id128;

use crate::incident::Incident;

/// A change to an incident, with the incident as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What happened to it.
    pub kind: ChangeKind,
    /// The incident.
    pub incident: Incident,
    /// What it was told to have before and does not: none where it has all of that.
    pub corrects: Option<Corrected>,
}

/// What an incident was told to be, before it was known better.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrected {
    /// Its lives.
    pub invocations: Vec<Id128>,
    /// How many occurrences.
    pub occurrences: u64,
}

impl Corrected {
    /// What was told of an incident before, if that is more than what is told now.
    pub(crate) fn of(before: &Incident, now: &Incident) -> Option<Self> {
        let is_less = before.occurrences > now.occurrences
            || before.invocations.iter().any(|life| !now.invocations.contains(life));
        is_less.then(|| Self { invocations: before.invocations.clone(), occurrences: before.occurrences })
    }

    /// Takes in what was told at another time.
    pub fn extend(&mut self, other: &Self) {
        self.occurrences = self.occurrences.max(other.occurrences);
        let new = other.invocations.iter().filter(|life| !self.invocations.contains(life));
        let new: Vec<_> = new.copied().collect();
        self.invocations.extend(new);
    }
}

/// What happened to an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// It is new.
    Opened,
    /// More is known of it.
    Updated,
    /// Nothing more will come.
    Closed,
    /// It was said too early.
    Withdrawn,
}
