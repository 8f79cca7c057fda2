//! How far the log was followed whose incidents a store holds.

use std::io::{self, Write};

use chrono::Utc;
use nwlog_index::Store;
use nwlog_ingest::time::Moment;
use serde::Serialize;

use crate::output::time::rfc3339;
use crate::output::{View, amount, escape};
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
        let to = self.at.map(|at| view.zone.day_and_time(&moment(at))).unwrap_or_default();
        let by = match self.pid {
            Some(pid) if self.caught_up => format!("by process {pid}: all of it"),
            Some(pid) => format!("by process {pid}: {} behind", self.behind()),
            None => format!("by none now, {} behind", self.behind()),
        };
        let rate = self.pid.map(|_| format!(", {} entries a second of late", self.entries_per_s));
        let gaps = match self.gaps {
            0 => "none".to_owned(),
            _ => format!(
                "{}, where {} are known to be missing",
                self.gaps,
                amount::count(self.missing, "entry")
            ),
        };
        let mut waiting = String::new();
        if self.held > 0 || self.dropped > 0 {
            waiting =
                format!("{}, and {} were dropped", amount::count(self.held as u64, "incident"), self.dropped);
        }
        for (name, value) in [
            ("followed", format!("to {to}, {by}{}", rate.unwrap_or_default())),
            ("read", amount::count(self.entries, "entry")),
            ("gaps", gaps),
            ("waiting", waiting),
            (
                "trouble",
                self.trouble.as_deref().map(|text| escape::line(text).into_owned()).unwrap_or_default(),
            ),
        ] {
            if !value.is_empty() {
                let strong = view.palette.strong;
                writeln!(out, "{strong}{name:<9}{strong:#}  {value}")?;
            }
        }
        Ok(())
    }

    fn behind(&self) -> String {
        self.lag_us.map_or_else(|| "an unknown time".to_owned(), amount::duration)
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
