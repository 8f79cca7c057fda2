//! Joins the typed events of machines into incidents.
//!
//! No I/O and no clock: events and the passing of time are data, and the same events give the same incidents with
//! the same ids, however they were cut, batched or delayed.

mod incident;
mod timeline;

pub use incident::{
    BadId, Cause, CauseCount, ContextLine, DiskDetail, Gap, GoDetail, Incident, IncidentId, Kind, OomDetail,
    Outcome, Process, Severity, State, Truncated,
};
pub use timeline::{Link, TimelineItem};
