//! The story of an incident, item by item.

use nwlog_ingest::event::Writer;
use nwlog_ingest::time::Moment;
use serde::{Deserialize, Serialize};

/// One thing that happened, with the reason why it stands in this incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimelineItem {
    /// When it happened.
    pub at: Moment,
    /// Who said so.
    pub source: Writer,
    /// What it is, in one word: `oom-kill`, `main-exit`, `go-panic`, `line`.
    pub event: Box<str>,
    /// The unit that it is about, where that is known.
    pub unit: Option<Box<str>>,
    /// The process that it is about.
    pub pid: Option<u32>,
    /// The record's own text, cut and unescaped: escape it on output.
    pub text: Box<str>,
    /// What joined it to the incident.
    pub link: Link,
    /// How many records like it stand behind this item.
    pub count: u64,
}

/// What joined an item to its incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Link {
    /// The kernel named the unit's cgroup.
    KernelCgroup,
    /// The process id.
    Pid,
    /// The life of the unit: INVOCATION_ID.
    Invocation,
    /// The connection to journald.
    Stream,
    /// The container.
    Container,
    /// The same directory was refused.
    Directory,
    /// The same mount was refused.
    Mount,
    /// The restart counter.
    Counter,
    /// Weak: the unit's or the program's name alone.
    Name,
    /// Weak: near in time.
    Near,
}

impl Link {
    /// Whether this joins by more than a name or the time.
    pub const fn is_strong(self) -> bool {
        !matches!(self, Self::Name | Self::Near)
    }

    /// The link's name, as in the JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::KernelCgroup => "kernel-cgroup",
            Self::Pid => "pid",
            Self::Invocation => "invocation",
            Self::Stream => "stream",
            Self::Container => "container",
            Self::Directory => "directory",
            Self::Mount => "mount",
            Self::Counter => "counter",
            Self::Name => "name",
            Self::Near => "near",
        }
    }
}
