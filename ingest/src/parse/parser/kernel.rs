//! What the kernel says, and what is read as if it did.

use super::{Lines, Parser};
use crate::entry::{Entry, Known, decimal};
use crate::event::gap::{GapFact, GapKind};
use crate::event::{Event, Fact, Origin, Writer};
use crate::parse::making::{event, kmsg_hole, oom_event};
use crate::parse::oom::OomAssembler;
use crate::parse::origin::{self, WriterKey};
use crate::parse::{Record, clock, gap, identity, storage};

impl Parser {
    pub(super) fn kernel(
        &mut self,
        entry: &Entry<'_>,
        known: &Known<'_>,
        lines: &dyn Lines,
        out: &mut Vec<Event>,
    ) {
        let Some(text) = known.message else { return };
        let boot = self.boot(known);
        let at = boot.clock.written(known);
        let identity = identity::of_kernel(entry, known);
        let record = Record { at, received: clock::received(known), identity, text };
        let mut kills = Vec::new();
        boot.oom.push(&record, &mut kills);
        let is_open = boot.oom.is_open();
        if is_open {
            self.kernels.insert(WriterKey::of(known));
        } else if !self.kernels.is_empty() {
            self.kernels.remove(&WriterKey::of(known));
        }
        out.extend(kills.into_iter().map(|kill| oom_event(Writer::Kernel, kill, known, lines)));
        if let Some(sleep) = gap::sleep_of_kernel(text) {
            self.sleep(sleep, &record, known, Writer::Kernel, out);
        }
        if let Some(fact) = gap::of_kernel(text) {
            let origin = Origin { writer: Writer::Kernel, ..origin::of_machine(known) };
            out.push(event(&record, known, origin, Fact::Gap(fact)));
        } else if let Some(fact) = storage::of_kernel(text) {
            let origin = Origin { writer: Writer::Kernel, ..origin::of_machine(known) };
            out.push(event(&record, known, origin, Fact::Storage(fact)));
        }
    }

    /// A line without any origin is a program's output, or the kernel's log without its times, as `dmesg -t` and
    /// `journalctl -k -o cat` print it.
    pub(super) fn bare(
        &mut self,
        entry: &Entry<'_>,
        known: &Known<'_>,
        lines: &dyn Lines,
        out: &mut Vec<Event>,
    ) {
        let text = known.message.unwrap_or_default();
        if self.bare.is_some() || OomAssembler::opens(text) {
            self.kernel(entry, known, lines, out);
            self.bare = self.boot(known).oom.is_open().then(|| WriterKey::of(known));
        }
        self.program(entry, known, lines, out);
    }

    /// Notes that the machine goes to sleep, and tells when it woke. The kernel and systemd both say so.
    pub(super) fn sleep(
        &mut self,
        sleep: gap::Sleep,
        record: &Record<'_>,
        known: &Known<'_>,
        writer: Writer,
        out: &mut Vec<Event>,
    ) {
        let asleep = &mut self.boot(known).asleep;
        match sleep {
            gap::Sleep::Begins => *asleep = asleep.or(Some(record.at)),
            gap::Sleep::Ends => {
                let Some(since) = asleep.take() else { return };
                let origin = Origin { writer, ..origin::of_machine(known) };
                let fact = GapFact { what: GapKind::Suspended, count: None, since: Some(since) };
                out.push(event(record, known, origin, Fact::Gap(fact)));
            }
        }
    }

    /// Notes the number of a record of /dev/kmsg, whoever wrote it.
    pub(super) fn number(&mut self, entry: &Entry<'_>, known: &Known<'_>, out: &mut Vec<Event>) {
        let Some(number) = entry.get(b"KMSG_SEQ").and_then(decimal) else { return };
        let at = clock::received(known);
        let hole = self.boot(known).numbers.note(number, at);
        out.extend(hole.map(|gap::Hole { fact, at, number }| kmsg_hole(known, number, at, fact)));
    }
}
