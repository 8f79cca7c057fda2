//! Typed facts, read out of entries.

mod context;
pub mod disk;
pub mod gap;
pub mod go;
pub mod oom;
pub mod origin;
pub mod storage;
pub mod unit;

use serde::{Deserialize, Serialize};

pub use context::{Context, Shelf};
pub use disk::{DiskError, DiskFact};
pub use gap::GapFact;
pub use go::GoFact;
pub use oom::OomFact;
pub use origin::{Identity, Manager, Origin, Writer};
pub use storage::StorageFact;
pub use unit::UnitFact;

use crate::time::Moment;

/// The longest text of a record that an event keeps, in bytes.
pub const MAX_TEXT: usize = 1024;

/// One typed fact, owned and small.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// When it happened, by its own clock.
    pub at: Moment,
    /// When the last record that tells of it was stored: never before `at`, and what watermarks are made of.
    pub received: Moment,
    /// Who wrote it, as far as that is proved.
    pub origin: Origin,
    /// Tells this record from every other, however the journal was exported, flushed or rotated.
    pub identity: Identity,
    /// The journal's cursor of its first record, for `journalctl --cursor`.
    pub cursor: Option<Box<str>>,
    /// The record's text, at most [`MAX_TEXT`] bytes of it, as UTF-8. It may hold anything: escape it on output.
    pub text: Box<str>,
    /// What was read.
    pub fact: Fact,
    /// The unit's own lines from before this, oldest first, where the fact may open an incident. It does not tell
    /// events apart.
    pub context: Context,
}

/// What an event says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Fact {
    /// The kernel, systemd-oomd or earlyoom killed for memory.
    Oom(OomFact),
    /// An operation was refused by a file system, or failed below it.
    Disk(DiskFact),
    /// A Go program crashed, or was made to dump its goroutines.
    Go(Box<GoFact>),
    /// A service manager said something about a unit.
    Unit(UnitFact),
    /// Records are known to be missing.
    Gap(GapFact),
    /// The kernel said something about a file system, or the device below it.
    Storage(StorageFact),
}

/// A line that a unit wrote, kept for the context of an incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// When it was written, or stored where that is not known.
    pub at: Moment,
    /// The life of the unit that wrote it.
    pub invocation: Option<crate::Id128>,
    /// The process that wrote it.
    pub pid: Option<u32>,
    /// The text, at most [`MAX_TEXT`] bytes of it.
    pub text: Box<str>,
    /// What else the program told of it: `NAME=value`, a few short ones at most.
    #[serde(default)]
    pub fields: Box<[Box<str>]>,
}
