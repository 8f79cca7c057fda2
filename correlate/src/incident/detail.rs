//! What is known of an incident beside its story.

use nwlog_ingest::event::unit::Exit;
use nwlog_ingest::event::{gap::GapKind, go, oom, oom::TaskSize};
use nwlog_ingest::time::Moment;
use serde::{Deserialize, Serialize};

use super::{Cause, Kind};

/// A root among the occurrences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseCount {
    /// Its kind.
    pub kind: Kind,
    /// The root.
    pub cause: Option<Cause>,
    /// How many occurrences have it.
    pub count: u64,
}

/// The process that ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Process {
    /// Its number.
    pub pid: Option<u32>,
    /// Its name.
    pub comm: Option<Box<str>>,
    /// How it ended.
    pub exit: Option<Exit>,
}

/// What is known of a kill for memory, of the last occurrence.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OomDetail {
    /// Whose limit it was, in the kernel's word.
    pub constraint: Option<oom::Constraint>,
    /// The process whose allocation failed.
    pub invoker: Option<oom::Task>,
    /// The process that was killed; none where only systemd told of the kill.
    pub victim: Option<oom::Victim>,
    /// The cgroup whose limit was reached.
    pub oom_memcg: Option<Box<str>>,
    /// Its usage.
    pub usage_kb: Option<u64>,
    /// Its limit.
    pub limit_kb: Option<u64>,
    /// The largest tasks.
    pub top: Vec<TaskSize>,
}

/// What is known of refused operations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiskDetail {
    /// The first file that was refused.
    pub path: Option<Box<str>>,
    /// Its directory.
    pub directory: Option<Box<str>>,
    /// Where the file system is mounted that refused, where the log tells.
    #[serde(default)]
    pub mount: Option<Box<str>>,
    /// The block device.
    pub device: Option<Box<str>>,
    /// The errno's name: `ENOSPC`.
    pub error: nwlog_ingest::event::DiskError,
    /// How many operations were refused.
    pub refused: u64,
}

/// What is known of a Go crash: the first occurrence's, for the later ones are mostly its echo.
pub type GoDetail = go::GoFact;

/// A line of the unit from before its first failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContextLine {
    /// When it was written.
    pub at: Moment,
    /// What it says.
    pub text: Box<str>,
}

/// Lines that are known to be missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// From when.
    pub from: Moment,
    /// Until when.
    pub to: Moment,
    /// Why.
    pub what: GapKind,
    /// How many, where that was said.
    pub count: Option<u64>,
}

/// What was left out by a limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Truncated {
    /// Lives that are not in `invocations`.
    pub occurrences: u64,
    /// Items that are not in `timeline`.
    pub timeline: u64,
    /// Lines that are not in `context`.
    pub context: u64,
    /// It was closed before its time, for too many were open: what came later stands in another one.
    #[serde(default)]
    pub early: bool,
}
