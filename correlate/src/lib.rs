//! Joins the typed events of machines into incidents.
//!
//! No I/O and no clock: events and the passing of time are data, and the same events give the same incidents with
//! the same ids, however they were cut, batched or delayed.

mod change;
mod config;
mod correlator;
mod episode;
mod headline;
mod incident;
mod key;
mod last_word;
mod life;
mod machine;
mod occurrence;
mod preview;
mod rule;
mod timeline;
mod unit;
mod window;
mod wording;

pub use change::{Change, ChangeKind, Corrected};
pub use config::Config;
pub use correlator::{Advance, Correlator, RestoreError};
pub use headline::headline;
pub use incident::{
    BadId, Cause, CauseCount, ContextLine, DiskDetail, Gap, GoDetail, Incident, IncidentId, Kind, MAX_FIELDS,
    OomDetail, Outcome, Process, Severity, State, Truncated,
};
pub use preview::Preview;
pub use timeline::{Link, TimelineItem};
pub use wording::{signal, size};
