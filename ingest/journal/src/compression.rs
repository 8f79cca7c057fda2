//! Compressed payloads.

mod lz4;
mod xz;
mod zstd;

/// How a DATA object's payload is stored (journal-def.h, OBJECT_COMPRESSED_*). It is compressed whole, its name included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// A stream of version 1 of that format. The only one there was up to v215; later, where nothing else was built in.
    Xz,
    /// A block with its uncompressed size before it, as 64 bits (since v216).
    Lz4,
    /// A frame (since v246).
    Zstd,
}

impl Compression {
    /// Reads an object's flags: none of the three, one, or, outermost None, several. Bits that say nothing of compression
    /// are passed over, as systemd does (src/libsystemd/sd-journal/journal-def.h of v257, COMPRESSION_FROM_OBJECT).
    #[allow(clippy::option_option)]
    pub(crate) fn of_flags(flags: u8) -> Option<Option<Self>> {
        Some(match flags & 7 {
            0 => None,
            1 => Some(Self::Xz),
            2 => Some(Self::Lz4),
            4 => Some(Self::Zstd),
            _ => return None,
        })
    }

    /// Decompresses at most `limit` bytes of a payload to the end of `out`, and tells whether that is all of it.
    ///
    /// No more is decompressed than the limit asks for, up to the format's own block. Whatever sizes the payload
    /// claims, memory is taken for bytes that are there, and for at most 64 MiB of history.
    ///
    /// # Errors
    /// The payload is damaged. Some of what came before the damage may be in `out`.
    pub fn decompress(self, stored: &[u8], limit: usize, out: &mut Vec<u8>) -> Result<bool, DecompressError> {
        match self {
            Self::Xz => xz::decompress(stored, limit, out),
            Self::Lz4 => lz4::decompress(stored, limit, out),
            Self::Zstd => zstd::decompress(stored, limit, out),
        }
    }
}

/// A payload that cannot be decompressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the payload is damaged")]
pub struct DecompressError;

#[cfg(test)]
mod tests;
