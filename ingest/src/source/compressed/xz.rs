//! xz streams, one after the other.

use std::io::{self, BufRead, Read};

use lzma_rust2::{Action, Status, XzStream};

/// The most that a block's dictionary may need, in KiB: four times what `xz -9` asks for.
const MEMORY_KIB: u32 = 256 << 10;

/// Uncompresses streams.
pub(super) struct Reader<R> {
    source: R,
    stream: XzStream,
    failure: Option<io::Error>,
    ended: bool,
}

impl<R: BufRead> Reader<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source, stream: XzStream::new_mem_limit(true, MEMORY_KIB), failure: None, ended: false }
    }
}

impl<R: BufRead> Read for Reader<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while !self.ended && !buf.is_empty() {
            let input = self.source.fill_buf()?;
            let action = if input.is_empty() { Action::Finish } else { Action::Run };
            let before = self.stream.total_out();
            let result = self.stream.process(input, buf, action);
            let produced = self.stream.total_out().saturating_sub(before);
            match result {
                Ok(result) => {
                    self.source.consume(result.bytes_consumed);
                    self.ended = result.status == Status::StreamEnd;
                    if !self.ended && action == Action::Finish && produced == 0 {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => {
                    self.ended = true;
                    self.failure = Some(error);
                }
            }
            if produced > 0 {
                return Ok(usize::try_from(produced).unwrap_or(usize::MAX).min(buf.len()));
            }
        }
        match self.failure.take() {
            Some(error) => Err(error),
            None => Ok(0),
        }
    }
}
