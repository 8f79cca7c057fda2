//! Reads single lines, looked at one by one and now and then.
//!
//! Lines of one unit share most of their fields, and with them the DATA objects. Those that are no part of a line are
//! remembered, and not looked at again: what is left to read is what tells one line from the next.

use std::ops::Range;
use std::sync::{Arc, Weak};

use nwlog_journal::{EntryHead, JournalFile};

use crate::entry::{Entry, Field, Provenance};
use crate::event::Line;
use crate::scan::{field, line_of};

/// The most of a line that is read, in bytes: what goes beyond it is a core dump or the like.
const MAX_LINE: usize = 64 << 20;

/// The DATA objects that are remembered, a power of two.
const MAX_OTHERS: usize = 2_048;

/// Reads lines, with buffers that it keeps.
#[derive(Debug, Default)]
pub(super) struct Single {
    others: Others,
    items: Vec<u64>,
    data: Vec<u8>,
    payload: Vec<u8>,
    bytes: Vec<u8>,
    spans: Vec<(Range<usize>, Range<usize>)>,
    fields: Vec<Field<'static>>,
}

impl Single {
    /// Reads the line of the entry at a place. None where there is no entry.
    pub(super) fn line(&mut self, file: &Arc<JournalFile>, at: u64) -> Option<Line> {
        let Self { others, items, data, payload, bytes, spans, .. } = self;
        bytes.clear();
        spans.clear();
        let head = file.entry(at, items, data)?;
        others.turn_to(file);
        for item in items.iter().copied() {
            if others.have(item) {
                continue;
            }
            let field = file.data(item, data).and_then(|object| object.field(payload, is_of_line));
            match field {
                Some(nwlog_journal::Field::Wanted(field))
                    if bytes.len().saturating_add(field.bytes().len()) <= MAX_LINE =>
                {
                    add(bytes, spans, field.name(), field.value());
                }
                Some(nwlog_journal::Field::Other) => others.note(item),
                _ => {}
            }
        }
        self.add_times(&head);
        let mut fields: Vec<Field<'_>> = std::mem::take(&mut self.fields);
        let slice = |range: &Range<usize>| self.bytes.get(range.clone()).unwrap_or_default();
        fields
            .extend(self.spans.iter().map(|(name, value)| Field { name: slice(name), value: slice(value) }));
        let line = line_of(&Entry::new(&fields, Provenance::Journal, at));
        self.fields = crate::decode::emptied(fields);
        Some(line)
    }

    /// When the entry was stored, as an export of it says.
    fn add_times(&mut self, head: &EntryHead) {
        let mut decimal = itoa::Buffer::new();
        for (name, time) in
            [(&b"__REALTIME_TIMESTAMP"[..], head.realtime), (b"__MONOTONIC_TIMESTAMP", head.monotonic)]
        {
            add(&mut self.bytes, &mut self.spans, name, decimal.format(time).as_bytes());
        }
    }
}

fn add(bytes: &mut Vec<u8>, spans: &mut Vec<(Range<usize>, Range<usize>)>, name: &[u8], value: &[u8]) {
    let start = bytes.len();
    bytes.extend_from_slice(name);
    let middle = bytes.len();
    bytes.extend_from_slice(value);
    spans.push((start..middle, middle..bytes.len()));
}

/// The fields that a line is made of.
fn is_of_line(name: &[u8]) -> bool {
    matches!(
        name,
        b"CONTAINER_ID"
            | b"CONTAINER_ID_FULL"
            | b"CONTAINER_NAME"
            | b"MESSAGE"
            | b"_PID"
            | b"_SOURCE_REALTIME_TIMESTAMP"
            | b"_SYSTEMD_INVOCATION_ID"
            | b"_SYSTEMD_UNIT"
            | b"_SYSTEMD_USER_UNIT"
    ) || field::is_own(name)
}

/// The DATA objects of one file that are no part of a line, as many as were seen last.
#[derive(Debug, Default)]
struct Others {
    // It keeps the place in memory from being another file's.
    file: Weak<JournalFile>,
    places: Vec<u64>,
}

impl Others {
    fn turn_to(&mut self, file: &Arc<JournalFile>) {
        if !std::ptr::eq(self.file.as_ptr(), Arc::as_ptr(file)) {
            self.file = Arc::downgrade(file);
            self.places.clear();
            self.places.resize(MAX_OTHERS, 0);
        }
    }

    fn have(&self, place: u64) -> bool {
        self.places.get(slot(place)) == Some(&place)
    }

    fn note(&mut self, place: u64) {
        self.places.get_mut(slot(place)).into_iter().for_each(|known| *known = place);
    }
}

/// Objects begin at multiples of eight, and those of one process lie together.
fn slot(place: u64) -> usize {
    (place.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize % MAX_OTHERS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_noted_is_had_until_another_takes_its_slot() {
        let mut others = Others { file: Weak::new(), places: vec![0; MAX_OTHERS] };
        let places = (1..=8 * MAX_OTHERS as u64).map(|n| n * 8);
        for place in places.clone() {
            assert!(!others.have(place));
            others.note(place);
            assert!(others.have(place));
        }
        assert!(places.filter(|place| others.have(*place)).count() <= MAX_OTHERS);
    }
}
