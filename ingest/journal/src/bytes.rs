//! Little-endian numbers at fixed places.

use crate::Id128;

pub(crate) fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub(crate) fn le64(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub(crate) fn id128(bytes: &[u8], at: usize) -> Option<Id128> {
    Some(Id128::from_bytes(*bytes.get(at..)?.first_chunk()?))
}
