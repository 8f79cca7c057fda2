//! What a stream ends with.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use nwlog_ingest::source::Format;

/// The last bytes of a stream that another thread reads: the last one that is no blank, and the last two.
#[derive(Clone, Debug, Default)]
pub(super) struct Tail(Arc<AtomicU32>);

impl Tail {
    /// Whether the stream ends where a record of its format may end: journalctl ends every entry of an export with an
    /// empty line, and every object of JSON is closed. Any line of text may be the last.
    pub(super) fn is_end_of(&self, format: Format) -> bool {
        let [_, mark, before, last] = self.0.load(Ordering::Relaxed).to_be_bytes();
        match format {
            Format::Export => [before, last] == *b"\n\n",
            Format::Json => matches!(mark, b'}' | b']'),
            _ => true,
        }
    }

    /// A reader whose end is known here when it has been read.
    pub(super) fn of<R>(&self, reader: R) -> Watched<R> {
        Watched { reader, tail: self.clone() }
    }
}

/// A reader whose end is known to a [`Tail`].
pub(super) struct Watched<R> {
    reader: R,
    tail: Tail,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        let [_, mut mark, mut before, mut last] = self.tail.0.load(Ordering::Relaxed).to_be_bytes();
        let bytes = buffer.get(..read).unwrap_or_default();
        for byte in bytes.iter().skip(read.saturating_sub(2)) {
            (before, last) = (last, *byte);
        }
        mark = bytes.iter().rfind(|byte| !byte.is_ascii_whitespace()).copied().unwrap_or(mark);
        self.tail.0.store(u32::from_be_bytes([0, mark, before, last]), Ordering::Relaxed);
        Ok(read)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_record_is_seen_however_it_is_read() {
        use Format::{Export, Json, Short};
        for (format, text, expected) in [
            (Export, &b"a=b\n\n"[..], true),
            (Export, b"a=b\n", false),
            (Export, b"a=b", false),
            (Export, b"\n", false),
            (Export, b"a\n\nb", false),
            (Json, b"{\"a\":1}", true),
            (Json, b"{}\n\n  \n", true),
            (Json, b"[{}\n]\n", true),
            (Json, b"{}\n{\"a\":\n", false),
            (Json, b"{}\n{\"a", false),
            (Short { host: true }, b"2026", true),
        ] {
            for size in 1..5 {
                let tail = Tail::default();
                let mut reader = tail.of(text);
                while reader.read(&mut vec![0; size]).unwrap() > 0 {}
                assert_eq!(tail.is_end_of(format), expected, "{text:?} {size} at a time");
            }
        }
    }
}
