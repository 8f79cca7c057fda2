//! What happened in a life beside its end.

use nwlog_ingest::event::{Context, DiskError, GoFact, Identity, go::GoReason, oom::OomKill};
use nwlog_ingest::time::Moment;
use serde::{Deserialize, Serialize};

use super::Life;
use crate::timeline::{Items, TimelineItem};

impl Life {
    /// What happened from a moment on is nothing to be told of.
    pub(crate) fn forget_from(&mut self, began: &Moment) {
        let is_before = |at: &Moment| at.order(began).is_lt();
        self.kills.retain(|kill| is_before(&kill.at));
        self.dumps.retain(|dump| is_before(&dump.at));
        self.runs.retain(|run| is_before(&run.first));
        self.oom_told = self.oom_told.filter(is_before);
        self.oomd = self.oomd.filter(is_before);
    }
}

/// A kernel's kill in this life.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Kill {
    pub(crate) at: Moment,
    pub(crate) record: Identity,
    pub(crate) oom: OomKill,
    pub(crate) items: Items,
    pub(crate) context: Context,
}

/// A Go dump in this life.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Dump {
    pub(crate) at: Moment,
    pub(crate) record: Identity,
    pub(crate) go: GoFact,
    pub(crate) pid: Option<u32>,
    #[serde(default)]
    pub(crate) comm: Option<Box<str>>,
    pub(crate) item: TimelineItem,
    pub(crate) context: Context,
}

impl Dump {
    /// net/http recovered it, and the process lives.
    pub(crate) fn is_recovered(&self) -> bool {
        self.go.reason == GoReason::HttpPanic
    }

    /// The race detector's report: the process lives.
    pub(crate) fn is_race(&self) -> bool {
        self.go.reason == GoReason::DataRace
    }

    /// Nothing but its first line was seen, which a program may have written into its log; or all of it stood behind a
    /// logger's prefix, and may be an echo.
    pub(crate) fn is_unconfirmed(&self) -> bool {
        self.go.prefixed || (self.go.goroutines == 0 && self.go.signal.is_none())
    }
}

/// A run of operations that were refused in one directory with one error.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Run {
    pub(crate) error: DiskError,
    pub(crate) directory: Option<Box<str>>,
    pub(crate) path: Option<Box<str>>,
    pub(crate) device: Option<Box<str>>,
    pub(crate) first: Moment,
    pub(crate) last: Moment,
    pub(crate) record: Identity,
    pub(crate) refused: u64,
    pub(crate) item: TimelineItem,
    pub(crate) context: Context,
}
