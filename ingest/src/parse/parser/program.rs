//! What programs say.

use super::{Lines, MAX_UNITS, Parser};
use crate::entry::{Entry, Known};
use crate::event::{Context, DiskFact, Event, Fact, OomFact, Origin, UnitFact, Writer};
use crate::parse::container::container;
use crate::parse::making::{assembled, event, oom_event, own_record};
use crate::parse::origin::{self, OomDaemon, UnitHash};
use crate::parse::pieces::Joined;
use crate::parse::{Record, bus, disk, gap, relay, unit};

/// After so long without a refusal the next one is a new run, in microseconds.
const RUN_GAP: u64 = 10_000_000;

impl Parser {
    pub(super) fn program(
        &mut self,
        entry: &Entry<'_>,
        known: &Known<'_>,
        lines: &dyn Lines,
        out: &mut Vec<Event>,
    ) {
        let whole;
        let mut record = own_record(entry, known);
        if container(known).is_some() {
            match self.pieces.push(known, record.received) {
                Joined::Kept => return,
                Joined::Whole(text) => {
                    whole = text;
                    record.text = &whole;
                }
                Joined::Alone => {}
            }
        }
        if let Some(daemon) = origin::oom_daemon(entry, known)
            && let Some(fact) = self.oom_daemon(&record, known, daemon)
        {
            out.push(oom_event(daemon.writer(), assembled(&record, fact), known, lines));
            return;
        }
        if self.dumps.push(&record, known, lines, out) {
            return;
        }
        if let Some((origin, fact)) = unit::coredump::left(entry, known) {
            out.push(event(&record, known, origin, Fact::Unit(fact)));
        } else if let Some(sleep) = gap::sleep_of_program(known) {
            self.sleep(sleep, &record, known, Writer::Systemd, out);
        } else if let Some(fact) = unit::spawn_failure(entry, known) {
            out.push(event(&record, known, origin::of_program(known), Fact::Unit(fact)));
        } else if let Some(unit) = bus::activated(known) {
            let origin = Origin { unit: Some(unit), ..origin::of_machine(known) };
            out.push(event(&record, known, origin, Fact::Unit(UnitFact::Activated)));
        } else if let Some(fact) = disk::told(record.text).filter(|_| !relay::is_relay(known)) {
            out.push(self.refusal(&record, known, fact, lines));
        }
    }

    /// Reads a line of a daemon that kills for memory.
    pub(super) fn oom_daemon(
        &mut self,
        record: &Record<'_>,
        known: &Known<'_>,
        daemon: OomDaemon,
    ) -> Option<OomFact> {
        let boot = self.boot(known);
        match daemon {
            OomDaemon::Oomd => {
                let kill = boot.oomd.push(record.text, record.at)?;
                Some(OomFact::Oomd(Box::new(kill)))
            }
            OomDaemon::Earlyoom => boot.earlyoom.push(record),
        }
    }

    pub(super) fn refusal(
        &mut self,
        record: &Record<'_>,
        known: &Known<'_>,
        fact: DiskFact,
        lines: &dyn Lines,
    ) -> Event {
        let origin = origin::of_program(known);
        if !fact.error.is_refusal() {
            return event(record, known, origin, Fact::Disk(fact));
        }
        let unit = UnitHash::of_origin(&origin);
        let now = record.received.key();
        let before = self.refused.insert(unit, now);
        if self.refused.len() > MAX_UNITS {
            self.refused.retain(|_, at| at.saturating_add(RUN_GAP) > now);
        }
        let runs_on = before.is_some_and(|before| now.saturating_sub(before) <= RUN_GAP);
        let context = if runs_on { Context::default() } else { lines.before(unit) };
        Event { context, ..event(record, known, origin, Fact::Disk(fact)) }
    }
}
