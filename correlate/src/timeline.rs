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
    /// Which of the incident's occurrences it tells of, counted from 1 in the order in which they were told.
    #[serde(default)]
    pub occurrence: u64,
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

/// A process's word of an instant comes before the kernel's, and the manager's last: it tells of what the others did.
fn in_true_order(a: &TimelineItem, b: &TimelineItem) -> std::cmp::Ordering {
    let rank = |item: &TimelineItem| match item.source {
        Writer::Unit => 0,
        Writer::Kernel => 1,
        Writer::Systemd => 2,
    };
    a.at.order(&b.at).then_with(|| rank(a).cmp(&rank(b)))
}

/// The most items that one life keeps.
const MAX_ITEMS: usize = 48;

/// As many as most lives have.
const USUAL_ITEMS: usize = 8;

/// A bounded list of items, which says what it dropped.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Items {
    pub(crate) list: Vec<TimelineItem>,
    pub(crate) dropped: u64,
}

impl Items {
    pub(crate) fn push(&mut self, item: TimelineItem) {
        if self.list.is_empty() {
            self.list.reserve_exact(USUAL_ITEMS);
        }
        if self.list.len() < MAX_ITEMS { self.list.push(item) } else { self.dropped += item.count }
    }

    pub(crate) fn extend(&mut self, other: Self) {
        other.list.into_iter().for_each(|item| self.push(item));
        self.dropped += other.dropped;
    }
}

/// The items of a whole episode: the first ones and the last ones.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Timeline {
    head: Vec<TimelineItem>,
    tail: std::collections::VecDeque<TimelineItem>,
    dropped: u64,
}

/// The items that an episode keeps from its beginning.
const MAX_HEAD: usize = 64;
/// The items that an episode keeps from its end.
const MAX_TAIL: usize = 64;

impl Timeline {
    pub(crate) fn extend(&mut self, mut items: Items) {
        items.list.sort_by(in_true_order);
        self.dropped += items.dropped;
        for item in items.list {
            if self.head.len() < MAX_HEAD {
                self.head.push(item);
                continue;
            }
            if self.tail.len() == MAX_TAIL {
                self.dropped += self.tail.pop_front().map_or(0, |item| item.count);
            }
            self.tail.push_back(item);
        }
    }

    /// Whether an item stands at a moment.
    pub(crate) fn tells_of(&self, at: &Moment) -> bool {
        self.head.iter().chain(&self.tail).any(|item| item.at == *at)
    }

    /// The items in true order, and how many are left out.
    pub(crate) fn items(&self) -> (Vec<TimelineItem>, u64) {
        let mut items: Vec<_> = self.head.iter().chain(&self.tail).cloned().collect();
        items.sort_by(in_true_order);
        (items, self.dropped)
    }
}
