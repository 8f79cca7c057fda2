//! The header of a journal file.
//!
//! systemd, docs/JOURNAL_FILE_FORMAT.md and src/libsystemd/sd-journal/journal-def.h of v257. Fields that later versions
//! added are there where `header_size` says so.

use crate::bytes::{id128, le32, le64};
use crate::{Id128, OpenError};

/// The bytes of a header that this reader knows.
pub(crate) const HEADER_LEN: usize = 272;

/// The header of v187, the shortest that is read.
const MIN_HEADER_LEN: u64 = 208;

/// The longest header that is believed. That of v257 has 272 bytes.
const MAX_HEADER_LEN: u64 = 4096;

fn is_header_size(size: u64) -> bool {
    (MIN_HEADER_LEN..=MAX_HEADER_LEN).contains(&size) && size.is_multiple_of(8)
}

/// The first bytes of every journal file.
pub const SIGNATURE: [u8; 8] = *b"LPKSHHRH";

/// What a reader has to know to read a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Incompatible(u32);

impl Incompatible {
    const NAMES: [(u32, &'static str); 5] =
        [(1, "XZ"), (2, "LZ4"), (4, "KEYED-HASH"), (8, "ZSTD"), (16, "COMPACT")];

    /// The bits that a header has.
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// Hashes are SipHash 2-4 keyed by the file's id, not Jenkins' lookup3 (since v246).
    pub const fn is_keyed(self) -> bool {
        self.0 & 4 != 0
    }

    /// Offsets in entries and entry arrays have 32 bits (since v252).
    pub const fn is_compact(self) -> bool {
        self.0 & 16 != 0
    }

    /// The names of the flags that are set and known.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Self::NAMES.into_iter().filter(move |(bit, _)| self.0 & bit != 0).map(|(_, name)| name)
    }

    /// The bits that no version up to v257 has.
    pub fn unknown(self) -> u32 {
        Self::NAMES.iter().fold(self.0, |bits, (bit, _)| bits & !bit)
    }
}

/// Whether a file is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Closed as it should be.
    Offline,
    /// Being written, or left so by a crash.
    Online,
    /// Closed and renamed: nothing will ever be added.
    Archived,
    /// A state of a later version.
    Other(u8),
}

/// A header as it was when the file was opened.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Header {
    pub compatible: u32,
    pub incompatible: Incompatible,
    pub state: State,
    pub file_id: Id128,
    /// Whose journal it is. A file that was received from elsewhere has the receiver's: its entries say whose they are.
    pub machine_id: Id128,
    pub tail_entry_boot_id: Id128,
    /// Who counts the sequence numbers: one journald has one counter for all its files.
    pub seqnum_id: Id128,
    pub header_size: u64,
    pub arena_size: u64,
    pub data_hash_table_offset: u64,
    pub data_hash_table_size: u64,
    pub field_hash_table_offset: u64,
    pub field_hash_table_size: u64,
    pub tail_object_offset: u64,
    pub n_objects: u64,
    pub n_entries: u64,
    pub tail_entry_seqnum: u64,
    pub head_entry_seqnum: u64,
    pub entry_array_offset: u64,
    /// In microseconds since 1970.
    pub head_entry_realtime: u64,
    /// In microseconds since 1970.
    pub tail_entry_realtime: u64,
    /// In microseconds since the boot.
    pub tail_entry_monotonic: u64,
    pub n_data: u64,
    pub n_fields: u64,
    pub n_tags: Option<u64>,
    pub n_entry_arrays: Option<u64>,
    pub data_hash_chain_depth: Option<u64>,
    pub field_hash_chain_depth: Option<u64>,
    pub tail_entry_array_offset: Option<u32>,
    pub tail_entry_array_n_entries: Option<u32>,
    pub tail_entry_offset: Option<u64>,
}

impl Header {
    /// Reads the first bytes of a file.
    ///
    /// # Errors
    /// It is no journal file, its header is cut off or makes no sense, or the file needs a reader of a later version.
    pub fn read(bytes: &[u8]) -> Result<Self, OpenError> {
        if !bytes.starts_with(&SIGNATURE) {
            return Err(match bytes {
                [] => OpenError::Empty,
                _ if bytes.iter().take(HEADER_LEN).all(|byte| *byte == 0) => OpenError::HeaderGone,
                _ => OpenError::NotAJournal,
            });
        }
        let n64 = |at| le64(bytes, at).ok_or(OpenError::HeaderCut);
        let n32 = |at| le32(bytes, at).ok_or(OpenError::HeaderCut);
        let id = |at| id128(bytes, at).ok_or(OpenError::HeaderCut);
        let incompatible = Incompatible::from_bits(n32(12)?);
        if incompatible.unknown() != 0 {
            return Err(OpenError::UnknownFlags(incompatible.unknown()));
        }
        let header_size = match n64(88)? {
            sound if is_header_size(sound) => sound,
            // The first object behind the header is one of the hash tables, and their places are those of their slots.
            damaged => [n64(104)?, n64(120)?]
                .into_iter()
                .min()
                .and_then(|slots| slots.checked_sub(16))
                .filter(|size| is_header_size(*size))
                .ok_or(OpenError::HeaderSize(damaged))?,
        };
        let has = |at: usize, len: u64| at as u64 + len <= header_size;
        let later64 = |at| has(at, 8).then(|| le64(bytes, at)).flatten();
        let later32 = |at| has(at, 4).then(|| le32(bytes, at)).flatten();
        Ok(Self {
            compatible: n32(8)?,
            incompatible,
            state: match bytes.get(16).ok_or(OpenError::HeaderCut)? {
                0 => State::Offline,
                1 => State::Online,
                2 => State::Archived,
                other => State::Other(*other),
            },
            file_id: id(24)?,
            machine_id: id(40)?,
            tail_entry_boot_id: id(56)?,
            seqnum_id: id(72)?,
            header_size,
            arena_size: n64(96)?,
            data_hash_table_offset: n64(104)?,
            data_hash_table_size: n64(112)?,
            field_hash_table_offset: n64(120)?,
            field_hash_table_size: n64(128)?,
            tail_object_offset: n64(136)?,
            n_objects: n64(144)?,
            n_entries: n64(152)?,
            tail_entry_seqnum: n64(160)?,
            head_entry_seqnum: n64(168)?,
            entry_array_offset: n64(176)?,
            head_entry_realtime: n64(184)?,
            tail_entry_realtime: n64(192)?,
            tail_entry_monotonic: n64(200)?,
            n_data: later64(208).unwrap_or_default(),
            n_fields: later64(216).unwrap_or_default(),
            n_tags: later64(224),
            n_entry_arrays: later64(232),
            data_hash_chain_depth: later64(240),
            field_hash_chain_depth: later64(248),
            tail_entry_array_offset: later32(256),
            tail_entry_array_n_entries: later32(260),
            tail_entry_offset: later64(264),
        })
    }

    /// Whether entries are sealed (FSS), so that a verification key can tell whether they were changed.
    pub fn is_sealed(&self) -> bool {
        self.compatible & 1 != 0
    }

    /// How long the file is by its header, in bytes.
    pub fn file_size(&self) -> u64 {
        self.header_size.saturating_add(self.arena_size)
    }
}
