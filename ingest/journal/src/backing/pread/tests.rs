#![allow(clippy::unwrap_used)]

use std::io::Write;

use super::*;

/// A file of so many bytes without zeroes.
fn file(len: usize) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&vec![0xaa; len]).unwrap();
    file
}

#[test]
fn what_the_file_has_no_more_is_zeroes_and_counted_once() {
    for (len, left, lost) in [
        (40_960, 40_960, 0),
        (40_960, 20_480, 20_480),
        (40_960, 20_481, 20_480),
        (40_970, 40_960, 10),
        // Through the cache, more than once, and beside it.
        (4 << 20, 1 << 20, 3 << 20),
        (4 << 20, 0, 4 << 20),
    ] {
        let file = file(len);
        let pread = Pread::new(file.try_clone().unwrap(), len as u64);
        file.set_len(left as u64).unwrap();
        for step in [PAGE, BLOCK, 3 * BLOCK] {
            let mut zeroes = 0;
            let mut room = Vec::new();
            for at in (0..len).step_by(step) {
                let least = step.min(len - at);
                let bytes = pread.run(at as u64, least, &mut room).unwrap();
                zeroes += bytes.iter().take(least).filter(|byte| **byte == 0).count();
            }
            assert_eq!(zeroes, len - left, "{left} of {len} left, by {step}");
            assert!(
                (lost..lost + PAGE).contains(&usize::try_from(pread.lost()).unwrap()),
                "{} lost, {left} of {len} left, by {step}",
                pread.lost()
            );
        }
    }
}

#[test]
fn nothing_longer_than_the_limit_is_given() {
    let file = tempfile::tempfile().unwrap();
    let len = 1 << 40;
    file.set_len(len).unwrap();
    let pread = Pread::new(file, len);
    let mut room = Vec::new();
    assert!(pread.run(0, MAX_RUN + 1, &mut room).is_none());
    assert!(pread.run(len - 8, 8, &mut room).is_some());
    assert!(pread.run(len - 8, 9, &mut room).is_none());
    assert!(pread.run(u64::MAX, 0, &mut room).is_none());
    assert!(room.capacity() < MAX_RUN);
}
