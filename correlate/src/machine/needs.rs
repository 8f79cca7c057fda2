//! Units that were not started because one that they need failed: which one, and all who waited for it.
//!
//! systemd says "Dependency failed for …" without saying for which. It says so in the moment in which the other one's start
//! job fails (systemd, src/core/job.c, job_finish_and_invalidate), so the job that failed last is meant, and what waits for
//! one that waits is told in the same breath. Nothing but the time joins them: the link is `near`, and `--strict` leaves it
//! out. A unit that needs one that was down already (`Requisite=`) has no such job before it, and no root.

use std::collections::VecDeque;

use nwlog_ingest::event::Manager;
use nwlog_ingest::time::Moment;
use serde::{Deserialize, Serialize};

use super::Machine;
use crate::config::Config;
use crate::incident::Cause;
use crate::key::Subject;
use crate::occurrence::Occurrence;
use crate::timeline::{Link, TimelineItem};

/// How long after a start job failed the units that waited for it are still told, in microseconds: they are told at once,
/// and a slow machine writes some thousand lines a second.
const AT_ONCE_US: u64 = 250_000;
/// How long a pair is remembered, in microseconds: both of it are told within minutes, and a device has no incident.
const WAITS_US: u64 = 600_000_000;
/// The pairs that are remembered.
const MAX_PAIRS: usize = 256;

/// Which start job failed last, and who waited for it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Needs {
    last: Option<(Manager, Moment, Subject)>,
    pairs: VecDeque<Pair>,
}

/// A unit that was not started, and the one that it needs.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Pair {
    at: Moment,
    waits: Subject,
    root: Subject,
    is_linked: bool,
}

impl Needs {
    /// Notes that a start job failed.
    pub(super) fn note(&mut self, subject: &Subject, at: Moment, result: &str) {
        if result != "dependency" {
            self.last = Some((subject.manager, at, subject.clone()));
            return;
        }
        let meant = |(manager, failed, _): &&(Manager, Moment, Subject)| {
            *manager == subject.manager && failed.order(&at).is_le() && at.since(failed) <= AT_ONCE_US
        };
        let Some((_, _, root)) = self.last.as_ref().filter(meant) else { return };
        // In text the job's own record says it once more.
        let is_known = |pair: &Pair| pair.waits == *subject && at.since(&pair.at) <= AT_ONCE_US;
        if self.pairs.iter().any(is_known) {
            return;
        }
        if self.pairs.len() == MAX_PAIRS {
            self.pairs.pop_front();
        }
        let pair = Pair { at, waits: subject.clone(), root: root.clone(), is_linked: false };
        self.pairs.push_back(pair);
    }

    /// Adds to a start that failed for another unit which one that was.
    pub(super) fn tell(&self, told: &mut Occurrence) {
        if told.cause != Some(Cause::Dependency) {
            return;
        }
        let is_its = |pair: &&Pair| pair.waits == told.subject && pair.at.since(&told.first) <= AT_ONCE_US;
        let Some(pair) = self.pairs.iter().rev().find(is_its) else { return };
        let name = pair.root.printed().unwrap_or_default();
        told.items.push(item(pair.at, &pair.root, format!("{name} failed, which it needs"), "needed"));
    }
}

impl Machine {
    /// Makes the incidents of a unit and of those that waited for it name each other.
    pub(super) fn link_needs(&mut self, config: &Config) {
        if config.strict {
            return;
        }
        self.needs.pairs.retain(|pair| pair.at.key().saturating_add(WAITS_US) >= self.now);
        for pair in self.needs.pairs.iter_mut().filter(|pair| !pair.is_linked) {
            let find = |subject: &Subject| {
                let about = self.episodes.iter().rev().filter(|(_, episode)| episode.subject == *subject);
                let mut near = about.filter(|(_, episode)| episode.goes_on_at(&pair.at));
                near.next().map(|(number, episode)| (*number, episode.id))
            };
            let (Some(root), Some(waits)) = (find(&pair.root), find(&pair.waits)) else { continue };
            pair.is_linked = true;
            for ((number, _), (_, other)) in [(root, waits), (waits, root)] {
                self.episodes.get_mut(&number).into_iter().for_each(|episode| episode.name(other));
            }
            let [waits_name, root_name] =
                [&pair.waits, &pair.root].map(|one| one.printed().unwrap_or_default());
            let text = format!("{waits_name} was not started, for it needs {root_name}");
            let item = item(pair.at, &pair.waits, text, "waited");
            let root = self.episodes.get_mut(&root.0);
            root.into_iter().for_each(|root| root.was_needed_by(&pair.waits, item.clone()));
        }
    }
}

fn item(at: Moment, about: &Subject, text: String, event: &str) -> TimelineItem {
    TimelineItem {
        at,
        source: nwlog_ingest::event::Writer::Systemd,
        event: event.into(),
        unit: about.unit.clone(),
        pid: None,
        text: text.into(),
        link: Link::Near,
        count: 1,
        occurrence: 0,
    }
}
