//! Events of several inputs, in the order in which they were stored.

use std::collections::BTreeMap;

use nwlog_correlate::Advance;
use nwlog_ingest::Event;
use nwlog_ingest::event::Origin;
use nwlog_ingest::scan::{Extent, Seen};

use super::joining::Joining;

/// Inputs are read one after the other, each to its end, in the order of their first entries. What an input holds from
/// after the next one's beginning on waits for it: events only, so that memory grows with failures and not with logs.
#[derive(Debug)]
pub struct Merge {
    joining: Joining,
    /// When the earliest of the inputs that were not read yet begins, in microseconds since 1970.
    frontier: u64,
    held: BTreeMap<(u64, u64), Event>,
    count: u64,
    /// How far each boot was read.
    seen: Vec<Seen>,
    /// Nothing that was stored outside is told.
    extent: Extent,
}

impl Merge {
    /// Nothing was read yet.
    pub fn new(joining: Joining, extent: Extent) -> Self {
        Self { joining, frontier: u64::MAX, held: BTreeMap::new(), count: 0, seen: Vec::new(), extent }
    }

    /// Begins an input. `frontier` is when the earliest of those after it begins, where there are any.
    pub fn begin(&mut self, frontier: Option<u64>) {
        self.frontier = frontier.unwrap_or(u64::MAX);
    }

    /// Takes an event of the input that is being read.
    pub fn push(&mut self, event: Event) {
        if !self.extent.holds_time(event.received.realtime) {
            return;
        }
        let at = event.received.realtime.unwrap_or_default();
        if at >= self.frontier {
            self.count += 1;
            self.held.insert((at, self.count), event);
            return;
        }
        self.release(at);
        self.joining.push(event);
    }

    /// The input was read so far.
    pub fn seen(&mut self, seen: &Seen) {
        let same = |other: &&mut Seen| is_same_boot(&other.origin, &seen.origin);
        match self.seen.iter_mut().find(same) {
            Some(known) if seen.last.order(&known.last).is_gt() => known.last = seen.last,
            Some(_) => {}
            None => self.seen.push(seen.clone()),
        }
        let at = seen.last.realtime.unwrap_or_default();
        if at < self.frontier && self.extent.holds_time(seen.last.realtime) {
            self.release(at);
            self.joining.advance(Advance::To { origin: Box::new(seen.origin.clone()), at: seen.last });
        }
    }

    /// Whether the inputs that come begin where those that were read end.
    pub fn goes_on(&self) -> bool {
        let is_before = |seen: &Seen| seen.last.realtime.is_some_and(|last| last <= self.frontier);
        self.frontier < u64::MAX && self.seen.iter().all(is_before)
    }

    /// Nothing more comes.
    pub fn end(&mut self) {
        self.release(u64::MAX);
        for Seen { origin, last: at } in std::mem::take(&mut self.seen) {
            self.joining.advance(Advance::To { origin: Box::new(origin), at });
        }
        self.joining.advance(Advance::End);
    }

    /// Where what comes out of it is joined.
    pub fn joining(&mut self) -> &mut Joining {
        &mut self.joining
    }

    fn release(&mut self, until: u64) {
        while let Some(first) = self.held.first_entry().filter(|first| first.key().0 <= until) {
            self.joining.push(first.remove());
        }
    }
}

fn is_same_boot(a: &Origin, b: &Origin) -> bool {
    (a.machine, a.boot, &a.host) == (b.machine, b.boot, &b.host)
}
