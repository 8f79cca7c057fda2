//! What a TAG says, and what it is made of.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::prg::KEY;
use crate::JournalFile;
use crate::bytes::le64;
use crate::object::{DATA, ENTRY, ENTRY_ARRAY, FIELD, HEAD, Head};

pub(super) const TAG: u8 = 7;
const DATA_HASH_TABLE: u8 = 4;
const FIELD_HASH_TABLE: u8 = 5;

/// How much is hashed at once, in bytes.
const BLOCK: u64 = 1 << 20;

/// A seal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag {
    /// Its number, from 1 on.
    pub(super) seqnum: u64,
    /// The epoch whose key it was made with.
    pub(super) epoch: u64,
    hash: [u8; 32],
}

impl Tag {
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let hash = *bytes.get(32..)?.first_chunk()?;
        Some(Self { seqnum: le64(bytes, 16)?, epoch: le64(bytes, 24)?, hash })
    }
}

/// The hash behind a seal.
pub(super) struct Hash<'a> {
    file: &'a JournalFile,
    mac: Hmac<Sha256>,
    room: Vec<u8>,
}

impl<'a> Hash<'a> {
    pub(super) fn new(file: &'a JournalFile, key: &[u8; KEY]) -> Option<Self> {
        Some(Self { file, mac: Hmac::new_from_slice(key).ok()?, room: Vec::new() })
    }

    /// The parts of the header that never change.
    pub(super) fn header(&mut self) -> Option<()> {
        for (from, to) in [(0, 16), (24, 56), (72, 96), (104, 136)] {
            self.bytes(from, to - from)?;
        }
        Some(())
    }

    /// The parts of an object that never change. None where it cannot be read, or is of a type that no version has.
    pub(super) fn object(&mut self, at: u64, head: Head) -> Option<()> {
        self.bytes(at, HEAD as u64)?;
        let rest = |from: u64| (at + from, head.size - from);
        match head.kind {
            DATA => {
                self.bytes(at + 16, 8)?;
                let (from, len) = rest(self.file.layout().payload_at() as u64);
                self.bytes(from, len)
            }
            FIELD => {
                self.bytes(at + 16, 8)?;
                let (from, len) = rest(40);
                self.bytes(from, len)
            }
            ENTRY => {
                let (from, len) = rest(16);
                self.bytes(from, len)
            }
            TAG => self.bytes(at + 16, 16),
            DATA_HASH_TABLE | FIELD_HASH_TABLE | ENTRY_ARRAY => Some(()),
            _ => None,
        }
    }

    /// Whether a seal is the one that was made of this.
    pub(super) fn fits(self, tag: &Tag) -> bool {
        self.mac.verify_slice(&tag.hash).is_ok()
    }

    fn bytes(&mut self, mut at: u64, mut len: u64) -> Option<()> {
        while len > 0 {
            let step = len.min(BLOCK);
            let size = usize::try_from(step).ok()?;
            self.mac.update(self.file.run(at, size, &mut self.room)?.get(..size)?);
            (at, len) = (at + step, len - step);
        }
        Some(())
    }
}
