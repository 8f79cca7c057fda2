//! What happened in a life beside its end.

use nwlog_ingest::event::{Context, DiskError, DiskFact, GoFact, Identity, go::GoReason, oom::OomKill};
use nwlog_ingest::parse::disk;
use nwlog_ingest::time::Moment;
use serde::{Deserialize, Serialize};

use super::{Life, MAX_FACTS, RUN_GAP_US};
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

    /// Counts panics that nothing proves among the refusals that their values end in: a program that writes such a line was
    /// refused, whatever became of it.
    pub(crate) fn believe_refusals(&mut self, mut of: impl FnMut(&Dump) -> bool) {
        let is_one = |dump: &mut Dump| dump.refused().is_some() && of(dump);
        for dump in self.dumps.extract_if(.., is_one).collect::<Vec<_>>() {
            if let Some(refused) = dump.refused() {
                let Dump { at, record, context, .. } = dump;
                let item = TimelineItem { event: "refused".into(), ..dump.item };
                self.add_refusal(at, &refused, || Run::of(at, record, &refused, item, context));
            }
        }
    }

    /// Counts a refusal in its run, or begins with one.
    pub(crate) fn add_refusal(&mut self, at: Moment, refused: &DiskFact, begin: impl FnOnce() -> Run) {
        let same = |run: &&mut Run| {
            run.error == refused.error
                && run.directory == refused.directory
                && at.since(&run.last) <= RUN_GAP_US
        };
        if let Some(run) = self.runs.iter_mut().rev().find(same) {
            run.refused += 1;
            run.item.count += 1;
            if at.order(&run.last).is_gt() {
                run.last = at;
            }
        } else if self.runs.len() < MAX_FACTS {
            self.runs.push(begin());
        } else {
            self.items.dropped += 1;
        }
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

    /// The refusal that the value of an unproved panic ends in. Behind a prefix it may be another program's.
    fn refused(&self) -> Option<DiskFact> {
        let is_own = self.is_unconfirmed() && !self.go.prefixed && self.go.reason == GoReason::Panic;
        is_own.then(|| disk::refused(self.go.value.as_bytes())).flatten()
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

impl Run {
    /// Begins with one refusal.
    pub(crate) fn of(
        at: Moment,
        record: Identity,
        refused: &DiskFact,
        item: TimelineItem,
        context: Context,
    ) -> Self {
        Self {
            error: refused.error,
            directory: refused.directory.clone(),
            path: refused.path.clone(),
            device: refused.device.clone(),
            first: at,
            last: at,
            record,
            refused: 1,
            item,
            context,
        }
    }
}
