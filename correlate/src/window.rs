//! Lateness: events come in the order in which they were stored, and are told in the order in which they happened.

use std::collections::BTreeMap;

use nwlog_ingest::Event;
use nwlog_ingest::event::Identity;
use nwlog_ingest::pairs;
use nwlog_ingest::parse::Recent;
use serde::{Deserialize, Serialize};

use crate::key::record_of;

/// How long an event that comes after the lateness is held, in microseconds: what journald writes in one burst, such as the
/// backlog of its start, is sorted before it is told.
const BURST_US: u64 = 5_000_000;
/// The most events that are held. Beyond it the first ones are told early.
const MAX_HELD: usize = 50_000;
/// Events of one boot that may still be overtaken by an earlier one.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Window {
    #[serde(with = "pairs")]
    held: BTreeMap<Due, Box<Event>>,
    seen: Recent<(Identity, u64)>,
    stored: u64,
}

/// When an event is told, and before which others of the same instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Due {
    at: u64,
    happened: u64,
    /// What happened in one instant is told as it was stored.
    stored: u64,
}

impl Window {
    /// Holds an event. One that was seen before is dropped.
    ///
    /// When it is told depends on the event alone and never on what came around it, so that cutting and batching the
    /// input changes nothing.
    pub(crate) fn hold(&mut self, event: Box<Event>, lateness_us: u64) {
        let record = record_of(&event);
        if !self.seen.is_new(record) {
            return;
        }
        let happened = event.at.key();
        let (received, in_time) = (event.received.key(), happened.saturating_add(lateness_us));
        let at = if received <= in_time { in_time } else { received.saturating_add(BURST_US) };
        self.stored += 1;
        self.held.insert(Due { at, happened, stored: self.stored }, event);
    }

    /// When the next event is due.
    pub(crate) fn due(&self) -> Option<u64> {
        let (due, _) = self.held.first_key_value()?;
        Some(if self.held.len() > MAX_HELD { 0 } else { due.at })
    }

    /// The events that are held, without what tells whether one comes again.
    pub(crate) fn held(&self) -> Self {
        Self { held: self.held.clone(), seen: Recent::default(), stored: self.stored }
    }

    /// The events that are held, in the order in which they are told.
    pub(crate) fn events(&self) -> impl Iterator<Item = &Event> {
        self.held.values().map(|event| &**event)
    }

    /// Takes the next event.
    pub(crate) fn take(&mut self) -> Option<Box<Event>> {
        self.held.pop_first().map(|(_, event)| event)
    }
}
