#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stderr)]

use std::io::Write;
use std::process::{Command, Stdio};

use lzma_rust2::{XzOptions, XzWriter};
use proptest::collection::vec;
use proptest::prelude::*;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::Compression::{self, Lz4, Xz, Zstd};
use super::DecompressError;

const ALL: [Compression; 3] = [Xz, Lz4, Zstd];

fn compress(compression: Compression, payload: &[u8]) -> Vec<u8> {
    match compression {
        Xz => {
            let mut writer = XzWriter::new(Vec::new(), XzOptions::with_preset(1)).unwrap();
            writer.write_all(payload).unwrap();
            writer.finish().unwrap()
        }
        Lz4 => {
            let mut stored = (payload.len() as u64).to_le_bytes().to_vec();
            stored.extend(lz4_flex::block::compress(payload));
            stored
        }
        Zstd => compress_to_vec(payload, CompressionLevel::Fastest),
    }
}

/// A payload as journals have them: some of it repeats, some does not.
fn payload(len: usize) -> Vec<u8> {
    let words =
        (0_u32..).flat_map(|n| format!("MESSAGE={} {}\n", n % 7, n.wrapping_mul(2_654_435_761)).into_bytes());
    words.take(len).collect()
}

/// Holds that a payload comes back whole, and its first bytes alone.
fn round_trip(compression: Compression, stored: &[u8], payload: &[u8]) {
    for limit in [0, 1, 64, 256, 70_000, 200_000, payload.len().saturating_sub(1), payload.len(), usize::MAX]
    {
        let mut out = b"before".to_vec();
        let whole = compression.decompress(stored, limit, &mut out);
        assert_eq!(whole, Ok(limit >= payload.len()), "{compression:?}, {limit} of {}", payload.len());
        let expected = payload.get(..limit).unwrap_or(payload);
        assert!(
            out.strip_prefix(b"before") == Some(expected),
            "{compression:?}, {limit} of {}: {} bytes",
            payload.len(),
            out.len()
        );
    }
}

#[test]
fn all_that_was_compressed_comes_back() {
    for compression in ALL {
        for payload in [
            b"A=".to_vec(),
            payload(600),
            payload(2_200_000),
            vec![b'a'; 1_000_000],
            [payload(300_000), vec![0; 300_000], payload(300_000)].concat(),
        ] {
            round_trip(compression, &compress(compression, &payload), &payload);
        }
    }
}

/// What a program makes of its input.
fn piped(program: &str, args: &[&str], payload: &[u8]) -> Option<Vec<u8>> {
    let mut command = Command::new(program);
    let spawned = command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = spawned else {
        eprintln!("skipped: there is no {program} here");
        return None;
    };
    let mut stdin = child.stdin.take().unwrap();
    let payload = payload.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&payload).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success());
    Some(output.stdout)
}

#[test]
fn the_reference_encoders_are_understood() {
    let payload = payload(2_200_000);
    let encoders: &[(Compression, &str, &[&str])] = &[
        (Zstd, "zstd", &["-q", "-c", "--no-check"]),
        (Zstd, "zstd", &["-q", "-c", "-12", "--check"]),
        (Xz, "xz", &["-c", "--check=none", "--lzma2=preset=0,dict=1MiB"]),
        (Xz, "xz", &["-c", "-6", "--check=crc64"]),
    ];
    for (compression, program, args) in encoders {
        for len in [600, 40_000, 2_200_000] {
            let payload = &payload[..len];
            if let Some(stored) = piped(program, args, payload) {
                round_trip(*compression, &stored, payload);
            }
        }
    }
}

#[test]
fn damage_is_told() {
    let payload = payload(300_000);
    for compression in ALL {
        let stored = compress(compression, &payload);
        let cuts = [0, 1, 7, 8, 9, 20, stored.len() / 2, stored.len() - 1];
        for cut in cuts {
            let whole = compression.decompress(&stored[..cut], usize::MAX, &mut Vec::new());
            assert_eq!(whole, Err(DecompressError), "{compression:?} cut to {cut}");
        }
        let other = [&stored[..stored.len() / 2], &[0x55; 64], &stored[stored.len() / 2 + 64..]].concat();
        let mut out = Vec::new();
        let whole = compression.decompress(&other, usize::MAX, &mut out);
        assert!(whole.is_err() || out != payload, "{compression:?}");
    }
}

