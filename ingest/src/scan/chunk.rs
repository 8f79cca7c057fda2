//! Chunks of a stream, one after the other.

use std::collections::{HashMap, HashSet};

use super::ring::{Kept, Ring, newest};
use super::{CONTEXT_LINES, Extent, Seen, line_of};
use crate::decode::{Chunk, Span, Stats};
use crate::entry::Known;
use crate::event::{Context, Event};
use crate::parse::origin::{self, UnitHash, Voice, WriterKey, voice};
use crate::parse::{Lines, Parser, clock, identity, prefilter, unit};
use crate::time::Moment;
use crate::{Entry, Id128, decimal};

/// A chunk with its entries told apart.
#[derive(Debug)]
pub struct Scanned {
    chunk: Chunk,
    rows: Vec<Row>,
    /// The rows of each unit's own lines, ascending.
    lines: HashMap<UnitHash, Vec<u32>>,
    /// The kernel's records that are not visited, ascending: of them only the clock matters.
    ticks: Vec<Tick>,
    stats: Stats,
    /// The last moment of each boot that the chunk shows, in the order in which they came.
    seen: Vec<Seen>,
    first: Moment,
}

/// When a kernel record was stored and written, in microseconds since the boot.
#[derive(Clone, Copy, Debug)]
struct Tick {
    row: u32,
    machine: Option<Id128>,
    boot: Option<Id128>,
    stored: u64,
    source: u64,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    span: Span,
    writer: WriterKey,
    visit: bool,
}

impl Scanned {
    /// Decodes a chunk.
    pub fn of(chunk: Chunk) -> Self {
        Self::read(chunk, &Extent::default(), true)
    }

    /// Decodes so much of a chunk.
    pub fn within(chunk: Chunk, extent: &Extent) -> Self {
        Self::read(chunk, extent, true)
    }

    /// Decodes a chunk, with every entry worth a visit where the prefilter is off. The events are the same.
    pub fn with_prefilter(chunk: Chunk, prefilter: bool) -> Self {
        Self::read(chunk, &Extent::default(), prefilter)
    }

    fn read(chunk: Chunk, extent: &Extent, prefilter: bool) -> Self {
        let mut rows = Vec::new();
        let mut lines: HashMap<UnitHash, Vec<u32>> = HashMap::new();
        let mut stats = Stats::default();
        let mut seen: Vec<(u64, Seen)> = Vec::new();
        let mut first_stored = Moment::default();
        let mut boots = HashSet::new();
        let mut ticks = Vec::new();
        chunk.visit(&mut stats, &mut |span, entry| {
            let known = entry.known();
            if !extent.holds_entry(&known) {
                return;
            }
            let voice = voice(&known);
            // The first such entry of a boot ends the backlog of journald's start.
            let boot = origin::boot_hash(&known);
            let first = !origin::is_of_backlog(&known) && boots.insert(boot);
            let is_line = voice == Voice::Program && known.message_id != Some(unit::SPAWN_FAILED);
            if is_line && known.message.is_some() {
                let row = u32::try_from(rows.len()).unwrap_or(u32::MAX);
                lines.entry(UnitHash::of(&known)).or_default().push(row);
            }
            let visit = first || !prefilter || prefilter::opens(entry, &known);
            if !visit && voice == Voice::Kernel {
                ticks.extend(tick(rows.len(), &known));
            }
            rows.push(Row { span, writer: WriterKey::of(&known), visit });
            if first_stored.realtime.is_none() {
                first_stored = clock::received(&known);
            }
            note_seen(&mut seen, boot, &known);
        });
        let seen = seen.into_iter().map(|(_, seen)| seen).collect();
        Self { chunk, rows, lines, ticks, stats, seen, first: first_stored }
    }

    /// How much was read, and how much could not be.
    pub fn stats(&self) -> &Stats {
        &self.stats
    }

    /// How far each boot was read.
    pub fn seen(&self) -> &[Seen] {
        &self.seen
    }

    /// When the first entry that says so was stored.
    pub fn first(&self) -> Moment {
        self.first
    }

