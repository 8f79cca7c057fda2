//! An entry in the making, for formats whose values are not all lent by the input.

use std::ops::Range;

use super::MAX_FIELDS;
use super::name::is_name;
use crate::calendar::{Added, Calendar, Stamp};
use crate::entry::Field;

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The draft is an entry.
    Entry,
    /// The input ended inside the record; the draft has what was whole of it.
    Cut,
    /// Nothing that tells anything: a blank line, a separator, a marker.
    Ignored,
    /// Not readable.
    Skipped,
}

/// The fields of one record. Names and values are lent by the input, or written into one buffer that is reused.
#[derive(Debug, Default)]
pub(super) struct Draft<'c> {
    fields: Vec<(Bytes<'c>, Bytes<'c>)>,
    written: Vec<u8>,
    dropped: u64,
    added: Added,
}

#[derive(Clone, Debug)]
enum Bytes<'c> {
    Lent(&'c [u8]),
    Written(Range<usize>),
}

impl<'c> Draft<'c> {
    /// Adds a field whose value the input lends.
    pub(super) fn lend(&mut self, name: &'c [u8], value: &'c [u8]) {
        self.push(Bytes::Lent(name), Bytes::Lent(value));
    }

    /// Adds a field whose value has to be made.
    pub(super) fn write(&mut self, name: &'c [u8], value: impl FnOnce(&mut Vec<u8>)) {
        let value = self.written_by(value);
        self.push(Bytes::Lent(name), value);
    }

    /// Adds a field whose value has to be made, unless that comes to nothing.
    pub(super) fn try_write(&mut self, name: &'c [u8], value: impl FnOnce(&mut Vec<u8>) -> Option<()>) {
        let start = self.written.len();
        match value(&mut self.written) {
            Some(()) => self.push(Bytes::Lent(name), Bytes::Written(start..self.written.len())),
            None => {
                self.written.truncate(start);
                self.drop_field();
            }
        }
    }

    /// Adds a field with a number for a value.
    pub(super) fn number(&mut self, name: &'c [u8], value: u64) {
        self.write(name, |out| out.extend_from_slice(value.to_string().as_bytes()));
    }

    /// Adds the time of a line, on the clock that it is of.
    pub(super) fn time(&mut self, stamp: Stamp<'_>, calendar: &Calendar) {
        if let Stamp::Boot(micros) = stamp {
            self.number(b"__MONOTONIC_TIMESTAMP", micros);
        } else if let Some((micros, added)) = calendar.settle(stamp) {
            self.number(b"__REALTIME_TIMESTAMP", micros);
            self.added = added;
        }
    }

    /// What its time did not say itself.
    pub(super) fn added(&self) -> Added {
        self.added
    }

    /// Adds a field whose name and value both have to be made, unless the name that comes out is none.
    pub(super) fn write_named(&mut self, name: impl FnOnce(&mut Vec<u8>), value: impl FnOnce(&mut Vec<u8>)) {
        let name = self.written_by(name);
        if !is_name(self.resolve(&name)) {
            self.drop_field();
            return;
        }
        let value = self.written_by(value);
        self.push(name, value);
    }

    /// Counts a field that was left out.
    pub(super) fn drop_field(&mut self) {
        self.dropped = self.dropped.saturating_add(1);
    }

    /// How many fields were left out.
    pub(super) fn dropped(&self) -> u64 {
        self.dropped
    }

    /// Makes it empty, for the next record.
    pub(super) fn clear(&mut self) {
        self.fields.clear();
        self.written.clear();
        self.dropped = 0;
        self.added = Added::default();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Whether there is enough of a cut record to show.
    pub(super) fn tells(&self) -> bool {
        self.fields.iter().any(|(name, _)| tells(self.resolve(name)))
    }

    /// Adds the fields to a vector.
    pub(super) fn show<'d>(&'d self, fields: &mut Vec<Field<'d>>) {
        fields.extend(
            self.fields
                .iter()
                .map(|(name, value)| Field { name: self.resolve(name), value: self.resolve(value) }),
        );
    }

    fn push(&mut self, name: Bytes<'c>, value: Bytes<'c>) {
        if self.fields.len() < MAX_FIELDS {
            self.fields.push((name, value));
        } else {
            self.drop_field();
        }
    }

    fn written_by(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> Bytes<'c> {
        let start = self.written.len();
        write(&mut self.written);
        Bytes::Written(start..self.written.len())
    }

    fn resolve<'d>(&'d self, bytes: &Bytes<'c>) -> &'d [u8]
    where
        'c: 'd,
    {
        match bytes {
            Bytes::Lent(lent) => lent,
            Bytes::Written(range) => self.written.get(range.clone()).unwrap_or_default(),
        }
    }
}

/// Whether a field makes a cut record worth showing: without one of these it says nothing of when or what.
pub(super) fn tells(name: &[u8]) -> bool {
    matches!(name, b"MESSAGE" | b"__REALTIME_TIMESTAMP")
}

/// Empties a vector for the next record. Collecting in place keeps the allocation, though the lifetime changes.
pub(crate) fn emptied(mut room: Vec<Field<'_>>) -> Vec<Field<'static>> {
    room.clear();
    room.into_iter().map(|_| Field { name: b"", value: b"" }).collect()
}
