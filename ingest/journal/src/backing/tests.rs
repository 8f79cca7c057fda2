#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stderr)]

mod disk;

use std::io::Write;
use std::sync::Barrier;
use std::thread;

use proptest::collection::vec;
use proptest::prelude::*;

use super::{Backing, map::Map, pread::Pread};

fn bytes(len: usize) -> Vec<u8> {
    (0..len).map(|at| u8::try_from((at ^ at >> 8 ^ at >> 16) & 0xff).unwrap()).collect()
}

fn backings(bytes: &[u8]) -> [Box<dyn Backing>; 2] {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    let len = bytes.len() as u64;
    [Box::new(Map::new(&file, len).unwrap()), Box::new(Pread::new(file, len))]
}

/// Asks all for the same, and holds that they give the same as far as they give anything.
fn agree(expected: &Vec<u8>, backing: &dyn Backing, at: u64, least: usize) {
    let (mut none, mut room) = (Vec::new(), Vec::new());
    let expected = expected.run(at, least, &mut none);
    let got = backing.run(at, least, &mut room);
    assert_eq!(got.is_some(), expected.is_some(), "{backing:?} at {at}, {least}");
    if let (Some(expected), Some(got)) = (expected, got) {
        assert!(got.len() >= least, "{backing:?} at {at}, {least}");
        assert!(expected.starts_with(got), "{backing:?} at {at}, {least}");
    }
    for most in [1, least / 2, least.saturating_mul(2)] {
        let window = backing.window(at, least, most, &mut room);
        assert_eq!(window.is_some(), expected.is_some(), "{backing:?} at {at}, {least} to {most}");
        if let (Some(expected), Some(window)) = (expected, window) {
            assert!(window.len() >= least && expected.starts_with(window), "{backing:?} at {at}, {least}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_give_the_same(
        len in prop_oneof![1_usize..300, 60_000_usize..70_000, 3_000_000_usize..3_000_100],
        asked in vec((any::<prop::sample::Index>(), prop_oneof![0_usize..100, 0_usize..300_000]), 1..60),
    ) {
        let bytes = bytes(len);
        for backing in backings(&bytes) {
            prop_assert_eq!(backing.len(), len as u64);
            for (at, least) in &asked {
                agree(&bytes, &*backing, at.index(len + 2) as u64, *least);
                if least.is_multiple_of(8) {
                    backing.let_go();
                }
            }
            prop_assert_eq!(backing.lost(), 0);
        }
    }
}

#[test]
fn more_files_than_are_kept_open_read_the_same() {
    let bytes = bytes(70_000);
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes).unwrap();
    let maps: Vec<_> = (0..300).map(|_| Map::new(&file, bytes.len() as u64).unwrap()).collect();
    for map in &maps {
        agree(&bytes, map, 3, 60_000);
    }
}

#[test]
fn the_edges_are_the_same() {
    let bytes = bytes(70_000);
    for backing in backings(&bytes) {
        for at in [0, 1, 65_535, 65_536, 69_999, 70_000, 70_001, u64::MAX] {
            for least in [0, 1, 8, 4464, 70_000, 70_001, usize::MAX] {
                agree(&bytes, &*backing, at, least);
            }
        }
    }
}

#[test]
fn threads_read_at_once() {
    let bytes = bytes(3_000_000);
    for backing in backings(&bytes) {
        let start = Barrier::new(4);
        thread::scope(|scope| {
            for thread in 1..5_u64 {
                let (bytes, backing, start) = (&bytes, &backing, &start);
                scope.spawn(move || {
                    start.wait();
                    for round in 0..2_000 {
                        agree(bytes, &**backing, round * thread * 7919 % 3_000_000, 64);
                    }
                });
            }
        });
    }
}
