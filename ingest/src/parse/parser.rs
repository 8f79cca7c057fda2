//! Entries in stored order to events.

mod boots;
mod kernel;
mod manager;
mod program;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use self::boots::Boot;
pub(super) use self::boots::BootKey;
use super::clock;
use super::dumps::Dumps;
use super::origin::{self, UnitHash, Voice, WriterKey};
use super::pieces::Pieces;
use super::{Recent, identity};
use crate::event::{Context, Event, Origin};
use crate::time::Moment;
use crate::{Entry, Id128, Provenance};

/// Where the unit's own lines come from that an event takes along.
pub trait Lines {
    /// The last lines of a unit before the entry that is being pushed, oldest first.
    fn before(&self, unit: UnitHash) -> Context;
}

/// Makes events of entries, which come in stored order: the only state between decoding and correlating.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Parser {
    #[serde(with = "crate::pairs")]
    boots: BTreeMap<BootKey, Boot>,
    dumps: Dumps,
    /// When each unit was last refused by a file system, so that a run of refusals takes context along once.
    refused: BTreeMap<UnitHash, u64>,
    /// The last life of each unit whose end was told.
    ended: BTreeMap<UnitHash, Option<Id128>>,
    /// The kernels that an OOM block is being read of.
    #[serde(default)]
    kernels: BTreeSet<WriterKey>,
    /// The writer of lines without any origin that an OOM block is being read of.
    bare: Option<WriterKey>,
    /// The lines of containers that come in pieces.
    #[serde(default)]
    pieces: Pieces,
    /// The entries that were shown lately: exports overlap.
    seen: Recent<u64>,
    /// No entry comes twice.
    #[serde(default)]
    is_merged: bool,
    /// The machine and boot, as written, of which it was noted last that they ran.
    #[serde(skip)]
    ran: Option<[Option<Box<[u8]>>; 2]>,
    used: u64,
}

/// The units whose last refusal, or last end, is remembered.
const MAX_UNITS: usize = 4_096;

impl Parser {
    /// Reads one entry, and adds what it completes to `out`.
    pub fn push(&mut self, entry: &Entry<'_>, lines: &dyn Lines, out: &mut Vec<Event>) {
        let known = entry.known();
        if !self.is_merged && identity::copy_of(&known).is_some_and(|copy| !self.seen.is_new(copy)) {
            return;
        }
        let voice = origin::voice(&known);
        if !self.dumps.is_empty() {
            self.dumps.expire(boots::key(&known), clock::received(&known), out);
        }
        if !origin::is_of_backlog(&known) {
            self.ran(&known);
        }
        match voice {
            Voice::Kernel => self.kernel(entry, &known, lines, out),
            Voice::Manager(manager) => self.manager(entry, &known, manager, lines, out),
            Voice::Journald => self.journald(entry, &known, out),
            Voice::Program if origin::is_bare(entry, &known) => self.bare(entry, &known, lines, out),
            Voice::Program => self.program(entry, &known, lines, out),
            Voice::Relay => {}
        }
        if entry.provenance() == Provenance::Kmsg {
            self.number(entry, &known, out);
        }
    }

    /// A parser of entries that come out of a merge, which leaves copies out.
    pub(crate) fn of_merged() -> Self {
        Self { is_merged: true, ..Self::default() }
    }

    /// Ends what a boot's silent writers left half read.
    pub fn expire(&mut self, boot: &Origin, now: Moment, out: &mut Vec<Event>) {
        self.dumps.expire((boot.machine, boot.boot), now, out);
    }

    /// Notes a kernel record that opens nothing: of it only the clock matters. Both times are in microseconds since the boot.
    pub(crate) fn tick(&mut self, machine: Option<Id128>, boot: Option<Id128>, stored: u64, source: u64) {
        self.boot_of((machine, boot)).clock.note(stored, source);
    }

    /// The writers of which something is half read.
    pub(crate) fn wanted(&self) -> impl Iterator<Item = WriterKey> {
        let some = self.dumps.writers().chain(self.kernels.iter().copied());
        some.chain(self.pieces.writers()).chain(self.bare)
    }

    /// Whether every entry of a writer has to be shown, because something of it is half read.
    pub fn wants(&self, writer: WriterKey) -> bool {
        self.dumps.wants(writer)
            || (!self.kernels.is_empty() && self.kernels.contains(&writer))
            || self.pieces.wants(writer)
            || (self.bare.is_some() && self.bare == Some(writer))
    }

    /// Ends what is half read: nothing more comes.
    pub fn finish(&mut self, out: &mut Vec<Event>) {
        self.dumps.finish(out);
    }

    /// What would come of what is half read, if it ended here.
    pub(crate) fn half_read(&self) -> Vec<Event> {
        let mut out = Vec::new();
        if !self.dumps.is_empty() {
            self.dumps.clone().finish(&mut out);
        }
        out
    }
}
