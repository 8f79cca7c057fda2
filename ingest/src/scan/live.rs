//! Entries one by one, as they are written.

mod boots;
mod kmsg;
mod own;
mod state;

use nwlog_journal::{LiveEntry, LiveGap};

pub use self::kmsg::KmsgHead;
pub use self::own::{Own, OwnProcess};
pub use self::state::LiveError;

use self::boots::Boots;
use self::kmsg::Kernel;
use super::journal::{Reader, moment};
use super::ring::Ring;
use super::{Seen, field, line_of};
use crate::Entry;
use crate::entry::Known;
use crate::event::gap::GapKind;
use crate::event::{Context, Event, Fact, GapFact, Origin};
use crate::parse::origin::{self, UnitHash, Voice, WriterKey, voice};
use crate::parse::{Lines, Parser, fields, identity, prefilter, unit};

/// What comes of entries.
#[derive(Debug)]
pub enum LiveTold {
    /// An event.
    Event(Box<Event>),
    /// A boot was read so far.
    Seen(Box<Seen>),
    /// Nothing more comes of a boot: its machine has begun another.
    Over(Box<Origin>),
}

/// Makes events of entries, which come one by one in stored order. All its state can be saved.
#[derive(Debug, Default)]
pub struct LiveSession {
    parser: Parser,
    ring: Ring,
    boots: Boots,
    kernel: Kernel,
    own: Own,
    reader: Reader,
    events: Vec<Event>,
}

impl LiveSession {
    /// Knows nothing yet. What is its own is passed over.
    pub fn new(own: Own) -> Self {
        Self { parser: Parser::of_merged(), own, ..Self::default() }
    }

    /// Fields that could not be read.
    pub fn lost_fields(&self) -> u64 {
        self.reader.lost
    }

    /// Takes an entry of a followed journal.
    pub fn journal(&mut self, entry: &LiveEntry<'_>, each: &mut dyn FnMut(LiveTold)) {
        let mut reader = std::mem::take(&mut self.reader);
        // Any entry may be a line that is kept.
        reader.show(entry.file, entry.at, is_kept, |entry| self.entry(entry, each));
        self.reader = reader;
    }

    /// Takes an entry.
    pub fn entry(&mut self, entry: &Entry<'_>, each: &mut dyn FnMut(LiveTold)) {
        let known = entry.known();
        if self.own.wrote(&known) {
            return;
        }
        let first = self.boots.note(&known);
        if !self.kernel.is_new(entry, &known) {
            return;
        }
        let opens = first || prefilter::opens(entry, &known);
        if opens || self.parser.wants(WriterKey::of(&known)) {
            self.parser.push(entry, &LinesBefore(&self.ring), &mut self.events);
            self.tell(each);
        }
        self.keep(entry, &known);
    }

    /// Takes entries that are missing.
    pub fn gap(&mut self, gap: &LiveGap, each: &mut dyn FnMut(LiveTold)) {
        let LiveGap { seqnum_id, from, to, missing, boot_id, before, after } = gap;
        let until = moment(after);
        let fact = GapFact { what: GapKind::Sequence, count: Some(*missing), since: Some(moment(before)) };
        each(LiveTold::Event(Box::new(Event {
            at: until,
            received: until,
            origin: self.boots.origin(*boot_id),
            identity: identity::of_hole(*seqnum_id, *from, *to),
            cursor: None,
            text: format!("{missing} of the entries {from} to {to} are missing").into(),
            fact: Fact::Gap(fact),
            context: Context::default(),
        })));
    }

    /// What would come of what is half read, if it ended here: crashes whose last line is not known for the last one yet.
    pub fn half_read(&self) -> Vec<Event> {
        self.parser.half_read()
    }

    /// Tells how far each boot was read since this was asked for last.
    pub fn seen(&mut self, each: &mut dyn FnMut(LiveTold)) {
        for seen in self.boots.take_seen() {
            self.pass(seen, each);
        }
    }

    /// So much time has passed, in microseconds, since the last entry was stored, and no entry is behind it: each machine's
    /// last boot was read so far. Those before it are over.
    pub fn quiet(&mut self, micros: u64, each: &mut dyn FnMut(LiveTold)) {
        for Seen { origin, .. } in self.boots.take_over() {
            let end = crate::time::Moment::new(u64::MAX, u64::MAX);
            self.parser.expire(&origin, end, &mut self.events);
            self.tell(each);
            each(LiveTold::Over(Box::new(origin)));
        }
        for Seen { origin, last } in self.boots.last() {
            self.pass(Seen { origin, last: last.later(micros) }, each);
        }
    }

    /// What a silent writer left half read is told before anyone hears how far the log was read.
    fn pass(&mut self, seen: Seen, each: &mut dyn FnMut(LiveTold)) {
        self.parser.expire(&seen.origin, seen.last, &mut self.events);
        self.tell(each);
        each(LiveTold::Seen(Box::new(seen)));
    }

    fn tell(&mut self, each: &mut dyn FnMut(LiveTold)) {
        self.events.drain(..).for_each(|event| each(LiveTold::Event(Box::new(event))));
    }

    /// Keeps a unit's own line, for those who ask for the lines before.
    fn keep(&mut self, entry: &Entry<'_>, known: &Known<'_>) {
        let is_line = voice(known) == Voice::Program && known.message_id != Some(unit::SPAWN_FAILED);
        if is_line && known.message.is_some() {
            self.ring.push(UnitHash::of(known), line_of(entry));
        }
    }
}

/// The lines that were kept so far.
struct LinesBefore<'a>(&'a Ring);

impl Lines for LinesBefore<'_> {
    fn before(&self, unit: UnitHash) -> Context {
        self.0.last(unit).map(|kept| kept.line.clone()).collect()
    }
}

/// Whether a field is read, or kept of a line.
fn is_kept(name: &[u8]) -> bool {
    fields::is_read(name) || field::is_own(name)
}

/// Whether an entry is of a kind that is there while journald starts.
fn ran(known: &Known<'_>) -> bool {
    !origin::is_of_backlog(known)
}

#[cfg(test)]
mod tests;
