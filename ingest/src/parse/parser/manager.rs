//! What systemd and its journald say of others and of themselves.

use super::{Lines, MAX_UNITS, Parser};
use crate::entry::{Entry, Known};
use crate::event::{Context, Event, Fact, Manager, Origin, UnitFact, Writer};
use crate::parse::making::{event, own_record};
use crate::parse::origin::{self, UnitHash};
use crate::parse::{gap, unit};

/// journald has started (systemd, src/systemd/sd-messages.h, SD_MESSAGE_JOURNAL_START).
const JOURNAL_START: &[u8] = b"f77379a8490b408bbe5f6940505a777b";

impl Parser {
    pub(super) fn manager(
        &mut self,
        entry: &Entry<'_>,
        known: &Known<'_>,
        manager: Manager,
        lines: &dyn Lines,
        out: &mut Vec<Event>,
    ) {
        if let Some(fact) = gap::of_manager(known).filter(|_| manager == Manager::System) {
            let origin = Origin { writer: Writer::Systemd, ..origin::of_machine(known) };
            return out.push(event(&own_record(entry, known), known, origin, Fact::Gap(fact)));
        }
        let Some(told) = unit::read(entry, known, manager) else { return };
        let origin = origin::of_manager(entry, known, manager, told.unit);
        let context = match told.fact {
            UnitFact::MainExit(_) => self.last_lines(&origin, lines),
            UnitFact::Failed { .. } | UnitFact::Succeeded if !self.has_exited(&origin) => {
                self.last_lines(&origin, lines)
            }
            _ => Context::default(),
        };
        let record = own_record(entry, known);
        out.push(Event { context, ..event(&record, known, origin, Fact::Unit(told.fact)) });
    }

    /// The unit's lines at the end of a life; the records after the first one that tells of that end do without.
    pub(super) fn last_lines(&mut self, origin: &Origin, lines: &dyn Lines) -> Context {
        let unit = UnitHash::of_origin(origin);
        if self.ended.len() >= MAX_UNITS {
            self.ended.clear();
        }
        self.ended.insert(unit, origin.invocation);
        lines.before(unit)
    }

    pub(super) fn has_exited(&self, origin: &Origin) -> bool {
        let last = self.ended.get(&UnitHash::of_origin(origin));
        origin.invocation.is_some() && last == Some(&origin.invocation)
    }

    pub(super) fn journald(&mut self, entry: &Entry<'_>, known: &Known<'_>, out: &mut Vec<Event>) {
        if known.message_id == Some(JOURNAL_START) {
            // The manager's own word that journald is up again goes to a journal that is not there yet.
            let origin = Origin { writer: Writer::Systemd, ..origin::of_program(known) };
            let fact = Fact::Unit(UnitFact::Started { finished: false });
            return out.push(event(&own_record(entry, known), known, origin, fact));
        }
        let Some((fact, unit)) = gap::of_journald(entry, known) else { return };
        if let Some(unit) = &unit {
            self.dumps.lose(&origin::of_machine(known), unit, fact.count.unwrap_or(1));
        }
        let origin = Origin { writer: Writer::Systemd, unit, ..origin::of_machine(known) };
        out.push(event(&own_record(entry, known), known, origin, Fact::Gap(fact)));
    }
}
