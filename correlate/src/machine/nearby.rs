//! What the kernel said of no unit, and may explain what befell one.
//!
//! Nothing but the time joins it, and a name where there is one: the link is `near`, and `--strict` leaves it out.

use std::collections::VecDeque;

use nwlog_ingest::Event;
use nwlog_ingest::event::Writer;
use nwlog_ingest::event::oom::NotPromised;
use nwlog_ingest::event::storage::{StorageFact, StorageKind};
use nwlog_ingest::time::Moment;
use serde::{Deserialize, Serialize};

use crate::incident::Cause;
use crate::occurrence::Occurrence;
use crate::timeline::{Link, TimelineItem};
use crate::wording;

/// The records of each kind that are remembered.
const MAX_NOTED: usize = 64;
/// How long before a crash for want of memory the kernel may have refused it, in microseconds. The runtime gives up at
/// once; a large dump is stored later.
const PROMISE_US: u64 = 5_000_000;
/// How long before a refusal a file system may have gone read-only, in microseconds: a program notices when it writes
/// next.
const ENDED_US: u64 = 600_000_000;
/// The same where space was missing below it, which every write would show.
const FULL_US: u64 = 60_000_000;
/// The records about one device that an occurrence takes along.
const MAX_CHAIN: usize = 8;
/// After so long without a record the next one that is like it is another, in microseconds.
const RUN_GAP_US: u64 = 60_000_000;

/// What the kernel said of no unit.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Nearby {
    promises: VecDeque<(Moment, NotPromised)>,
    #[serde(default)]
    storage: VecDeque<Stored>,
}

/// A record about a file system or the device below it; what is like the one before is counted.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Stored {
    at: Moment,
    last: Moment,
    fact: StorageFact,
    text: Box<str>,
    count: u64,
}

impl Nearby {
    pub(super) fn note_promise(&mut self, event: &Event, asked: &NotPromised) {
        remember(&mut self.promises, (event.at, asked.clone()));
    }

    pub(super) fn note_storage(&mut self, event: &Event, fact: &StorageFact) {
        let same = |known: &&mut Stored| known.fact == *fact && event.at.since(&known.last) <= RUN_GAP_US;
        if let Some(known) = self.storage.iter_mut().rev().find(same) {
            known.count += 1;
            known.last = event.at;
            return;
        }
        let (at, text) = (event.at, event.text.clone());
        remember(&mut self.storage, Stored { at, last: at, fact: fact.clone(), text, count: 1 });
    }

    /// Adds to an occurrence what was said near it.
    pub(super) fn tell(&self, told: &mut Occurrence) {
        match told.cause {
            Some(Cause::OutOfMemory) => self.tell_promise(told),
            Some(Cause::ReadOnly) => self.tell_storage(told, StorageKind::is_end, ENDED_US),
            Some(Cause::NoSpace) => self.tell_storage(told, StorageKind::is_for_space, FULL_US),
            _ => {}
        }
    }

    /// What went before on the device that explains a refusal, where it is the only one that can. Which device a path
    /// lies on is not known here. What lies on device mapper may lie on a thin pool, which has a number only.
    fn tell_storage(&self, told: &mut Occurrence, explains: fn(StorageKind) -> bool, within_us: u64) {
        let is_near = |stored: &&Stored| {
            stored.at.order(&told.last).is_le() && told.first.since(&stored.at) <= within_us
        };
        let near = || self.storage.iter().filter(is_near);
        let causes = || near().filter(|stored| explains(stored.fact.kind));
        let devices = distinct(causes().filter(|stored| !stored.is_of_pool()));
        let (pools, full) = (distinct(near().filter(|stored| stored.is_of_pool())), distinct(causes()));
        let chosen = match (&devices[..], &pools[..]) {
            ([device], [pool]) if device.starts_with("dm-") => [*device, *pool],
            ([device], _) => [*device; 2],
            ([], [pool]) if full.contains(pool) => [*pool; 2],
            _ => return,
        };
        let chain = near().filter(|stored| chosen.contains(&&*stored.fact.device)).take(MAX_CHAIN);
        let items: Vec<_> = chain.map(Stored::item).collect();
        items.into_iter().for_each(|item| told.items.push(item));
    }

    /// The memory that a Go program was refused before it died of that.
    fn tell_promise(&self, told: &mut Occurrence) {
        let Some(comm) = told.comm.as_deref() else { return };
        let is_its = |(at, asked): &&(Moment, NotPromised)| {
            let near = at.since(&told.first).max(told.first.since(at)) <= PROMISE_US;
            near && &*asked.comm == comm
        };
        let Some((at, asked)) = self.promises.iter().rev().find(is_its) else { return };
        told.items.push(TimelineItem {
            at: *at,
            source: Writer::Kernel,
            event: "not-promised".into(),
            unit: None,
            pid: Some(asked.pid),
            text: wording::not_promised(asked).into(),
            link: Link::Near,
            count: 1,
            occurrence: 0,
        });
    }
}

/// The devices of records.
fn distinct<'a>(stored: impl Iterator<Item = &'a Stored>) -> Vec<&'a str> {
    let mut devices: Vec<_> = stored.map(|stored| &*stored.fact.device).collect();
    devices.sort_unstable();
    devices.dedup();
    devices
}

impl Stored {
    /// Whether it is about a thin pool: its name is two numbers.
    fn is_of_pool(&self) -> bool {
        self.fact.device.contains(':')
    }

    fn item(&self) -> TimelineItem {
        TimelineItem {
            at: self.at,
            source: Writer::Kernel,
            event: format!("storage-{}", self.fact.kind.name()).into(),
            unit: None,
            pid: None,
            text: self.text.clone(),
            link: Link::Near,
            count: self.count,
            occurrence: 0,
        }
    }
}

fn remember<T>(noted: &mut VecDeque<T>, what: T) {
    if noted.len() == MAX_NOTED {
        noted.pop_front();
    }
    noted.push_back(what);
}
