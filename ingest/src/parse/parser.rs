//! Entries in stored order to events.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::clock::{self, KernelClock};
use super::container::container;
use super::dumps::Dumps;
use super::making::{assembled, event, oom_event, own_record};
use super::oom::{Earlyoom, OomAssembler, Oomd};
use super::origin::{self, OomDaemon, UnitHash, Voice, WriterKey};
use super::pieces::{Joined, Pieces};
use super::{Recent, Record, bus, disk, gap, identity, relay, storage, unit};
use crate::entry::{Known, decimal};
use crate::event::gap::{GapFact, GapKind};
use crate::event::{Context, DiskFact, Event, Fact, Manager, OomFact, Origin, UnitFact, Writer};
use crate::time::Moment;
use crate::{Entry, Id128, Provenance};

/// The boots whose state is kept at once. Beyond it the one that was silent longest goes.
const MAX_BOOTS: usize = 256;

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

type BootKey = (Option<Id128>, Option<Id128>);

#[derive(Debug, Default, Serialize, Deserialize)]
struct Boot {
    clock: KernelClock,
    oom: OomAssembler,
    #[serde(default)]
    oomd: Oomd,
    #[serde(default)]
    earlyoom: Earlyoom,
    /// When the machine went to sleep, while it does.
    #[serde(default)]
    asleep: Option<Moment>,
    /// The numbers of /dev/kmsg records.
    #[serde(default)]
    numbers: gap::Sequence,
    used: u64,
}

/// journald has started (systemd, src/systemd/sd-messages.h, SD_MESSAGE_JOURNAL_START).
const JOURNAL_START: &[u8] = b"f77379a8490b408bbe5f6940505a777b";
/// After so long without a refusal the next one is a new run, in microseconds.
const RUN_GAP: u64 = 10_000_000;
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
            self.dumps.expire(&origin::of_machine(&known), clock::received(&known), out);
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
        self.dumps.expire(boot, now, out);
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

    /// Notes that something other than the kernel's backlog was written in a boot.
    fn ran(&mut self, known: &Known<'_>) {
        let boot = [known.machine_id, known.boot_id];
        let is_known = self.ran.as_ref().is_some_and(|ran| ran.each_ref().map(Option::as_deref) == boot);
        if !is_known {
            self.boot(known).clock.ran();
            self.ran = Some(boot.map(|id| id.map(Box::from)));
        }
    }

    fn boot(&mut self, known: &Known<'_>) -> &mut Boot {
        self.boot_of((known.machine_id.and_then(Id128::parse), known.boot_id.and_then(Id128::parse)))
    }

    fn boot_of(&mut self, key: BootKey) -> &mut Boot {
        self.used += 1;
        if self.boots.len() >= MAX_BOOTS && !self.boots.contains_key(&key) {
            let oldest = self.boots.iter().min_by_key(|(_, boot)| boot.used).map(|(key, _)| *key);
            oldest.map(|oldest| self.boots.remove(&oldest));
        }
        let boot = self.boots.entry(key).or_default();
        boot.used = self.used;
        boot
    }

    fn kernel(&mut self, entry: &Entry<'_>, known: &Known<'_>, lines: &dyn Lines, out: &mut Vec<Event>) {
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

    fn manager(
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

    /// Notes that the machine goes to sleep, and tells when it woke. The kernel and systemd both say so.
    fn sleep(
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
    fn number(&mut self, entry: &Entry<'_>, known: &Known<'_>, out: &mut Vec<Event>) {
        let Some(number) = entry.get(b"KMSG_SEQ").and_then(decimal) else { return };
        let at = clock::received(known);
        let hole = self.boot(known).numbers.note(number, at);
        out.extend(hole.map(|gap::Hole { fact, at, number }| Event {
            at,
            received: at,
            origin: Origin { writer: Writer::Kernel, ..origin::of_machine(known) },
            identity: identity::of_kmsg_hole(known, number),
            cursor: None,
            text: "".into(),
            fact: Fact::Gap(fact),
            context: Context::default(),
        }));
    }

    /// The unit's lines at the end of a life; the records after the first one that tells of that end do without.
    fn last_lines(&mut self, origin: &Origin, lines: &dyn Lines) -> Context {
        let unit = UnitHash::of_origin(origin);
        if self.ended.len() >= MAX_UNITS {
            self.ended.clear();
        }
        self.ended.insert(unit, origin.invocation);
        lines.before(unit)
    }

    fn has_exited(&self, origin: &Origin) -> bool {
        let last = self.ended.get(&UnitHash::of_origin(origin));
        origin.invocation.is_some() && last == Some(&origin.invocation)
    }

    fn journald(&mut self, entry: &Entry<'_>, known: &Known<'_>, out: &mut Vec<Event>) {
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

    /// A line without any origin is a program's output, or the kernel's log without its times, as `dmesg -t` and
    /// `journalctl -k -o cat` print it.
    fn bare(&mut self, entry: &Entry<'_>, known: &Known<'_>, lines: &dyn Lines, out: &mut Vec<Event>) {
        let text = known.message.unwrap_or_default();
        if self.bare.is_some() || OomAssembler::opens(text) {
            self.kernel(entry, known, lines, out);
            self.bare = self.boot(known).oom.is_open().then(|| WriterKey::of(known));
        }
        self.program(entry, known, lines, out);
    }

    fn program(&mut self, entry: &Entry<'_>, known: &Known<'_>, lines: &dyn Lines, out: &mut Vec<Event>) {
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
    fn oom_daemon(&mut self, record: &Record<'_>, known: &Known<'_>, daemon: OomDaemon) -> Option<OomFact> {
        let boot = self.boot(known);
        match daemon {
            OomDaemon::Oomd => {
                let kill = boot.oomd.push(record.text, record.at)?;
                Some(OomFact::Oomd(Box::new(kill)))
            }
            OomDaemon::Earlyoom => boot.earlyoom.push(record),
        }
    }

    fn refusal(
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
