//! Go dumps that are being read, one a writer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::go::{GoDump, Taken};
use super::making::Opened;
use super::origin::{self, UnitHash, WriterKey};
use super::parser::{BootKey, Lines};
use super::{Record, identity};
use crate::Id128;
use crate::entry::{Known, decimal};
use crate::event::{Context, Event, Fact, Origin};
use crate::time::Moment;

/// Dumps read at once. Beyond it the one that was silent longest is ended.
const MAX_DUMPS: usize = 64;

/// A writer that was silent for so long has ended its dump, in microseconds of stored time.
const IDLE: u64 = 10_000_000;

/// The dumps that are being read.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Dumps {
    open: BTreeMap<WriterKey, Open>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Open {
    dump: GoDump,
    origin: Origin,
    cursor: Option<Box<str>>,
    context: Context,
    last: Moment,
}

impl Dumps {
    pub(super) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    pub(super) fn wants(&self, writer: WriterKey) -> bool {
        !self.open.is_empty() && self.open.contains_key(&writer)
    }

    pub(super) fn writers(&self) -> impl Iterator<Item = WriterKey> {
        self.open.keys().copied()
    }

    /// Takes a line that is part of a dump, or opens one. Tells whether the line is spoken for.
    pub(super) fn push(
        &mut self,
        record: &Record<'_>,
        known: &Known<'_>,
        lines: &dyn Lines,
        out: &mut Vec<Event>,
    ) -> bool {
        let writer = WriterKey::of(known);
        if let Some(open) = self.open.get_mut(&writer) {
            // A copy of what was written before the dump goes on.
            if record.received.order(&open.last).is_lt() {
                return false;
            }
            if open.dump.push(record) == Taken::Yes {
                open.last = record.received;
                // The unit of a process that has just died is known for some of its lines only.
                let origin = &mut open.origin;
                if origin.container.is_none() {
                    let invocation = || known.systemd_invocation_id.and_then(Id128::parse);
                    origin.invocation = origin.invocation.or_else(invocation);
                    origin.pid = origin.pid.or_else(|| known.pid.and_then(decimal));
                }
                return true;
            }
            self.end(writer, out);
        }
        let Some(dump) = GoDump::open(record) else { return false };
        if self.open.len() >= MAX_DUMPS {
            let silent = self.open.iter().min_by_key(|(_, open)| open.last.key()).map(|(key, _)| *key);
            silent.into_iter().for_each(|silent| self.end(silent, out));
        }
        let origin = origin::of_program(known);
        let context = lines.before(UnitHash::of_origin(&origin));
        let cursor = identity::cursor(known);
        self.open.insert(writer, Open { dump, origin, cursor, context, last: record.received });
        true
    }

    /// journald dropped lines of a unit: some may have been a dump's.
    pub(super) fn lose(&mut self, here: &Origin, unit: &str, lines: u64) {
        let is_its = |open: &&mut Open| {
            open.origin.machine == here.machine
                && open.origin.boot == here.boot
                && open.origin.unit.as_deref() == Some(unit)
        };
        self.open.values_mut().filter(is_its).for_each(|open| open.dump.lose(lines));
    }

    /// Ends the dumps of a boot whose writers have been silent for long.
    pub(super) fn expire(&mut self, (machine, boot): BootKey, now: Moment, out: &mut Vec<Event>) {
        let is_silent = |open: &Open| {
            open.origin.machine == machine && open.origin.boot == boot && now.since(&open.last) > IDLE
        };
        let silent: Vec<_> =
            self.open.iter().filter(|(_, open)| is_silent(open)).map(|(key, _)| *key).collect();
        silent.into_iter().for_each(|writer| self.end(writer, out));
    }

    /// Ends them all.
    pub(super) fn finish(&mut self, out: &mut Vec<Event>) {
        while let Some((writer, _)) = self.open.first_key_value() {
            self.end(*writer, out);
        }
    }

    fn end(&mut self, writer: WriterKey, out: &mut Vec<Event>) {
        let Some(Open { dump, origin, cursor, context, .. }) = self.open.remove(&writer) else { return };
        let opened = Opened { origin, cursor, context };
        out.extend(dump.finish().map(|told| opened.event(told, |fact| Fact::Go(Box::new(fact)))));
    }
}
