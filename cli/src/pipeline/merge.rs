//! Events of several inputs, in the order in which they were stored.

use std::collections::BTreeMap;

use nwlog_correlate::{Advance, Correlator};
use nwlog_ingest::Event;
use nwlog_ingest::event::Origin;
use nwlog_ingest::scan::Seen;
use nwlog_ingest::time::Moment;

/// Inputs are read one after the other, each to its end, in the order of their first entries. What an input holds from
/// after the next one's beginning on waits for it: events only, so that memory grows with failures and not with logs.
#[derive(Debug)]
pub struct Merge {
    correlator: Correlator,
    /// When the earliest of the inputs that were not read yet begins, in microseconds since 1970.
    frontier: u64,
    held: BTreeMap<(u64, u64), Event>,
    count: u64,
    /// How far each boot was read.
    seen: Vec<Seen>,
    bounds: Bounds,
}

/// What is read at all, in microseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// Nothing that was stored before this.
    pub since: Option<u64>,
    /// Nothing that was stored after this.
    pub until: Option<u64>,
}

impl Bounds {
    fn hold(self, at: &Moment) -> bool {
        let Some(at) = at.realtime else { return true };
        self.since.is_none_or(|since| at >= since) && self.until.is_none_or(|until| at <= until)
    }
}

impl Merge {
    /// Nothing was read yet.
    pub fn new(correlator: Correlator, bounds: Bounds) -> Self {
        Self { correlator, frontier: u64::MAX, held: BTreeMap::new(), count: 0, seen: Vec::new(), bounds }
    }

    /// Begins an input. `frontier` is when the earliest of those after it begins, where there are any.
    pub fn begin(&mut self, frontier: Option<u64>) {
        self.frontier = frontier.unwrap_or(u64::MAX);
    }

    /// Takes an event of the input that is being read.
    pub fn push(&mut self, event: Event) {
        if !self.bounds.hold(&event.received) {
            return;
        }
        let at = event.received.realtime.unwrap_or_default();
        if at >= self.frontier {
            self.count += 1;
            self.held.insert((at, self.count), event);
            return;
        }
        self.release(at);
        self.correlator.push(event);
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
        if at < self.frontier && self.bounds.hold(&seen.last) {
            self.release(at);
            self.correlator.advance(Advance::To { origin: Box::new(seen.origin.clone()), at: seen.last });
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
            self.correlator.advance(Advance::To { origin: Box::new(origin), at });
        }
        self.correlator.advance(Advance::End);
    }

    /// The correlator behind it.
    pub fn correlator(&mut self) -> &mut Correlator {
        &mut self.correlator
    }

    fn release(&mut self, until: u64) {
        while let Some(first) = self.held.first_entry().filter(|first| first.key().0 <= until) {
            self.correlator.push(first.remove());
        }
    }
}

fn is_same_boot(a: &Origin, b: &Origin) -> bool {
    (a.machine, a.boot, &a.host) == (b.machine, b.boot, &b.host)
}
