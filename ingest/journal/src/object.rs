//! The objects that a journal file is made of.
//!
//! systemd, src/libsystemd/sd-journal/journal-def.h of v257. Objects begin at multiples of 8; their sizes are exact.

use crate::Id128;
use crate::bytes::{id128, le32, le64};
use crate::compression::Compression;

/// The part that all objects have: kind, flags, six reserved bytes and the size.
pub(crate) const HEAD: usize = 16;

/// The part of an ENTRY before its items.
pub(crate) const ENTRY_HEAD: usize = 64;

pub(crate) const DATA: u8 = 1;
pub(crate) const FIELD: u8 = 2;
pub(crate) const ENTRY: u8 = 3;
pub(crate) const ENTRY_ARRAY: u8 = 6;
const LAST_KIND: u8 = 7;

/// The most fields of an entry that are read. journald takes 1,024 from whoever logs (src/libsystemd/sd-journal/journal-def.h,
/// ENTRY_FIELD_COUNT_MAX) and adds its own, some for each object that the message is about.
pub const MAX_FIELDS: usize = 4096;

/// The bytes of an item in an ENTRY: an offset, and in wide files a hash.
pub(crate) const WIDE_ITEM: usize = 16;
pub(crate) const COMPACT_ITEM: usize = 4;

/// How the widths in a file depend on its flags.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    pub(crate) compact: bool,
}

impl Layout {
    /// Where the payload of a DATA begins.
    pub(crate) const fn payload_at(self) -> usize {
        if self.compact { 72 } else { 64 }
    }

    /// The bytes of an item in an ENTRY.
    pub(crate) const fn item_len(self) -> usize {
        if self.compact { COMPACT_ITEM } else { WIDE_ITEM }
    }

    /// The bytes of an item in an ENTRY_ARRAY.
    pub(crate) const fn slot_len(self) -> usize {
        if self.compact { 4 } else { 8 }
    }

    pub(crate) fn slot(self, bytes: &[u8]) -> u64 {
        if self.compact { le32(bytes, 0).unwrap_or(0).into() } else { le64(bytes, 0).unwrap_or(0) }
    }

    const fn least(self, kind: u8) -> u64 {
        match kind {
            DATA => self.payload_at() as u64 + 1,
            FIELD => 41,
            ENTRY => (ENTRY_HEAD + self.item_len()) as u64,
            ENTRY_ARRAY => (24 + self.slot_len()) as u64,
            7 => 64,
            _ => HEAD as u64,
        }
    }
}

/// The head of an object that makes sense by itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    pub(crate) kind: u8,
    pub(crate) flags: u8,
    pub(crate) size: u64,
}

impl Head {
    /// Reads a head. None where the bytes are none, or the object would be longer than `room` bytes.
    #[inline]
    pub(crate) fn read(bytes: &[u8], layout: Layout, room: u64) -> Option<Self> {
        let head: &[u8; HEAD] = bytes.first_chunk()?;
        let [kind, flags, ..] = *head;
        let size = le64(head, 8)?;
        // Types of later versions are passed over by their size.
        let is_sound = kind != 0 && size >= layout.least(kind) && size <= room;
        is_sound.then_some(Self { kind, flags, size })
    }

    /// Whether the bytes that no version uses are unused, which a chance find would not have.
    pub(crate) fn is_strict(bytes: &[u8], layout: Layout, room: u64) -> Option<Self> {
        let head = Self::read(bytes, layout, room)?;
        let reserved = bytes.get(2..8)?.iter().all(|byte| *byte == 0);
        let flags = match head.kind {
            DATA => matches!(head.flags, 0 | 1 | 2 | 4),
            _ => head.flags == 0,
        };
        (reserved && flags && head.kind <= LAST_KIND).then_some(head)
    }
}

/// A DATA object: one `NAME=value`, stored once in a file however many entries have it.
#[derive(Clone, Copy, Debug)]
pub struct Data<'a> {
    /// Where the object begins in its file.
    pub at: u64,
    /// What the file says that the payload hashes to.
    pub hash: u64,
    /// The first entry that has it.
    pub entry: u64,
    /// The first array of the others; 0 where there are none.
    pub entry_array: u64,
    /// How many entries have it.
    pub n_entries: u64,
    pub(crate) next_hash: u64,
    pub(crate) compression: Option<Compression>,
    pub(crate) stored: &'a [u8],
}

impl<'a> Data<'a> {
    /// Reads the bytes of an object, which may be cut.
    #[inline]
    pub(crate) fn read(at: u64, head: Head, bytes: &'a [u8], layout: Layout) -> Option<Self> {
        let fixed: &[u8; 64] = bytes.first_chunk()?;
        let size = usize::try_from(head.size).ok()?;
        Some(Self {
            at,
            hash: le64(fixed, 16)?,
            next_hash: le64(fixed, 24)?,
            entry: le64(fixed, 40)?,
            entry_array: le64(fixed, 48)?,
            n_entries: le64(fixed, 56)?,
            compression: Compression::of_flags(head.flags)?,
            stored: bytes.get(layout.payload_at()..size.min(bytes.len()))?,
        })
    }
}

/// What an entry says of itself, before its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryHead {
    /// Where the object begins in its file.
    pub at: u64,
    /// Counts up over all files of one journald.
    pub seqnum: u64,
    /// When it was stored, in microseconds since 1970.
    pub realtime: u64,
    /// When it was stored, in microseconds since the boot.
    pub monotonic: u64,
    /// The boot.
    pub boot_id: Id128,
    /// The hashes of all its fields, folded into one.
    pub xor_hash: u64,
}

impl EntryHead {
    /// Reads the first bytes of an ENTRY.
    #[inline]
    pub(crate) fn read(at: u64, bytes: &[u8]) -> Option<Self> {
        let fixed: &[u8; ENTRY_HEAD] = bytes.first_chunk()?;
        Some(Self {
            at,
            seqnum: le64(fixed, 16)?,
            realtime: le64(fixed, 24)?,
            monotonic: le64(fixed, 32)?,
            boot_id: id128(fixed, 40)?,
            xor_hash: le64(fixed, 56)?,
        })
    }
}

/// The items of an entry: `bytes` are the whole ENTRY.
#[inline]
pub(crate) fn item_bytes(bytes: &[u8], layout: Layout) -> &[u8] {
    let items = bytes.get(ENTRY_HEAD..).unwrap_or_default();
    let len = items.len().min(MAX_FIELDS * layout.item_len());
    items.get(..len - len % layout.item_len()).unwrap_or_default()
}

/// The offsets of DATA objects in items.
#[inline]
pub(crate) fn items(bytes: &[u8], layout: Layout) -> impl Iterator<Item = u64> {
    bytes.chunks_exact(layout.item_len()).map(move |item| layout.slot(item))
}

/// The offset of an item, by its width.
#[inline]
pub(crate) fn offset_of<const ITEM: usize>(item: &[u8; ITEM]) -> u64 {
    let layout = Layout { compact: ITEM == COMPACT_ITEM };
    layout.slot(item)
}
