//! Compressed streams: whole, in several parts, cut and damaged.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods)]

use std::io::{Cursor, Read, Write};

use nwlog_ingest::source::{Chunks, SourceError, Stats, decompress};
use proptest::prelude::*;

type Compress = fn(&[u8]) -> Vec<u8>;

const KINDS: [(&str, Compress); 3] = [("gzip", gzip), ("zstd", zstd), ("xz", xz)];

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut writer = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(1)).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn sample(entries: u32) -> Vec<u8> {
    let mix = |n: u32| n.wrapping_mul(2_654_435_761) ^ n.wrapping_mul(40_503).rotate_left(13);
    (0..entries)
        .flat_map(|n| format!("MESSAGE={n} {:x} {:x}\n_PID={}\n\n", mix(n), mix(!n), n % 9).into_bytes())
        .collect()
}

#[test]
fn all_parts_are_read() {
    let bytes = sample(3000);
    let (first, second) = bytes.split_at(40_000);
    for (kind, compress) in KINDS {
        let mut parts = [compress(first), compress(b""), compress(second)].concat();
        if kind == "zstd" {
            parts = [b"\x50\x2a\x4d\x18\x03\0\0\0abc", &parts[..], b"\x5f\x2a\x4d\x18\0\0\0\0"].concat();
        }
        let mut out = Vec::new();
        decompress(Cursor::new(parts)).unwrap().read_to_end(&mut out).unwrap();
        assert!(out == bytes, "{kind}");
    }
}

#[test]
fn a_cut_yields_what_comes_before_it() {
    let bytes = sample(20_000);
    for (kind, compress) in KINDS {
        let compressed = compress(&bytes);
        for (percent, least) in [(99, 16_000), (60, 7_000), (50, 5_000)] {
            let cut = compressed[..compressed.len() * percent / 100].to_vec();
            let mut chunks = Chunks::from_reader(Cursor::new(cut)).unwrap();
            let (mut stats, mut error) = (Stats::default(), None);
            for chunk in chunks.by_ref() {
                match chunk {
                    Ok(chunk) => {
                        chunk.visit(&mut stats, &mut |_, entry| assert!(entry.get(b"MESSAGE").is_some()))
                    }
                    Err(found) => error = Some(found),
                }
            }
            assert!(matches!(error, Some(SourceError::Truncated)), "{kind}: {error:?}");
            assert!(stats.entries > least && stats.skipped == 0, "{kind} {percent} %: {stats:?}");
        }
    }
}

proptest! {
    #[test]
    fn damage_is_an_error_or_other_bytes(
        kind in 0..KINDS.len(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = KINDS[kind].1(&sample(300));
        bytes.truncate(cut.index(bytes.len()) + 1);
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        // A bomb could be made of a few flips: what is read is bounded here as it is by whoever reads.
        if let Ok(reader) = decompress(Cursor::new(bytes)) {
            let mut out = Vec::new();
            let result = reader.take(1 << 24).read_to_end(&mut out);
            prop_assert!(result.is_err() || !out.is_empty());
        }
    }
}
