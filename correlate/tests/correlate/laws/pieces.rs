//! How a log is cut into pieces changes nothing, and neither does the prefilter.

use crate::logs::{Dice, WHOLE, all, recordings, stories};
use crate::story::{batch, incidents, steps};

#[test]
fn pieces_of_any_size() {
    let mut dice = Dice::new(1);
    for log in all() {
        let bytes = log.bytes();
        let sizes: &[usize] = if log.entries.len() < 1_000 { &[1, 777, 65_536] } else { &[] };
        for size in sizes.iter().copied().chain([1 + dice.below(100_000)]) {
            assert_eq!(
                incidents(steps(&bytes, size, true), batch()),
                log.whole,
                "{} in pieces of {size}",
                log.name
            );
        }
    }
}

#[test]
fn without_the_prefilter() {
    for log in recordings().iter().take(1).chain(stories()) {
        assert_eq!(incidents(steps(&log.bytes(), WHOLE, false), batch()), log.whole, "{}", log.name);
    }
}
