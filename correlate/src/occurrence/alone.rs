//! What a part of an end would have been called, had the log ended before the life did.

use nwlog_ingest::event::{DiskError, Identity};
use serde::{Deserialize, Serialize};

use super::{Occurrence, refused_value};
use crate::incident::{IncidentId, Kind};
use crate::key::{BootKey, Subject, incident_id};
use crate::life::{Dump, Kill, Life, Run};
use crate::rule::{Verdict, go_panic};

/// A part of an end that is a story of its own as long as the end is not known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Alone {
    /// A process, where the end alone says whose it is.
    pub(crate) subject: Subject,
    pub(crate) kind: Kind,
    pub(crate) record: Identity,
    /// What was refused, and where.
    pub(crate) refusal: Option<(DiskError, Box<str>)>,
}

impl Alone {
    /// The incident that it would be.
    pub(crate) fn id(&self, boot: &BootKey) -> IncidentId {
        incident_id(boot, &self.subject, None, self.record)
    }
}

impl Occurrence {
    /// It as something that its life outlives.
    pub(crate) fn as_alone(&self) -> Alone {
        let refusal = self.refusal().map(|(error, directory)| (error, directory.into()));
        Alone { subject: self.subject.clone(), kind: self.kind, record: self.record, refusal }
    }
}

/// What would have been told of a life without its end.
pub(super) fn alone(
    subject: &Subject,
    life: &Life,
    kills: &[Kill],
    dumps: &[Dump],
    runs: &[Run],
) -> Vec<Alone> {
    let of = |kind: Kind, record: Identity| Alone { subject: subject.clone(), kind, record, refusal: None };
    let word = life.kill_told_by.map(|record| of(Kind::OomKill, record));
    let is_first = |(at, kill): &(usize, &Kill)| {
        !kills.iter().take(*at).any(|before| before.oom.block == kill.oom.block)
    };
    let kills = kills.iter().enumerate().filter(is_first).map(|(_, kill)| {
        let victim = &kill.oom.victim;
        let by_name = victim.cgroup.is_none().then(|| Subject::process(&victim.comm));
        Alone { subject: by_name.unwrap_or(subject.clone()), ..of(Kind::OomKill, kill.record) }
    });
    let dumps = dumps.iter().map(|dump| {
        let Verdict { kind, .. } = go_panic::of_dump(dump, &dump.at);
        let refused = refused_value(&dump.go).filter(|_| kind == Kind::DiskFull);
        let refusal = refused.and_then(|disk| Some((disk.error, disk.directory?)));
        Alone { refusal, ..of(kind, dump.record) }
    });
    let runs = runs.iter().map(|run| {
        let refusal = run.directory.clone().map(|directory| (run.error, directory));
        Alone { refusal, ..of(Kind::DiskFull, run.record) }
    });
    word.into_iter().chain(kills).chain(dumps).chain(runs).collect()
}
