//! zstd: one frame (RFC 8878).

use std::cell::Cell;
use std::io::Read;

use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::DecompressError;

/// The longest history that a frame may ask for, in bytes: what RFC 8878 wants of every reader. Writers use 2 MiB.
const MAX_WINDOW: u64 = 8 << 20;

/// What a payload may grow a decoder by for it to be kept, in bytes.
const MAX_KEPT: usize = 1 << 20;

/// The longest block there is, in bytes.
const MAX_BLOCK: usize = 128 << 10;

thread_local! {
    /// Its tables are worth keeping from one short payload to the next.
    static KEPT: Cell<Option<Box<FrameDecoder>>> = const { Cell::new(None) };
}

/// See [`Compression::decompress`](super::Compression::decompress).
pub(super) fn decompress(stored: &[u8], limit: usize, out: &mut Vec<u8>) -> Result<bool, DecompressError> {
    let mut decoder = KEPT.take().unwrap_or_else(|| {
        let mut decoder = Box::<FrameDecoder>::default();
        decoder.set_max_window_size(MAX_WINDOW);
        decoder
    });
    let start = out.len();
    let is_whole = match limit {
        ..MAX_BLOCK if first_block(&mut decoder, stored, limit, out) => Ok(false),
        _ => {
            out.truncate(start);
            frame(&mut decoder, stored, limit, out)
        }
    };
    if out.len() - start <= MAX_KEPT {
        KEPT.set(Some(decoder));
    }
    is_whole
}

/// Decompresses the first of several blocks, and tells whether that is as much as is wanted.
///
/// The decoder gives nothing away before it has a whole window, megabytes perhaps, or the last block. So it is told that
/// this is the last.
fn first_block(decoder: &mut FrameDecoder, stored: &[u8], limit: usize, out: &mut Vec<u8>) -> bool {
    let mut source = stored;
    if decoder.reset(&mut source).is_err() {
        return false;
    }
    let Some(([first, second, third], rest)) = source.split_first_chunk() else { return false };
    if first & 1 == 1 {
        return false;
    }
    let header = [first | 1, *second, *third];
    let block = decoder.decode_blocks(header.chain(rest), BlockDecodingStrategy::UptoBlocks(1));
    block.is_ok() && take(decoder, limit, out) == limit
}

fn frame(
    decoder: &mut FrameDecoder,
    stored: &[u8],
    limit: usize,
    out: &mut Vec<u8>,
) -> Result<bool, DecompressError> {
    let mut source = stored;
    decoder.reset(&mut source).map_err(|_| DecompressError)?;
    let size = decoder.content_size();
    let mut left = limit;
    loop {
        decoder
            .decode_blocks(&mut source, BlockDecodingStrategy::UptoBlocks(1))
            .map_err(|_| DecompressError)?;
        left -= take(decoder, left, out);
        if decoder.can_collect() > 0 {
            return Ok(false);
        }
        if decoder.is_finished() {
            // 0 stands for a size that is not given, too.
            let is_right = size == 0 || size == (limit - left) as u64;
            return if is_right { Ok(true) } else { Err(DecompressError) };
        }
    }
}

/// Moves up to `limit` bytes out of the decoder, as many as it gives.
fn take(decoder: &mut FrameDecoder, limit: usize, out: &mut Vec<u8>) -> usize {
    decoder.take(limit as u64).read_to_end(out).unwrap_or(0)
}
