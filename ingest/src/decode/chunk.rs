//! A piece of a stream that can be decoded alone.

use std::ops::ControlFlow;

use super::draft::{Draft, Outcome, emptied};
use super::text::short::Form;
use super::{Format, Frame, Stats, export, frame, json, kmsg, text};
use crate::Id128;
use crate::calendar::Calendar;
use crate::entry::{Entry, Field};

/// Whole records of one format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// How the records are written.
    pub format: Format,
    /// Where the chunk begins in the uncompressed stream, in bytes.
    pub offset: u64,
    /// The records.
    pub bytes: Vec<u8>,
    /// What settles times that leave something out.
    pub calendar: Calendar,
    /// The boots that the records are of, where only lines between these say so: each from a place in the chunk on, ascending.
    pub boots: Vec<(u32, Id128)>,
}

/// Where in a chunk a record lies, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first byte of the record.
    pub start: u32,
    /// How many bytes it takes.
    pub len: u32,
}

/// Takes each entry, and says whether to go on.
pub(super) type Visitor<'v> = dyn FnMut(Span, &Entry<'_>) -> ControlFlow<()> + 'v;

impl Chunk {
    /// Shows every entry, in stored order, and adds to the counts.
    pub fn visit(&self, stats: &mut Stats, each: &mut dyn FnMut(Span, &Entry<'_>)) {
        self.visit_from(0, stats, &mut |span, entry| {
            each(span, entry);
            ControlFlow::Continue(())
        });
    }

    /// Shows the entries from a record's start on, until the visitor breaks off. Returns where the next record begins.
    pub(crate) fn visit_from(&self, start: usize, stats: &mut Stats, each: &mut Visitor<'_>) -> usize {
        let Some(bytes) = self.bytes.get(start..) else { return self.bytes.len() };
        let shift = u32::try_from(start).unwrap_or(u32::MAX);
        let place = self.offset.saturating_add(u64::from(shift));
        let read = self.decode(bytes, place, stats, &mut |span, entry| {
            each(Span { start: span.start.saturating_add(shift), ..span }, entry)
        });
        stats.bytes = stats.bytes.saturating_add(read as u64);
        start.saturating_add(read)
    }

    /// Decodes one record again.
    pub fn entry_at<T>(&self, span: Span, f: impl FnOnce(&Entry<'_>) -> T) -> Option<T> {
        let start = usize::try_from(span.start).ok()?;
        let end = start.checked_add(usize::try_from(span.len).ok()?)?;
        let record = self.bytes.get(start..end)?;
        let place = self.offset.saturating_add(u64::from(span.start));
        let mut f = Some(f);
        let mut found = None;
        self.decode(record, place, &mut Stats::default(), &mut |_, entry| {
            found = f.take().map(|f| f(entry));
            ControlFlow::Break(())
        });
        found
    }

    /// Decodes records that begin at `place` of their stream. Returns how many bytes were read before the visitor broke off.
    fn decode(&self, bytes: &[u8], place: u64, stats: &mut Stats, each: &mut Visitor<'_>) -> usize {
        let (format, calendar) = (self.format, &self.calendar);
        match format {
            Format::Export => export::decode(bytes, place, stats, each),
            Format::Json => {
                decode_with(|_, record, draft| json::read(record, draft), format, bytes, place, stats, each)
            }
            Format::Kmsg => {
                decode_with(|_, record, draft| kmsg::read(record, draft), format, bytes, place, stats, each)
            }
            Format::Dmesg => {
                let read = |_, record, draft: &mut _| text::dmesg::read(record, calendar, draft);
                decode_with(read, format, bytes, place, stats, each)
            }
            Format::Short { host } | Format::ShortMonotonic { host } => {
                let form = Form { boot: matches!(format, Format::ShortMonotonic { .. }), host };
                let read = |place, record, draft: &mut _| {
                    text::short::read(record, form, calendar, self.boot_at(place), draft)
                };
                decode_with(read, format, bytes, place, stats, each)
            }
            Format::Syslog => {
                let read = |_, record, draft: &mut _| text::protocol::read(record, calendar, draft);
                decode_with(read, format, bytes, place, stats, each)
            }
            Format::Bare => decode_with(
                |_, record, draft| text::bare::read(record, draft),
                format,
                bytes,
                place,
                stats,
                each,
            ),
        }
    }

    /// The boot of the record at this place of the stream, where a line before it names one.
    fn boot_at(&self, place: u64) -> Option<Id128> {
        let within = place.saturating_sub(self.offset);
        let before = self.boots.partition_point(|(start, _)| u64::from(*start) <= within);
        self.boots.get(before.checked_sub(1)?).map(|(_, boot)| *boot)
    }
}

/// Decodes record by record. `read` is told where each begins in its stream.
fn decode_with<'c>(
    read: impl Fn(u64, &'c [u8], &mut Draft<'c>) -> Outcome,
    format: Format,
    bytes: &'c [u8],
    place: u64,
    stats: &mut Stats,
    each: &mut Visitor<'_>,
) -> usize {
    let mut draft = Draft::default();
    let mut room: Vec<Field<'static>> = Vec::new();
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let len = match frame(format, rest, true) {
            Frame::Whole(len) => len.clamp(1, rest.len()),
            Frame::Open(_) => rest.len(),
        };
        let record = rest.get(..len).unwrap_or(rest);
        let here = place.saturating_add(at as u64);
        let outcome = read(here, record, &mut draft);
        let cut = outcome == Outcome::Cut;
        stats.truncated = stats.truncated.saturating_add(u64::from(cut));
        stats.skipped = stats.skipped.saturating_add(u64::from(outcome == Outcome::Skipped));
        let mut flow = ControlFlow::Continue(());
        if outcome == Outcome::Entry || cut && draft.tells() {
            let mut fields: Vec<Field<'_>> = std::mem::take(&mut room);
            draft.show(&mut fields);
            let entry = Entry::new(&fields, format.provenance(), here);
            stats.entries = stats.entries.saturating_add(1);
            stats.fields_dropped = stats.fields_dropped.saturating_add(draft.dropped());
            stats.count(draft.added());
            flow = each(span(at, len), &entry);
            room = emptied(fields);
        }
        draft.clear();
        at = at.saturating_add(len);
        if flow.is_break() {
            return at;
        }
    }
    bytes.len()
}

pub(super) fn span(start: usize, len: usize) -> Span {
    Span { start: u32::try_from(start).unwrap_or(u32::MAX), len: u32::try_from(len).unwrap_or(u32::MAX) }
}
