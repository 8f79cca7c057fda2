//! How far the log was followed whose incidents a store holds.

use std::io::{self, Write};

use chrono::Utc;
use nwlog_index::Store;
use nwlog_ingest::time::Moment;
use serde::Serialize;

use crate::output::time::rfc3339;
use crate::output::{View, escape};
use crate::pipeline::live::progress::Progress;
use crate::pipeline::live::state::{Stood, stood};

/// How a follower does, as JSON: what it wrote down last, and what it has committed.
#[derive(Serialize)]
pub(super) struct Follower {
    #[serde(skip_serializing_if = "Option::is_none")]
    pid: Option<u32>,
    caught_up: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    read: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lag_us: Option<u64>,
    entries_per_s: f64,
    entries: u64,
    gaps: u64,
    missing: u64,
    incidents_told: u64,
    held: usize,
    dropped: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    trouble: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    committed: Option<Committed>,
    #[serde(skip)]
    at: Option<u64>,
}

/// What the store has of where it stood.
#[derive(Serialize)]
struct Committed {
    position: String,
    entries: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    read: Option<String>,
}

impl Follower {
    /// The follower of a store; none where nobody ever followed.
    pub(super) fn of(store: &Store) -> anyhow::Result<Option<Self>> {
        let stood = store.checkpoint()?.as_ref().and_then(stood);
        let progress = Progress::read(store.dir());
        if stood.is_none() && progress.is_none() {
            return Ok(None);
        }
        let progress = progress.unwrap_or_else(|| known_by(stood.as_ref()));
        let now = u64::try_from(Utc::now().timestamp_micros()).unwrap_or_default();
        let is_alive = progress.is_alive();
        let time = |micros: Option<u64>| micros.and_then(|micros| rfc3339(&moment(micros)));
        Ok(Some(Self {
            pid: progress.pid.filter(|_| is_alive),
            caught_up: progress.caught_up && is_alive,
            read: time(progress.read),
            lag_us: progress.lag(now),
            entries_per_s: if is_alive { progress.rate } else { 0.0 },
            entries: progress.counts.entries,
            gaps: progress.counts.gaps,
            missing: progress.counts.missing,
            incidents_told: progress.counts.incidents,
            held: progress.held,
            dropped: progress.dropped,
            trouble: progress.fails,
            at: progress.read,
            committed: stood.map(|stood| Committed {
                entries: stood.counts.entries,
                read: time(stood.read),
                position: stood.position,
            }),
        }))
    }

    /// The same for people.
    pub(super) fn lines(&self, out: &mut dyn Write, view: &View) -> io::Result<()> {
        let words = &view.words().status;
        let to = self.at.map(|at| view.zone.day_and_time(&moment(at))).unwrap_or_default();
        let lag = self.lag_us.map(view.words().duration);
        let behind = lag.as_deref().unwrap_or(words.unknown_time);
        let behind = Some(behind).filter(|_| self.pid.is_none() || !self.caught_up);
        let rate = self.pid.map(|_| (words.rate)(self.entries_per_s)).unwrap_or_default();
        let gaps = match self.gaps {
            0 => words.no_gaps.to_owned(),
            gaps => (words.missing)(gaps, self.missing),
        };
        let waiting = match (self.held as u64, self.dropped) {
            (0, 0) => String::new(),
            (held, dropped) => (words.held)(held, dropped),
        };
        let trouble = self.trouble.as_deref().map(|text| (view.words().message)(text));
        let rows = [
            (words.followed, (words.to)(&to, self.pid, behind) + &rate),
            (words.read, (words.entries)(self.entries)),
            (words.gaps, gaps),
            (words.waiting, waiting),
            (words.trouble, trouble.as_deref().map(escape::line).unwrap_or_default().into_owned()),
        ];
        rows.into_iter().try_for_each(|(name, value)| super::row(out, view, name, &value))
    }
}

/// What is known where only the commit is there.
fn known_by(stood: Option<&Stood>) -> Progress {
    let stood = stood.cloned().unwrap_or_default();
    Progress { read: stood.read, counts: stood.counts, ..Progress::default() }
}

fn moment(micros: u64) -> Moment {
    Moment { realtime: Some(micros), monotonic: None }
}
