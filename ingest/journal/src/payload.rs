//! What DATA objects hold, and entries through them.

use std::ops::ControlFlow;

use crate::JournalFile;
use crate::object::{Data, EntryHead};

/// The longest payload that is read, in bytes (src/journal-importer.h of systemd v257, DATA_SIZE_MAX).
pub const MAX_PAYLOAD: usize = 768 << 20;

/// How much of a payload shows which field it is: names are shorter.
const NAME_LEN: usize = 256;

/// How much of a compressed payload is decompressed before anyone has asked for it, in bytes. Most are shorter.
const MAX_SHORT: usize = 64 << 10;

/// Buffers that a reader uses again and again.
#[derive(Debug, Default)]
pub struct Room {
    pub(crate) data: Vec<u8>,
    pub(crate) payload: Vec<u8>,
    items: Vec<u64>,
}

/// How many fields of an entry were shown, and how many cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fields {
    /// What the entry says of itself.
    pub head: EntryHead,
    /// Fields shown, or passed over because nobody wanted them.
    pub read: u32,
    /// Fields whose DATA object is damaged or gone.
    pub lost: u32,
}

impl Fields {
    /// Whether no field is lost.
    pub fn is_whole(&self) -> bool {
        self.lost == 0
    }
}

/// What a DATA object holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field<'a> {
    /// A field that somebody wants.
    Wanted(Payload<'a>),
    /// Another one.
    Other,
}

/// `NAME=value`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payload<'a> {
    bytes: &'a [u8],
    name_len: usize,
}

impl<'a> Payload<'a> {
    /// All of it.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// What is before the first `=`.
    #[inline]
    pub fn name(&self) -> &'a [u8] {
        self.bytes.get(..self.name_len).unwrap_or_default()
    }

    /// What follows it.
    #[inline]
    pub fn value(&self) -> &'a [u8] {
        self.bytes.get(self.name_len + 1..).unwrap_or_default()
    }
}

impl<'a> Data<'a> {
    /// The first bytes of the payload, enough to see which field it is.
    #[inline]
    pub fn prefix<'b>(&self, room: &'b mut Vec<u8>) -> &'b [u8]
    where
        'a: 'b,
    {
        match self.compression {
            None => self.stored.get(..NAME_LEN).unwrap_or(self.stored),
            Some(compression) => {
                room.clear();
                // What came before a damaged place is still good for the name.
                let _ = compression.decompress(self.stored, NAME_LEN, room);
                room
            }
        }
    }

    /// The payload, `NAME=value`. None where it cannot be decompressed, or is longer than [`MAX_PAYLOAD`].
    #[inline]
    pub fn payload<'b>(&self, room: &'b mut Vec<u8>) -> Option<&'b [u8]>
    where
        'a: 'b,
    {
        match self.compression {
            None => Some(self.stored),
            Some(compression) => {
                room.clear();
                let whole = compression.decompress(self.stored, MAX_PAYLOAD, room);
                (whole == Ok(true)).then_some(room)
            }
        }
    }

    /// The payload of a field that is wanted. None where it cannot be read. What is compressed is decompressed once or,
    /// where nobody wants it, some way at the most.
    #[inline]
    pub fn field<'b>(&self, room: &'b mut Vec<u8>, wanted: impl FnOnce(&[u8]) -> bool) -> Option<Field<'b>>
    where
        'a: 'b,
    {
        let Some(compression) = self.compression else {
            let payload = Payload { bytes: self.stored, name_len: memchr::memchr(b'=', self.stored)? };
            return Some(if wanted(payload.name()) { Field::Wanted(payload) } else { Field::Other });
        };
        room.clear();
        let short = compression.decompress(self.stored, MAX_SHORT, room);
        let name_len = memchr::memchr(b'=', room.get(..NAME_LEN).unwrap_or(room))?;
        if !room.get(..name_len).is_some_and(wanted) {
            return Some(Field::Other);
        }
        if short != Ok(true) {
            self.payload(room)?;
        }
        Some(Field::Wanted(Payload { bytes: room, name_len }))
    }

    /// Whether this is the payload.
    pub(crate) fn is(&self, payload: &[u8], room: &mut Vec<u8>) -> bool {
        self.payload(room).is_some_and(|own| own == payload)
    }
}

impl JournalFile {
    /// Shows the fields of the entry at a place, `NAME=value` each, in stored order. None where there is no entry.
    pub fn fields(
        &self,
        at: u64,
        room: &mut Room,
        each: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> Option<Fields> {
        self.fields_named(at, room, &mut |_| true, each)
    }

    /// Shows those fields of an entry whose names are wanted. No others are decompressed.
    pub fn fields_named(
        &self,
        at: u64,
        room: &mut Room,
        wanted: &mut dyn FnMut(&[u8]) -> bool,
        each: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> Option<Fields> {
        let Room { data, payload, items } = room;
        let head = self.entry(at, items, data)?;
        let mut fields = Fields { head, read: 0, lost: 0 };
        for item in items {
            match self.show(*item, data, payload, wanted, each) {
                Some(ControlFlow::Continue(())) => fields.read += 1,
                Some(ControlFlow::Break(())) => break,
                None => fields.lost += 1,
            }
        }
        Some(fields)
    }

    #[inline]
    fn show(
        &self,
        at: u64,
        data: &mut Vec<u8>,
        room: &mut Vec<u8>,
        wanted: &mut dyn FnMut(&[u8]) -> bool,
        each: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> Option<ControlFlow<()>> {
        Some(match self.data(at, data)?.field(room, wanted)? {
            Field::Wanted(payload) => each(payload.bytes()),
            Field::Other => ControlFlow::Continue(()),
        })
    }

    /// The payload of the DATA object at a place.
    pub fn payload_at<'a>(&'a self, at: u64, room: &'a mut Room) -> Option<&'a [u8]> {
        let data = self.data(at, &mut room.data)?;
        data.payload(&mut room.payload)
    }
}
