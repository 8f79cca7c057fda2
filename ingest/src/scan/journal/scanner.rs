//! One pass over a file: which entries are worth a visit.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use nwlog_journal::{Damage, Data, EntryHead, Field, JournalFile, Marked, Numbers, Scan};

use super::FileScan;
use super::row::{Row, Tick};
use super::writers::{NAMES, Who, Writers};
use crate::decimal;
use crate::parse::origin::{UnitHash, Voice};
use crate::parse::{Glance, prefilter, unit};
use crate::scan::Seen;
use crate::time::Moment;

/// A mark is a kind and a number of 24 bits.
const NUMBER_BITS: u32 = 24;
const MAX_NUMBER: u32 = (1 << NUMBER_BITS) - 1;

/// Kinds beyond those of the fields that say who wrote.
const MESSAGE: u32 = NAMES.len() as u32;
const MESSAGE_ID: u32 = MESSAGE + 1;
const SOURCE_MONOTONIC: u32 = MESSAGE + 2;

/// What a message may begin, and of a kernel: say.
const PROGRAM_OPENS: u32 = 1;
const PROGRAM_TELLS: u32 = 2;
const KERNEL_OPENS: u32 = 4;
const KERNEL_TELLS: u32 = 8;
/// What a MESSAGE_ID stands for: a process that could not be spawned, what a manager says without making an event of it,
/// everything else, and what a process says that is something by itself.
const SPAWN_FAILED: u32 = 1;
const SAYS_NOTHING: u32 = 2;
const OTHER_ID: u32 = 3;
const TELLS: u32 = 4;

/// The most entries that room is made for at once, whatever a header says.
const MAX_ROOM: usize = 1 << 20;

/// The state of a scan.
#[derive(Debug)]
pub(super) struct Scanner {
    prefilter: bool,
    room: Vec<u8>,
    rows: Vec<Row>,
    writers: Writers,
    lines: Lines,
    sources: Vec<u64>,
    ticks: Vec<Tick>,
    /// The boots that wrote something that is not of the kernel's backlog.
    ran: Firsts,
    seen: Vec<(u64, Seen)>,
    numbers: Numbers,
}

impl Scanner {
    /// A scan of a file that has about so many entries.
    pub(super) fn new(prefilter: bool, entries: u64) -> Self {
        Self {
            prefilter,
            room: Vec::new(),
            rows: Vec::with_capacity(usize::try_from(entries).unwrap_or(MAX_ROOM).min(MAX_ROOM)),
            writers: Writers::default(),
            lines: Lines::default(),
            sources: Vec::new(),
            ticks: Vec::new(),
            ran: Firsts::default(),
            seen: Vec::new(),
            numbers: Numbers::default(),
        }
    }

    pub(super) fn finish(self, file: Arc<JournalFile>, damage: Damage) -> FileScan {
        let Self { mut rows, mut writers, lines, mut ticks, seen, numbers, .. } = self;
        writers.settle();
        let mut lines = lines.by_unit(&writers);
        if !rows.is_sorted_by_key(|row| row.at()) {
            in_order(&mut rows, &mut lines, &mut ticks);
        }
        let seen = seen.into_iter().map(|(_, seen)| seen).collect();
        FileScan { file, rows, writers, lines, ticks, seen, numbers, damage }
    }

    fn note_seen(&mut self, writer: u32, head: &EntryHead) {
        let Some(writer) = self.writers.get(writer as usize) else { return };
        let last = moment(head);
        match self.seen.iter_mut().rev().find(|(boot, _)| *boot == writer.boot) {
            Some((_, seen)) if last.order(&seen.last).is_gt() => seen.last = last,
            Some(_) => {}
            None => self.seen.push((writer.boot, Seen { origin: (*writer.origin).clone(), last })),
        }
    }
}

pub(in crate::scan) fn moment(head: &EntryHead) -> Moment {
    Moment { realtime: Some(head.realtime), monotonic: Some(head.monotonic) }
}

/// Puts rows in order that a damaged file gave out of it.
fn in_order(rows: &mut Vec<Row>, lines: &mut HashMap<UnitHash, Vec<u32>>, ticks: &mut [Tick]) {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut order: Vec<(Row, u32)> = rows.iter().copied().zip(0..).collect();
    order.sort_unstable();
    let mut place = vec![0; order.len()];
    for (new, (_, old)) in order.iter().enumerate() {
        if let Some(place) = place.get_mut(*old as usize) {
            *place = number(new);
        }
    }
    let moved = |row: u32| place.get(row as usize).copied().unwrap_or(row);
    for rows in lines.values_mut() {
        rows.iter_mut().for_each(|row| *row = moved(*row));
        rows.sort_unstable();
    }
    ticks.iter_mut().for_each(|tick| tick.row = moved(tick.row));
    ticks.sort_unstable_by_key(|tick| tick.row);
    *rows = order.into_iter().map(|(row, _)| row).collect();
}

impl Scan for Scanner {
    type Shared = Who;

