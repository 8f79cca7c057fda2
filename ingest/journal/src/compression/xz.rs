//! xz: a stream, with whatever check, of LZMA2.

use std::io::Read;

use lzma_rust2::XzReader;

use super::DecompressError;

/// The most memory for one payload, in KiB. Histories are of 1 MiB (since v216), or of 8 MiB: the preset of v38 to v215.
const MAX_MEMORY: u32 = 64 << 10;

/// See [`Compression::decompress`](super::Compression::decompress).
pub(super) fn decompress(stored: &[u8], limit: usize, out: &mut Vec<u8>) -> Result<bool, DecompressError> {
    let mut reader = XzReader::new_mem_limit(stored, false, MAX_MEMORY);
    reader.by_ref().take(limit as u64).read_to_end(out).map_err(|_| DecompressError)?;
    let beyond = reader.read(&mut [0]).map_err(|_| DecompressError)?;
    Ok(beyond == 0)
}
