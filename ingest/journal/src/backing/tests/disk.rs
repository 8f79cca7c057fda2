//! Disks that fail under a file.

use std::fs::File;
use std::ops::Range;

use nwlog_corpora::journals::disk::Disk;
use nwlog_corpora::journals::or_skip;

use crate::backing::{Backing, map::Map, pread::Pread};

const MIB: usize = 1 << 20;

/// The file that fails, in bytes.
const LEN: usize = 8 * MIB;

/// Bytes without zeroes.
fn bytes() -> Vec<u8> {
    (0..LEN).map(|at| u8::try_from(at % 251 + 1).unwrap()).collect()
}

fn hold(disk: &Disk, bad: &Range<usize>) {
    let file = File::open(disk.file()).unwrap();
    hold_of(&Map::new(&file, LEN as u64).unwrap(), bad);
    hold_of(&Pread::new(file, LEN as u64), bad);
}

/// Holds that all is there but for one range and what lies close to it, and that this is what is counted.
fn hold_of(backing: &dyn Backing, bad: &Range<usize>) {
    let whole = bytes();
    let mut room = Vec::new();
    let mut lost = 0;
    for at in (0..LEN).step_by(4096) {
        let page = &backing.run(at as u64, 4096, &mut room).unwrap()[..4096];
        if page.iter().all(|byte| *byte == 0) {
            lost += 4096;
        } else {
            assert!(!bad.contains(&at), "{at} was read");
            assert!(page == &whole[at..at + 4096], "other bytes at {at}");
        }
    }
    assert_eq!(backing.lost(), lost);
    // Systems read, and fail, in pieces that are larger than a page.
    let near = bad.len() + 4 * MIB;
    assert!((bad.len() as u64..near as u64).contains(&lost), "{lost} of {bad:?}");
}

#[test]
fn a_disk_that_ends_too_soon() {
    let disk = Disk::that_ends("file", &bytes(), 6 * MIB);
    if let Some(disk) = or_skip(disk).unwrap() {
        hold(&disk, &(6 * MIB..LEN));
    }
}

#[test]
fn a_disk_with_bad_sectors() {
    let bad = 4 * MIB..5 * MIB;
    if let Some(disk) = or_skip(Disk::with_bad_sectors("file", &bytes(), &bad)).unwrap() {
        hold(&disk, &bad);
    }
}