#[test]
fn claimed_sizes_take_no_memory() {
    let lz4 = |size: u64, block: &[u8]| [&size.to_le_bytes()[..], block].concat();
    let cases: &[(Compression, Vec<u8>)] = &[
        (Lz4, lz4(u64::MAX, b"\x10a")),
        (Lz4, lz4(700 << 20, b"\x10a")),
        // Nothing to repeat; what is before the beginning; a length without an end.
        (Lz4, lz4(700 << 20, b"\x10a\0\0")),
        (Lz4, lz4(700 << 20, b"\x10a\x02\0")),
        (Lz4, lz4(700 << 20, b"\x1fa\x01\0\xff\xff\xff")),
        // The window of a frame: 3.75 TiB, 16 MiB, the content's 2^63 bytes.
        (Zstd, b"\x28\xb5\x2f\xfd\x00\xff\x0b\0\0a".to_vec()),
        (Zstd, b"\x28\xb5\x2f\xfd\x00\x70\x0b\0\0a".to_vec()),
        (Zstd, b"\x28\xb5\x2f\xfd\xe0\0\0\0\0\0\0\0\x80\x09\0\0a".to_vec()),
        // A content of 7 MiB that is one byte, and one that needs a dictionary.
        (Zstd, b"\x28\xb5\x2f\xfd\xa0\0\0\x70\0\x09\0\0a".to_vec()),
        (Zstd, b"\x28\xb5\x2f\xfd\x21\x07\x01\x09\0\0a".to_vec()),
    ];
    for (compression, stored) in cases {
        let mut out = Vec::new();
        let whole = compression.decompress(stored, 768 << 20, &mut out);
        assert_eq!(whole, Err(DecompressError), "{compression:?} {stored:?}");
        assert!(out.capacity() < 1 << 20, "{compression:?} {stored:?}: {}", out.capacity());
    }
}

#[test]
fn a_history_beyond_the_limit_is_refused() {
    let mut options = XzOptions::with_preset(0);
    options.lzma_options.dict_size = 256 << 20;
    let mut writer = XzWriter::new(Vec::new(), options).unwrap();
    writer.write_all(b"MESSAGE=a").unwrap();
    let stored = writer.finish().unwrap();
    assert_eq!(Xz.decompress(&stored, usize::MAX, &mut Vec::new()), Err(DecompressError));
}

#[test]
fn a_decoder_that_failed_is_as_good_as_new() {
    let payload = payload(100_000);
    for compression in ALL {
        let stored = compress(compression, &payload);
        for cut in (0..stored.len()).step_by(stored.len() / 8) {
            let _ = compression.decompress(&stored[..cut], usize::MAX, &mut Vec::new());
            round_trip(compression, &stored, &payload);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_payload_comes_back(payload in vec(prop_oneof![Just(0_u8), Just(1_u8), any::<u8>()], 0..3_000)) {
        // A frame without content and one of unknown content look alike.
        prop_assume!(!payload.is_empty());
        for compression in ALL {
            round_trip(compression, &compress(compression, &payload), &payload);
        }
    }

    #[test]
    fn no_damage_is_the_end(
        len in 1_usize..4_000,
        flips in vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<prop::sample::Index>(),
        limit in prop_oneof![Just(256_usize), 0_usize..10_000],
    ) {
        for compression in ALL {
            let mut stored = compress(compression, &payload(len));
            for (at, byte) in &flips {
                let at = at.index(stored.len());
                stored[at] = *byte;
            }
            stored.truncate(cut.index(stored.len() * 2));
            let mut out = Vec::new();
            let _ = compression.decompress(&stored, limit, &mut out);
            prop_assert!(out.len() <= limit);
        }
    }

    #[test]
    fn no_bytes_are_the_end(stored in vec(any::<u8>(), 0..300)) {
        let magics: [(Compression, &[u8]); 3] =
            [(Xz, b"\xfd7zXZ\0"), (Lz4, b"\0\x10\0\0\0\0\0\0"), (Zstd, b"\x28\xb5\x2f\xfd")];
        for (compression, magic) in magics {
            let mut out = Vec::new();
            let _ = compression.decompress(&[magic, &stored].concat(), 4096, &mut out);
            prop_assert!(out.len() <= 4096);
        }
    }
}