    /// When the last entry was stored.
    pub fn last(&self) -> Moment {
        self.seen.last().map(|seen| seen.last).unwrap_or_default()
    }
}

/// Makes events of one source's chunks, in order.
#[derive(Debug, Default)]
pub struct Session {
    parser: Parser,
    ring: Ring,
}

impl Session {
    /// Visits a chunk, and gives the events that it completes to `each`.
    pub fn take(&mut self, scanned: Scanned, each: &mut dyn FnMut(Event)) {
        let mut events = Vec::new();
        let mut ticks = scanned.ticks.iter().peekable();
        for (row, Row { span, writer, visit }) in (0..).zip(&scanned.rows) {
            let tick = ticks.next_if(|tick| tick.row == row);
            if !visit && !self.parser.wants(*writer) {
                if let Some(Tick { machine, boot, stored, source, .. }) = tick {
                    self.parser.tick(*machine, *boot, *stored, *source);
                }
                continue;
            }
            let lines = LinesBefore { ring: &self.ring, scanned: &scanned, row };
            scanned.chunk.entry_at(*span, |entry| self.parser.push(entry, &lines, &mut events));
            events.drain(..).for_each(&mut *each);
        }
        // What a silent writer left half read is told before anyone hears how far the log was read.
        for seen in &scanned.seen {
            self.parser.expire(&seen.origin, seen.last, &mut events);
        }
        events.drain(..).for_each(&mut *each);
        for (unit, rows) in &scanned.lines {
            self.ring.extend(*unit, scanned.last_lines(rows));
        }
    }

    /// Ends what is half read: nothing more comes.
    pub fn finish(&mut self, each: &mut dyn FnMut(Event)) {
        let mut events = Vec::new();
        self.parser.finish(&mut events);
        events.drain(..).for_each(each);
    }
}

fn tick(row: usize, known: &Known<'_>) -> Option<Tick> {
    Some(Tick {
        row: u32::try_from(row).ok()?,
        machine: known.machine_id.and_then(Id128::parse),
        boot: known.boot_id.and_then(Id128::parse),
        stored: known.monotonic.and_then(decimal)?,
        source: known.source_monotonic.and_then(decimal)?,
    })
}

/// Moves a boot's last moment on, and the boot to the end of the list.
fn note_seen(seen: &mut Vec<(u64, Seen)>, boot: u64, known: &Known<'_>) {
    let last = clock::received(known);
    match seen.iter().position(|(other, _)| *other == boot) {
        Some(at) => {
            if let Some((_, here)) = seen.get_mut(at)
                && last.order(&here.last).is_gt()
            {
                here.last = last;
            }
            if at + 1 < seen.len() {
                let here = seen.remove(at);
                seen.push(here);
            }
        }
        None => seen.push((boot, Seen { origin: origin::of_machine(known), last })),
    }
}

impl Scanned {
    fn line(&self, row: u32) -> Option<Kept> {
        let row = self.rows.get(usize::try_from(row).ok()?)?;
        let kept = |entry: &Entry<'_>| Kept { line: line_of(entry), copy: identity::copy_of(&entry.known()) };
        self.chunk.entry_at(row.span, kept)
    }

    /// The last of some rows' lines, and as many again, for half of them may be copies.
    fn last_lines(&self, rows: &[u32]) -> impl Iterator<Item = Kept> {
        rows.iter().skip(rows.len().saturating_sub(2 * CONTEXT_LINES)).filter_map(|row| self.line(*row))
    }
}

/// The lines of units before one row: those of this chunk, then those that earlier chunks left.
struct LinesBefore<'a> {
    ring: &'a Ring,
    scanned: &'a Scanned,
    row: u32,
}

impl Lines for LinesBefore<'_> {
    fn before(&self, unit: UnitHash) -> Context {
        let rows = self.scanned.lines.get(&unit).map(Vec::as_slice).unwrap_or_default();
        let (before, _) = rows.split_at(rows.partition_point(|row| *row < self.row));
        let lines = self.ring.last(unit).cloned().chain(self.scanned.last_lines(before));
        newest(lines).into_iter().map(|kept| kept.line).collect()
    }
}
