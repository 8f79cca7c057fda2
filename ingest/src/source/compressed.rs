//! Uncompresses streams, told from their first bytes.
//!
//! A stream that is cut or damaged gives all that comes before the cut, then an error whose kind says which it was:
//! [`UnexpectedEof`](io::ErrorKind::UnexpectedEof) or [`InvalidData`](io::ErrorKind::InvalidData).

mod xz;
mod zst;

use std::io::{self, BufReader, Cursor, Read};

use flate2::bufread::MultiGzDecoder;

use super::SourceError;

/// Compressed bytes read at a time.
const BLOCK: usize = 64 << 10;

/// The longest of the magic numbers.
const MAGIC: u64 = 6;

/// Makes a stream of uncompressed bytes: gzip (RFC 1952), Zstandard (RFC 8878) and xz (The .xz File Format 1.2) of any
/// number of members, and anything else as it is.
///
/// # Errors
///
/// The first bytes cannot be read.
pub fn decompress<'r>(mut reader: impl Read + Send + 'r) -> Result<Box<dyn Read + Send + 'r>, SourceError> {
    let mut magic = Vec::new();
    reader.by_ref().take(MAGIC).read_to_end(&mut magic)?;
    let kind = Compression::of(&magic);
    let whole = Cursor::new(magic).chain(reader);
    let blocks = |reader| BufReader::with_capacity(BLOCK, reader);
    Ok(match kind {
        None => Box::new(whole),
        Some(Compression::Gzip) => Box::new(Told(MultiGzDecoder::new(blocks(whole)))),
        Some(Compression::Zstd) => Box::new(zst::Reader::new(blocks(whole))),
        Some(Compression::Xz) => Box::new(Told(xz::Reader::new(blocks(whole)))),
    })
}

/// Whether a file that begins so is compressed: what [`decompress`] makes of it is longer than the file.
pub fn is_compressed(head: &[u8]) -> bool {
    Compression::of(head).is_some()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compression {
    Gzip,
    Zstd,
    Xz,
}

impl Compression {
    fn of(magic: &[u8]) -> Option<Self> {
        match magic {
            [0x1f, 0x8b, 8, ..] => Some(Self::Gzip),
            // A frame, or one to be passed over.
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstd),
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            _ => None,
        }
    }
}

/// A decoder whose complaints all become one kind. What the system says of reading keeps its own.
struct Told<D>(D);

impl<D: Read> Read for Told<D> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        use io::ErrorKind::{InvalidData, InvalidInput, OutOfMemory, Unsupported};
        self.0.read(buf).map_err(|error| match error.kind() {
            InvalidInput | OutOfMemory | Unsupported | io::ErrorKind::Other => {
                io::Error::new(InvalidData, error)
            }
            _ => error,
        })
    }
}
