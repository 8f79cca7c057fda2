//! How payloads are compressed.

use std::io::Write as _;

use lzma_rust2::{CheckType, EncodeMode, LzmaOptions, MfType, XzOptions, XzWriter};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

/// How payloads are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Pack {
    None,
    Xz,
    Lz4,
    Zstd,
}

impl Pack {
    /// The incompatible flag of files that may have it.
    pub(super) fn header_flag(self) -> u32 {
        match self {
            Self::None => 0,
            Self::Xz => 1,
            Self::Lz4 => 2,
            Self::Zstd => 8,
        }
    }

    /// The flag of DATA that has it.
    pub(super) fn object_flag(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Xz => 1,
            Self::Lz4 => 2,
            Self::Zstd => 4,
        }
    }

    /// A compressed payload. None where it would not be smaller, which journald then leaves as it is.
    pub(super) fn pack(self, payload: &[u8]) -> Option<Vec<u8>> {
        let packed = match self {
            Self::None => None,
            Self::Xz => xz(payload),
            Self::Lz4 => Some(lz4(payload)),
            Self::Zstd => zstd(payload),
        };
        packed.filter(|packed| packed.len() < payload.len())
    }
}

/// As compress_blob_xz() of systemd's src/basic/compress.c: no check, and quick rather than small.
fn xz(payload: &[u8]) -> Option<Vec<u8>> {
    let lzma = LzmaOptions {
        dict_size: 1 << 20,
        mode: EncodeMode::Fast,
        nice_len: 128,
        mf: MfType::Hc4,
        depth_limit: 4,
        ..LzmaOptions::default()
    };
    let options =
        XzOptions { lzma_options: lzma, check_type: CheckType::None, block_size: None, filters: Vec::new() };
    let mut writer = XzWriter::new(Vec::new(), options).ok()?;
    writer.write_all(payload).ok()?;
    writer.finish().ok()
}

/// A block, and before it the length that it had.
fn lz4(payload: &[u8]) -> Vec<u8> {
    [&(payload.len() as u64).to_le_bytes()[..], &lz4_flex::block::compress(payload)].concat()
}

/// A frame that says how long its content is, without which systemd does not take it.
fn zstd(payload: &[u8]) -> Option<Vec<u8>> {
    let frame = compress_to_vec(payload, CompressionLevel::Fastest);
    // RFC 8878, 3.1.1.1: magic number, descriptor, window, and here 8 bytes of size.
    let (magic, rest) = frame.split_first_chunk::<4>()?;
    let ([descriptor, window], blocks) = rest.split_first_chunk()?;
    let sized = [0b1100_0000 | descriptor & 0b0011_1111, *window];
    Some([magic, &sized[..], &(payload.len() as u64).to_le_bytes(), blocks].concat())
}
