//! LZ4: one block (lz4_Block_format.md of the reference implementation), its uncompressed size before it.
//!
//! A decoder of our own, since one that stops early is needed: a block has no parts.

use super::DecompressError;
use crate::bytes::le64;

/// The shortest match. Its length is stored without it.
const MIN_MATCH: usize = 4;

/// See [`Compression::decompress`](super::Compression::decompress).
pub(super) fn decompress(stored: &[u8], limit: usize, out: &mut Vec<u8>) -> Result<bool, DecompressError> {
    let size = le64(stored, 0).and_then(|size| usize::try_from(size).ok()).ok_or(DecompressError)?;
    let mut block = stored.get(8..).ok_or(DecompressError)?;
    let start = out.len();
    let left = |out: &Vec<u8>| size.min(limit) - (out.len() - start);
    // More than was wanted, or more than there should be.
    let beyond = if size > limit { Ok(false) } else { Err(DecompressError) };
    loop {
        let token = split(&mut block, 1)?.first().ok_or(DecompressError)?;
        let len = length(token >> 4, &mut block)?;
        let literals = split(&mut block, len)?;
        match literals.get(..left(out)) {
            Some(wanted) if wanted.len() < literals.len() => {
                out.extend_from_slice(wanted);
                return beyond;
            }
            _ => out.extend_from_slice(literals),
        }
        // The last sequence has no match.
        if block.is_empty() {
            return if out.len() - start == size { Ok(true) } else { Err(DecompressError) };
        }
        let offset = split(&mut block, 2)?.first_chunk().map_or(0, |bytes| u16::from_le_bytes(*bytes));
        let from = out.len().checked_sub(offset.into()).filter(|from| offset > 0 && *from >= start);
        let len = length(token & 15, &mut block)?.saturating_add(MIN_MATCH);
        repeat(from.ok_or(DecompressError)?, len.min(left(out)), out);
        if left(out) == 0 && size > limit {
            return beyond;
        }
    }
}

/// Takes bytes off the front.
fn split<'a>(block: &mut &'a [u8], len: usize) -> Result<&'a [u8], DecompressError> {
    block.split_off(..len).ok_or(DecompressError)
}

/// A length of four bits, with more bytes behind it as long as they are full.
fn length(nibble: u8, block: &mut &[u8]) -> Result<usize, DecompressError> {
    let mut len = usize::from(nibble);
    let mut last = if nibble == 15 { 255 } else { 0 };
    while last == 255 {
        last = *split(block, 1)?.first().ok_or(DecompressError)?;
        len = len.saturating_add(last.into());
    }
    Ok(len)
}

/// Copies what begins at `from` to the end, which may grow into what is copied.
fn repeat(from: usize, mut len: usize, out: &mut Vec<u8>) {
    while len > 0 {
        let part = len.min(out.len() - from);
        out.extend_from_within(from..from + part);
        len -= part;
    }
}
