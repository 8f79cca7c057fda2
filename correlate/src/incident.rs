//! What the correlator makes: one failure, told once.

mod detail;
mod id;
mod names;

use nwlog_ingest::Id128;
use nwlog_ingest::event::Manager;
use nwlog_ingest::time::Moment;
use serde::{Deserialize, Serialize};

pub use detail::{CauseCount, ContextLine, DiskDetail, Gap, GoDetail, OomDetail, Process, Truncated};
pub use id::{BadId, IncidentId};
pub use names::{Cause, Kind, Outcome, Severity, State};

use crate::timeline::TimelineItem;

/// One failure of one unit or process, with all its occurrences: root, chain and end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// Which it is. The same entries give the same id.
    pub id: IncidentId,
    /// Ids that it absorbed.
    pub formerly: Vec<IncidentId>,
    /// Counts up at every change.
    pub revision: u64,
    /// Whether more may come.
    pub state: State,
    /// What kind of root it has.
    pub kind: Kind,
    /// The root itself; none where no record says whose memory limit it was.
    pub cause: Option<Cause>,
    /// Every root among the occurrences, where they differ.
    pub causes: Vec<CauseCount>,
    /// How bad it is.
    pub severity: Severity,
    /// How it ended.
    pub outcome: Outcome,
    /// The host's name.
    pub host: Option<Box<str>>,
    /// The machine.
    pub machine_id: Option<Id128>,
    /// The boot.
    pub boot_id: Option<Id128>,
    /// The service manager whose unit it is.
    pub manager: Manager,
    /// The unit that it is about. A user's unit is `user@UID/NAME`.
    pub unit: Option<Box<str>>,
    /// Every unit that it touched, the primary one first.
    pub units: Vec<Box<str>>,
    /// The lives that failed, in order.
    pub invocations: Vec<Id128>,
    /// When the first thing of it happened.
    pub first: Moment,
    /// When the last thing of it happened.
    pub last: Moment,
    /// How often it failed.
    pub occurrences: u64,
    /// How often it was restarted by itself.
    pub restarts: u64,
    /// How long the unit was down in all, in microseconds, where both ends are known.
    pub down_us: Option<u64>,
    /// From the first failure to systemd's record of it, in microseconds.
    pub detect_us: Option<u64>,
    /// From the last failure to running again, in microseconds.
    pub recover_us: Option<u64>,
    /// One sentence that says it.
    pub headline: String,
    /// systemd's own verdict on the last occurrence.
    pub systemd_result: Option<Box<str>>,
    /// The process that ended, of the last occurrence.
    pub process: Option<Process>,
    /// What the program said of its end before it ended by itself: its last line at a level such as `fatal`, with the
    /// error. Of the last occurrence that has one.
    #[serde(default)]
    pub last_word: Option<Box<str>>,
    /// What is known of a kill for memory.
    pub oom: Option<OomDetail>,
    /// What is known of refused operations.
    pub disk: Option<DiskDetail>,
    /// What is known of a Go crash.
    pub go: Option<GoDetail>,
    /// What happened, in true order.
    pub timeline: Vec<TimelineItem>,
    /// The journal's cursors of its first and last record.
    pub cursors: Option<(Box<str>, Box<str>)>,
    /// The unit's last lines before the first occurrence.
    pub context: Vec<ContextLine>,
    /// What the unit's lines before its failures told beside their text: `NAME=value`, each once.
    #[serde(default)]
    pub fields: Vec<Box<str>>,
    /// What is known to be missing.
    pub gaps: Vec<Gap>,
    /// What was left out by a limit.
    pub truncated: Truncated,
    /// Incidents that this one names.
    pub links: Vec<IncidentId>,
    /// The incident that took it over, where it is withdrawn.
    #[serde(default)]
    pub into: Option<IncidentId>,
}

/// The most fields that an incident keeps.
pub const MAX_FIELDS: usize = 64;
