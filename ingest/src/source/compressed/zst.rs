//! Zstandard frames, one after the other.

use std::error::Error;
use std::io::{self, BufRead, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// Uncompresses frames, and passes over those that are to be skipped.
pub(super) struct Reader<R> {
    source: R,
    decoder: FrameDecoder,
    failure: Option<io::Error>,
    ended: bool,
}

/// An empty last block, and room for a checksum (RFC 8878, section 3.1.1.2).
const LAST_BLOCK: [u8; 7] = [1, 0, 0, 0, 0, 0, 0];

impl<R: BufRead> Reader<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source, decoder: FrameDecoder::new(), failure: None, ended: false }
    }

    fn begin_frame(&mut self) -> io::Result<()> {
        if self.source.fill_buf()?.is_empty() {
            self.ended = true;
            return Ok(());
        }
        match self.decoder.reset(&mut self.source) {
            Ok(()) => Ok(()),
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length, ..
            })) => {
                let length = u64::from(length);
                match io::copy(&mut self.source.by_ref().take(length), &mut io::sink())? {
                    skipped if skipped < length => Err(io::ErrorKind::UnexpectedEof.into()),
                    _ => Ok(()),
                }
            }
            Err(error) => Err(told(error)),
        }
    }

    fn decode_block(&mut self) -> io::Result<()> {
        match self.decoder.decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1)) {
            Ok(_) => Ok(()),
            Err(error) => {
                // The decoder keeps a window of what it decoded back until a frame ends: this ends it.
                let _ =
                    self.decoder.decode_blocks(LAST_BLOCK.as_slice(), BlockDecodingStrategy::UptoBlocks(1));
                Err(told(error))
            }
        }
    }
}

impl<R: BufRead> Read for Reader<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.decoder.can_collect() == 0 {
            if let Some(error) = self.failure.take() {
                return Err(error);
            }
            if self.ended {
                return Ok(0);
            }
            let step = if self.decoder.is_finished() { self.begin_frame() } else { self.decode_block() };
            if let Err(error) = step {
                self.ended = true;
                self.failure = Some(error);
            }
        }
        self.decoder.read(buf)
    }
}

/// Finds out whether reading failed, or what was read is no frame.
fn told(error: FrameDecoderError) -> io::Error {
    let mut cause: Option<&(dyn Error + 'static)> = Some(&error);
    while let Some(deeper) = cause {
        if let Some(reading) = deeper.downcast_ref::<io::Error>() {
            return io::Error::from(reading.kind());
        }
        cause = deeper.source();
    }
    io::Error::new(io::ErrorKind::InvalidData, error)
}
