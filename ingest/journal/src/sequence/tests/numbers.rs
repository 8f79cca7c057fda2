use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::sequence::{Hole, Numbers};

fn holes_of(numbers: &Numbers) -> Vec<Hole> {
    let mut holes = Vec::new();
    numbers.holes(&mut |hole| holes.push(hole));
    holes
}

fn expected(set: &BTreeSet<u64>) -> Vec<Hole> {
    let pairs = set.iter().zip(set.iter().skip(1));
    pairs.filter(|(a, b)| **a + 1 < **b).map(|(a, b)| Hole { from: a + 1, to: b - 1 }).collect()
}

/// Runs of numbers, near each other and around the borders of chunks.
fn runs() -> impl Strategy<Value = Vec<(u64, u64)>> {
    let length = prop_oneof![Just(1_u64), 1..100_u64, Just(4096), Just(12_288), 4000..9000_u64];
    prop::collection::vec((0..40_000_u64, length), 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn as_a_plain_set(runs in runs(), other in runs()) {
        let (mut numbers, mut more) = (Numbers::default(), Numbers::default());
        let mut set = BTreeSet::new();
        for (into, runs) in [(&mut numbers, &runs), (&mut more, &other)] {
            for (from, len) in runs {
                (*from..from + len).for_each(|number| into.insert(number));
                set.extend(*from..from + len);
            }
        }
        numbers.union(&more);
        prop_assert!(numbers.is_whole());
        prop_assert_eq!(holes_of(&numbers), expected(&set));
    }

    #[test]
    fn forgets_no_hole_that_is_above(runs in runs(), below in 0..50_000_u64) {
        let mut numbers = Numbers::default();
        let mut set = BTreeSet::from([below]);
        numbers.insert(below);
        for (from, len) in runs {
            (from..from + len).for_each(|number| numbers.insert(number));
            set.extend(from..from + len);
        }
        numbers.forget_below(below);
        let above = |holes: Vec<Hole>| holes.into_iter().filter(|hole| hole.from > below).collect::<Vec<_>>();
        prop_assert_eq!(above(holes_of(&numbers)), above(expected(&set)));
    }
}

#[test]
fn the_ends_of_the_range() {
    let mut numbers = Numbers::default();
    [u64::MAX, 0, u64::MAX - 1, 5].into_iter().for_each(|number| numbers.insert(number));
    assert_eq!(holes_of(&numbers), [Hole { from: 1, to: 4 }, Hole { from: 6, to: u64::MAX - 2 }]);
    numbers.forget_below(u64::MAX);
    assert_eq!(holes_of(&numbers), []);
}

#[test]
fn a_bound_that_bites_is_told() {
    let mut numbers = Numbers::default();
    (0..20_000).for_each(|n| numbers.insert(n * 4096));
    assert!(!numbers.is_whole());
}