    fn data(&mut self, data: &Data<'_>) -> Option<u32> {
        let mut kind = None;
        let wanted = |name: &[u8]| {
            kind = kind_of(name);
            kind.is_some()
        };
        let Field::Wanted(payload) = data.field(&mut self.room, wanted)? else { return None };
        let (kind, value) = (kind?, payload.value());
        let number = match kind {
            MESSAGE => told_by(value),
            MESSAGE_ID if value == unit::SPAWN_FAILED => SPAWN_FAILED,
            MESSAGE_ID if unit::says_nothing(value) => SAYS_NOTHING,
            MESSAGE_ID if prefilter::tells_by_id(value) => TELLS,
            MESSAGE_ID => OTHER_ID,
            SOURCE_MONOTONIC => {
                self.sources.push(decimal(value)?);
                u32::try_from(self.sources.len() - 1).ok()?
            }
            _ => self.writers.value(value),
        };
        (number <= MAX_NUMBER).then_some(kind << NUMBER_BITS | number)
    }

    #[inline]
    fn is_shared(&self, mark: u32) -> bool {
        mark >> NUMBER_BITS < MESSAGE
    }

    fn shared(&mut self, marks: &[Marked]) -> Who {
        let mut who = Who::default();
        for Marked { mark, .. } in marks {
            // Of a field that comes several times the first value counts.
            let field = who.fields.get_mut((mark >> NUMBER_BITS) as usize);
            if let Some(field) = field.filter(|field| **field == 0) {
                *field = mark & MAX_NUMBER;
            }
        }
        who
    }

    fn entry(&mut self, head: &EntryHead, who: &mut Who, marks: &[Marked]) -> ControlFlow<()> {
        self.numbers.insert(head.seqnum);
        let (mut message, mut message_id, mut source) = (None, None, None);
        for Marked { mark, .. } in marks {
            let (kind, number) = (mark >> NUMBER_BITS, mark & MAX_NUMBER);
            match kind {
                MESSAGE => message = message.or(Some(number)),
                MESSAGE_ID => message_id = message_id.or(Some(number)),
                _ => source = source.or(self.sources.get(number as usize).copied()),
            }
        }
        let boot = self.writers.boot(head.boot_id);
        let number = who.in_boot(boot, &mut self.writers);
        let row = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let bits = message.unwrap_or(0);
        let mut visit = !self.prefilter;
        match self.writers.get(number as usize) {
            None => visit = true,
            Some(writer) => {
                // The first such entry of a boot ends the backlog of journald's start.
                visit |= writer.is_heeded;
                visit |= !writer.is_of_backlog && self.ran.is_first(writer.boot);
                match writer.voice {
                    Voice::Kernel => visit |= bits & (KERNEL_OPENS | KERNEL_TELLS) != 0,
                    Voice::Journald => visit |= message_id.is_some(),
                    Voice::Program => {
                        let spawn_failed = message_id == Some(SPAWN_FAILED);
                        visit |= spawn_failed || message_id == Some(TELLS);
                        visit |= bits & (PROGRAM_OPENS | PROGRAM_TELLS) != 0;
                        if message.is_some() && !spawn_failed {
                            self.lines.push(writer.lines, row);
                        }
                    }
                    Voice::Manager(_) => visit |= message_id != Some(SAYS_NOTHING),
                    Voice::Relay => {}
                }
                if let (Voice::Kernel, Some(source), false) = (writer.voice, source, visit) {
                    self.ticks.push(Tick { row, stored: head.monotonic, source });
                }
            }
        }
        self.rows.push(Row::new(head.at, number, visit));
        self.note_seen(number, head);
        ControlFlow::Continue(())
    }
}

/// The rows of each unit's own lines, by the number that the unit has among the writers.
#[derive(Debug, Default)]
struct Lines(Vec<Vec<u32>>);

impl Lines {
    #[inline]
    fn push(&mut self, unit: u32, row: u32) {
        let unit = unit as usize;
        if self.0.len() <= unit {
            self.0.resize_with(unit + 1, Vec::new);
        }
        if let Some(rows) = self.0.get_mut(unit) {
            rows.push(row);
        }
    }

    fn by_unit(self, writers: &Writers) -> HashMap<UnitHash, Vec<u32>> {
        let units = writers.units().iter().copied().zip(self.0);
        units.filter(|(_, rows)| !rows.is_empty()).collect()
    }
}

/// What was seen, most often the thing that was seen last.
#[derive(Debug, Default)]
struct Firsts {
    last: Option<u64>,
    all: HashSet<u64>,
}

impl Firsts {
    #[inline]
    fn is_first(&mut self, thing: u64) -> bool {
        self.last.replace(thing) != Some(thing) && self.all.insert(thing)
    }
}

/// What a field of that name is marked as.
#[inline]
fn kind_of(name: &[u8]) -> Option<u32> {
    Some(match name {
        b"MESSAGE" => MESSAGE,
        b"MESSAGE_ID" => MESSAGE_ID,
        b"_SOURCE_MONOTONIC_TIMESTAMP" => SOURCE_MONOTONIC,
        _ => u32::try_from(NAMES.iter().position(|known| *known == name)?).ok()?,
    })
}

/// What a message may be the beginning of, whoever wrote it.
fn told_by(text: &[u8]) -> u32 {
    let Glance { program_opens, program_tells, kernel_opens, kernel_tells } = Glance::at(text);
    [
        (program_opens, PROGRAM_OPENS),
        (program_tells, PROGRAM_TELLS),
        (kernel_opens, KERNEL_OPENS),
        (kernel_tells, KERNEL_TELLS),
    ]
    .into_iter()
    .fold(0, |bits, (holds, bit)| if holds { bits | bit } else { bits })
}
