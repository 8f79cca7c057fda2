//! The correlator: four calls, and no clock.

use std::collections::BTreeMap;

use nwlog_ingest::Event;
use nwlog_ingest::event::Origin;
use nwlog_ingest::pairs;
use nwlog_ingest::time::Moment;
use serde::{Deserialize, Serialize};

use crate::change::Change;
use crate::config::Config;
use crate::key::BootKey;
use crate::machine::{Early, Machine};

/// The boots that are followed at once. Beyond it the one that was silent longest is ended.
const MAX_BOOTS: usize = 64;

/// The version of what [`Correlator::snapshot`] writes.
const SNAPSHOT_VERSION: u32 = 2;

/// How far time has passed.
#[derive(Clone, Debug, PartialEq)]
pub enum Advance {
    /// Everything that one boot of one machine stored up to a moment has been pushed.
    To {
        /// The machine, boot and host; the rest does not matter.
        origin: Box<Origin>,
        /// The largest time of storage.
        at: Moment,
    },
    /// Nothing more comes from one boot of one machine: the next one has begun.
    Over {
        /// The machine, boot and host; the rest does not matter.
        origin: Box<Origin>,
    },
    /// Nothing more comes.
    End,
}

/// Joins events into incidents. They are pushed in the order in which they were stored.
#[derive(Clone, Debug, Default)]
pub struct Correlator {
    config: Config,
    boots: BTreeMap<BootKey, Followed>,
    pushed: u64,
    changes: Vec<Change>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Followed {
    machine: Machine,
    used: u64,
}

/// A snapshot that cannot be gone on from.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// Another version wrote it.
    #[error(
        "the correlator's state has version {found}, this program reads {SNAPSHOT_VERSION}: read the log again"
    )]
    Version {
        /// The version found.
        found: u32,
    },
    /// It cannot be read.
    #[error("the correlator's state cannot be read: read the log again")]
    Damaged(#[source] serde_json::Error),
}

#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    pushed: u64,
    #[serde(serialize_with = "pairs::serialize")]
    boots: &'a BTreeMap<BootKey, Followed>,
}

#[derive(Deserialize)]
struct Snapshot {
    pushed: u64,
    #[serde(with = "pairs")]
    boots: BTreeMap<BootKey, Followed>,
}

#[derive(Deserialize)]
struct Versioned {
    version: u32,
}

impl Correlator {
    /// Makes a correlator that knows nothing yet.
    pub fn new(config: Config) -> Self {
        Self { config, boots: BTreeMap::new(), pushed: 0, changes: Vec::new() }
    }

    /// Takes an event in.
    pub fn push(&mut self, event: impl Into<Box<Event>>) {
        self.take_in(event.into());
    }

    fn take_in(&mut self, event: Box<Event>) {
        self.pushed += 1;
        let key = BootKey::of(&event.origin);
        if self.boots.len() >= MAX_BOOTS && !self.boots.contains_key(&key) {
            let silent =
                self.boots.iter().min_by_key(|(_, followed)| followed.used).map(|(key, _)| key.clone());
            if let Some(mut followed) = silent.and_then(|key| self.boots.remove(&key)) {
                followed.machine.end(&self.config, &mut self.changes);
            }
        }
        let followed = self
            .boots
            .entry(key)
            .or_insert_with_key(|key| Followed { machine: Machine::new(key.clone()), used: 0 });
        followed.used = self.pushed;
        followed.machine.push(event, &self.config, &mut self.changes);
    }

    /// Time has passed on one boot, or nothing more comes from any.
    pub fn advance(&mut self, to: Advance) {
        match to {
            Advance::To { origin, at } => {
                if let Some(followed) = self.boots.get_mut(&BootKey::of(&origin)) {
                    followed.machine.advance(at.key(), &self.config, &mut self.changes);
                }
            }
            Advance::Over { origin } => {
                if let Some(mut followed) = self.boots.remove(&BootKey::of(&origin)) {
                    followed.machine.end(&self.config, &mut self.changes);
                }
            }
            Advance::End => {
                let told = self.changes.len();
                for mut followed in std::mem::take(&mut self.boots).into_values() {
                    followed.machine.end(&self.config, &mut self.changes);
                }
                // What the log's end leaves has no order of its own.
                let left = self.changes.get_mut(told..).unwrap_or_default();
                left.sort_by_key(|change| {
                    (change.incident.first.realtime, change.incident.first.key(), change.incident.id)
                });
            }
        }
    }

    /// Whether anything has changed since the last call of [`changes`](Self::changes).
    pub(crate) fn has_changes(&self) -> bool {
        !self.changes.is_empty()
    }

    /// Whether an occurrence of a boot was told since this was asked for last.
    pub(crate) fn take_news(&mut self, boot: &BootKey) -> bool {
        self.boots.get_mut(boot).is_some_and(|followed| followed.machine.take_news())
    }

    /// What can be told of a boot at once, with what may be half read yet. None where it is not followed.
    pub(crate) fn early(&mut self, boot: &BootKey, half: &[Event]) -> Option<Early> {
        let followed = self.boots.get_mut(boot)?;
        Some(followed.machine.early(half, &self.config))
    }

    /// Takes what has changed since the last call, in order.
    pub fn changes(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.changes)
    }

    /// The whole state, to go on from after a restart. Changes that were not taken are not part of it.
    pub fn snapshot(&self) -> Vec<u8> {
        let snapshot = Written { version: SNAPSHOT_VERSION, pushed: self.pushed, boots: &self.boots };
        serde_json::to_vec(&snapshot).unwrap_or_default()
    }

    /// Goes on from a snapshot.
    pub fn restore(config: Config, snapshot: &[u8]) -> Result<Self, RestoreError> {
        let Versioned { version: found } = serde_json::from_slice(snapshot).map_err(RestoreError::Damaged)?;
        if found != SNAPSHOT_VERSION {
            return Err(RestoreError::Version { found });
        }
        let Snapshot { pushed, boots, .. } =
            serde_json::from_slice(snapshot).map_err(RestoreError::Damaged)?;
        Ok(Self { config, boots, pushed, changes: Vec::new() })
    }
}
