//! What happens to incidents while the log goes on.

use crate::incident::Incident;

/// A change to an incident, with the incident as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What happened to it.
    pub kind: ChangeKind,
    /// The incident.
    pub incident: Incident,
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
