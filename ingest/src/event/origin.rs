//! Who wrote a record, as far as journald proved it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Id128;

/// Who wrote a record. Only fields that the writer cannot set go in here.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// The machine, from the journal file or `_MACHINE_ID`.
    pub machine: Option<Id128>,
    /// The boot, `_BOOT_ID`.
    pub boot: Option<Id128>,
    /// The host's name, `_HOSTNAME`.
    pub host: Option<Box<str>>,
    /// Who speaks.
    pub writer: Writer,
    /// The service manager whose unit this is about.
    pub manager: Manager,
    /// The unit that it is about: for a manager's record the one that it names, for a kernel's OOM kill the
    /// victim's, else the unit of the process that wrote it. A container outside any unit is its cgroup path.
    pub unit: Option<Box<str>>,
    /// The life of that unit (`INVOCATION_ID`).
    pub invocation: Option<Id128>,
    /// The process that wrote it; of a kernel's kill the victim, in the kernel's own numbers.
    pub pid: Option<u32>,
    /// That process's name, `_COMM` or, in text, the syslog identifier.
    pub comm: Option<Box<str>>,
    /// The connection to journald that it came through, `_STREAM_ID`.
    pub stream: Option<Id128>,
    /// Its engine wrote it for a container: that is the unit, and this is what the engine calls it. The process is not
    /// known then, nor the life.
    #[serde(default)]
    pub container: Option<Box<str>>,
}

/// Who speaks in a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Writer {
    /// The kernel itself.
    Kernel,
    /// A service manager: PID 1, or a user's.
    Systemd,
    /// Everyone else.
    #[default]
    Unit,
}

/// The service manager that a unit belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Manager {
    /// PID 1.
    #[default]
    System,
    /// A user's manager, by uid.
    User(u32),
}

impl fmt::Display for Manager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System => f.write_str("system"),
            Self::User(uid) => write!(f, "user@{uid}"),
        }
    }
}

/// Tells a record from every other of its machine.
///
/// Made of (boot, `__MONOTONIC_TIMESTAMP`, `__REALTIME_TIMESTAMP`, the cursor's `x=`); for kernel records of (boot,
/// `_SOURCE_MONOTONIC_TIMESTAMP`, MESSAGE), so that /dev/kmsg agrees with the journal; where these are missing, of
/// the text and its place. Never of the whole cursor or the sequence number: a flush to /var and an import change
/// both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identity(pub u64);
