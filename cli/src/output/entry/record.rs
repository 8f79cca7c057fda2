//! One entry, as it is printed.

use std::fmt;

use nwlog_ingest::Id128;

pub use nwlog_ingest::Field;

use super::number;

/// The largest time that a journal has: journald takes later ones for none (systemd, src/libsystemd/sd-journal/
/// journal-file.h, VALID_REALTIME).
pub(super) const LAST_TIME: u64 = 1 << 55;

/// What an entry says of itself beside its fields. A part that its source does not have is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// When it was stored, in microseconds since 1970.
    pub realtime: Option<u64>,
    /// When it was stored, in microseconds since the boot.
    pub monotonic: Option<u64>,
    /// The boot.
    pub boot_id: Option<Id128>,
    /// Where it stands.
    pub cursor: Cursor,
}

/// Where an entry stands in its journal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cursor {
    /// Its source does not say.
    #[default]
    None,
    /// As its source wrote it: the record has the text.
    Given,
    /// By its place in a journal file, and what stands there.
    Place {
        /// Who counts the sequence numbers.
        seqnum_id: Id128,
        /// Its number.
        seqnum: u64,
        /// The hashes of all its fields, folded into one.
        xor_hash: u64,
    },
}

/// One entry: its head, and its fields in stored order. Made to be filled again and again: what it holds stays
/// allocated.
#[derive(Default)]
pub struct Record {
    /// What it says of itself.
    pub head: Head,
    cursor: Vec<u8>,
    /// Names and values, one after the other.
    bytes: Vec<u8>,
    fields: Vec<Span>,
}

#[derive(Clone, Copy, Debug)]
struct Span {
    start: usize,
    name_end: usize,
    end: usize,
}

impl Record {
    /// Empties it, and gives it a head.
    pub fn begin(&mut self, head: Head) {
        self.head = head;
        self.cursor.clear();
        self.bytes.clear();
        self.fields.clear();
    }

    /// Gives it the cursor that its source wrote.
    pub fn set_cursor(&mut self, text: &[u8]) {
        self.head.cursor = Cursor::Given;
        self.cursor.clear();
        self.cursor.extend_from_slice(text);
    }

    /// Appends a field. One whose name no format can hold is left out: it would be read as something else.
    pub fn push(&mut self, name: &[u8], value: &[u8]) {
        if name.is_empty() || !name.iter().all(|byte| byte.is_ascii_graphic() && *byte != b'=') {
            return;
        }
        let start = self.bytes.len();
        self.bytes.extend_from_slice(name);
        let name_end = self.bytes.len();
        self.bytes.extend_from_slice(value);
        self.fields.push(Span { start, name_end, end: self.bytes.len() });
    }

    /// Appends a field as a journal stores it, `NAME=value`. The boot stands in the head and is left out.
    pub fn push_stored(&mut self, payload: &[u8]) {
        let equals = memchr::memchr(b'=', payload);
        let split = equals.and_then(|at| payload.get(..at).zip(payload.get(at + 1..)));
        if let Some((name, value)) = split.filter(|(name, _)| *name != b"_BOOT_ID") {
            self.push(name, value);
        }
    }

    /// Its fields, in stored order.
    pub fn fields(&self) -> impl DoubleEndedIterator<Item = Field<'_>> + Clone {
        self.fields.iter().map(|span| Field {
            name: self.bytes.get(span.start..span.name_end).unwrap_or_default(),
            value: self.bytes.get(span.name_end..span.end).unwrap_or_default(),
        })
    }

    /// Every value of a field, in stored order.
    pub fn all<'a>(&'a self, name: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
        self.fields().filter(move |field| field.name == name).map(|field| field.value)
    }

    /// Appends its cursor; nothing where it has none.
    pub(super) fn write_cursor(&self, out: &mut Vec<u8>) {
        let Cursor::Place { seqnum_id, seqnum, xor_hash } = self.head.cursor else {
            out.extend_from_slice(&self.cursor);
            return;
        };
        out.extend_from_slice(b"s=");
        number::hex_id(seqnum_id, out);
        out.extend_from_slice(b";i=");
        number::hex(seqnum, out);
        out.extend_from_slice(b";b=");
        number::hex_id(self.head.boot_id.unwrap_or(Id128::from_u128(0)), out);
        out.extend_from_slice(b";m=");
        number::hex(self.head.monotonic.unwrap_or_default(), out);
        out.extend_from_slice(b";t=");
        number::hex(self.head.realtime.unwrap_or_default(), out);
        out.extend_from_slice(b";x=");
        number::hex(xor_hash, out);
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("head", &self.head)
            .field("fields", &self.fields.len())
            .finish_non_exhaustive()
    }
}
