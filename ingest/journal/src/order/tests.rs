#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::cmp::Ordering::{self, Equal, Greater, Less};
use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

/// Counter, number, boot, since the boot, clock, contents.
type Line = (u128, u64, u128, u64, u64, u64);

fn key((counter, seqnum, boot, monotonic, realtime, xor_hash): Line) -> EntryKey {
    let boot_id = Id128::from_u128(boot);
    let head = EntryHead { at: 0, seqnum, realtime, monotonic, boot_id, xor_hash };
    EntryKey { seqnum_id: Id128::from_u128(counter), head }
}

fn line(key: &EntryKey) -> Line {
    let EntryHead { seqnum, realtime, monotonic, boot_id, xor_hash, .. } = key.head;
    (key.seqnum_id.as_u128(), seqnum, boot_id.as_u128(), monotonic, realtime, xor_hash)
}

#[test]
fn what_decides() {
    let table: &[(&str, Line, Line, Ordering)] = &[
        ("the same entry", (1, 5, 1, 10, 100, 7), (1, 5, 1, 10, 100, 7), Equal),
        ("one counter: the number, against all times", (1, 5, 1, 99, 900, 7), (1, 6, 1, 10, 100, 7), Less),
        ("one counter, one number, one boot", (1, 5, 1, 11, 100, 7), (1, 5, 1, 10, 200, 7), Greater),
        ("one counter, one number, two boots", (1, 5, 1, 11, 100, 7), (1, 5, 2, 10, 200, 7), Less),
        ("two counters, one boot: not the clock", (1, 9, 1, 10, 900, 7), (2, 1, 1, 11, 100, 7), Less),
        ("two counters, one boot, one time", (1, 9, 1, 10, 900, 7), (2, 1, 1, 10, 100, 7), Greater),
        ("two counters, two boots: the clock", (1, 1, 1, 10, 900, 7), (2, 9, 2, 99, 100, 7), Greater),
        ("all the same but the contents", (1, 1, 1, 10, 100, 7), (2, 9, 1, 10, 100, 8), Less),
        ("a copy under another counter", (1, 1, 1, 10, 100, 7), (2, 9, 1, 10, 100, 7), Equal),
    ];
    for (what, a, b, order) in table {
        assert_eq!(compare(&key(*a), &key(*b)), *order, "{what}");
        assert_eq!(compare(&key(*b), &key(*a)), order.reverse(), "{what}, turned round");
    }
}

#[test]
fn the_order_has_rings() {
    let [a, b, c] = [(1, 10, 1, 1, 100, 0), (1, 20, 1, 2, 50, 0), (2, 1, 2, 1, 70, 0)].map(key);
    assert_eq!([compare(&a, &b), compare(&b, &c), compare(&c, &a)], [Less; 3]);
}

struct List {
    lines: Vec<Line>,
    at: usize,
}

impl List {
    fn new(lines: &[Line]) -> Self {
        Self { lines: lines.to_vec(), at: 0 }
    }
}

impl Run for List {
    fn head(&self) -> Option<EntryKey> {
        self.lines.get(self.at).copied().map(key)
    }

    fn advance(&mut self) {
        self.at += 1;
    }
}

struct Merged {
    lines: Vec<Line>,
    loads: Vec<usize>,
    copies: u64,
    most_open: usize,
}

/// Merges runs that are announced by their first entries, or by earlier ones, and loaded when they are asked for.
fn merge_announced(runs: &[Vec<Line>], keys: &[EntryKey]) -> Merged {
    let mut merge = Merge::<List>::new(keys);
    let (mut lines, mut loads, mut most_open) = (Vec::new(), Vec::new(), 0);
    loop {
        match merge.step() {
            Step::Entry { slot, run } => {
                let head = line(&run.head().unwrap());
                assert!(runs[slot].contains(&head), "an entry of slot {slot}");
                lines.push(head);
            }
            Step::Load(slot) => {
                loads.push(slot);
                merge.load(slot, List::new(&runs[slot]));
                most_open = most_open.max(merge.open());
            }
            Step::End => break,
        }
    }
    assert_eq!(merge.open(), 0, "all runs are dropped");
    assert_eq!(loads, merge.order()[..loads.len()], "asked for in the order that was said");
    Merged { lines, loads, copies: merge.copies(), most_open }
}

fn merge(runs: &[Vec<Line>]) -> Merged {
    let keys: Vec<_> = runs.iter().map(|run| key(run[0])).collect();
    merge_announced(runs, &keys)
}

#[test]
fn a_copy_is_one_also_where_older_entries_come_between() {
    for (to, from) in [(1, 2), (2, 1)] {
        // What was moved comes behind what is newer.
        let moved: Vec<Line> = vec![(to, 1, 1, 50, 500, 5), (to, 2, 1, 10, 100, 1), (to, 3, 1, 60, 600, 6)];
        let source: Vec<Line> = vec![(from, 9, 1, 50, 500, 5), (from, 10, 1, 70, 700, 7)];
        for runs in [[moved.clone(), source.clone()], [source, moved]] {
            let merged = merge(&runs);
            let mut contents: Vec<u64> = merged.lines.iter().map(|line| line.5).collect();
            contents.sort_unstable();
            assert_eq!((contents, merged.copies), (vec![1, 5, 6, 7], 1));
        }
    }
}

#[test]
fn merges() {
    let first: Line = (1, 1, 1, 10, 1000, 1);
    let other: Line = (1, 2, 1, 20, 2000, 2);
    let last: Line = (1, 3, 1, 30, 3000, 3);
    let moved: Line = (2, 1, 1, 20, 2000, 2);
    type Case<'a> = (&'a str, &'a [&'a [Line]], &'a [Line], u64);
    let table: &[Case<'_>] = &[
        ("nothing", &[], &[], 0),
        ("one", &[&[first, other]], &[first, other], 0),
        ("two that alternate", &[&[first, last], &[other]], &[first, other, last], 0),
        ("the later file first", &[&[last], &[first, other]], &[first, other, last], 0),
        (
            "an entry on both sides of a rotation",
            &[&[first, other], &[other, last]],
            &[first, other, last],
            1,
        ),
        ("a file and two copies", &[&[first, last], &[first, last], &[first, last]], &[first, last], 4),
        ("moved to another counter", &[&[first, other], &[moved]], &[first, other], 1),
    ];
    for (what, runs, lines, copies) in table {
        let runs: Vec<_> = runs.iter().map(|run| run.to_vec()).collect();
        let merged = merge(&runs);
        assert_eq!(merged.lines, *lines, "{what}");
        assert_eq!(merged.copies, *copies, "{what}");
    }
}

#[test]
fn a_ring_loses_nothing() {
    let lines: [Line; 3] = [(1, 10, 1, 1, 100, 0), (1, 20, 1, 2, 50, 0), (2, 1, 2, 1, 70, 0)];
    for turn in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let merged = merge(&turn.map(|at| vec![lines[at]]));
        let counted: Vec<_> = merged.lines.iter().filter(|line| line.0 == 1).collect();
        assert_eq!(counted, [&lines[0], &lines[1]], "{turn:?}");
        assert_eq!(merged.lines.len(), 3, "{turn:?}");
    }
}

#[test]
fn only_what_overlaps_is_open() {
    let at = |n: u64| -> Line { (1, n, 1, n, n, n) };
    let archived = |n: u64| -> Vec<Line> { (0..10).map(|i| at(20 * n + 2 * i)).collect() };
    let mut runs: Vec<_> = (0..1500).rev().map(archived).collect();
    runs.push(vec![at(4_001), at(4_051)]);
    let merged = merge(&runs);
    assert_eq!(merged.lines.len(), 15_002);
    assert_eq!(merged.loads[..2], [1499, 1498], "the oldest first");
    assert_eq!(merged.most_open, 2);
}

#[test]
fn runs_that_begin_later_than_announced_or_not_at_all() {
    let runs = [vec![(1, 5, 1, 5, 5, 0)], vec![(1, 1, 1, 1, 1, 0), (1, 4, 1, 4, 4, 0)], vec![]];
    let keys = [(1, 0, 1, 0, 0, 0), (1, 1, 1, 1, 1, 0), (1, 2, 1, 2, 2, 0)].map(key);
    assert_eq!(merge_announced(&runs, &keys).lines, [runs[1][0], runs[1][1], runs[0][0]]);
    let mut merge = Merge::new(&keys);
    merge.load(1, List::new(&runs[1]));
    for slot in [0, 2] {
        assert!(matches!(merge.step(), Step::Load(asked) if asked == slot));
        merge.skip(slot);
        if slot == 0 {
            assert!(matches!(merge.step(), Step::Entry { slot: 1, .. }));
        }
    }
    assert!(matches!(merge.step(), Step::Entry { slot: 1, .. }));
    assert!(matches!(merge.step(), Step::End));
    assert!(matches!(merge.step(), Step::End));
}

/// Where each entry goes: to one file, or to several, of the `files` of its counter.
fn whole_journals() -> impl Strategy<Value = (Vec<Line>, Vec<Vec<Line>>)> {
    prop::collection::vec((0..3u128, 0..4u128, 1..5u64, prop::collection::vec(0..4usize, 1..3)), 1..200)
        .prop_map(|entries| {
            let mut files = vec![Vec::new(); 12];
            let (mut all, mut seqnums) = (Vec::new(), [0; 3]);
            let (mut time, mut since) = (1_000, [0; 4]);
            for (counter, boot, step, places) in entries {
                time += step;
                seqnums[counter as usize] += step;
                since[boot as usize] = time - boot as u64;
                let entry = (
                    counter,
                    seqnums[counter as usize],
                    boot,
                    since[boot as usize],
                    time,
                    time.wrapping_mul(7),
                );
                all.push(entry);
                for place in BTreeSet::from_iter(places) {
                    files[counter as usize * 4 + place].push(entry);
                }
            }
            files.retain(|file: &Vec<Line>| !file.is_empty());
            (all, files)
        })
}

proptest! {
    #[test]
    fn a_journal_in_pieces_becomes_whole((all, files) in whole_journals()) {
        let stored: usize = files.iter().map(Vec::len).sum();
        let merged = merge(&files);
        prop_assert_eq!(merged.copies, (stored - all.len()) as u64);
        prop_assert_eq!(merged.lines, all);
        let firsts: Vec<_> = files.iter().map(|file| file[0]).collect();
        prop_assert!(merged.loads.is_sorted_by_key(|slot| firsts[*slot].4));
    }

    #[test]
    fn where_times_are_nonsense_nothing_is_lost_and_numbers_ascend(
        runs in prop::collection::vec(
            prop::collection::btree_map(0..40u64, (0..3u128, 0..9u64, 0..9u64), 1..20),
            1..9,
        ),
        counters in prop::collection::vec(0..3u128, 9),
    ) {
        let runs: Vec<Vec<Line>> = runs.into_iter().zip(counters).enumerate().map(|(at, (run, counter))| {
            let lines = run.into_iter();
            lines.map(|(seqnum, (boot, mono, real))| (counter, seqnum, boot, mono, real, at as u64)).collect()
        }).collect();
        let merged = merge(&runs);
        let mut expected: Vec<Line> = runs.concat();
        prop_assert_eq!(merged.copies, 0, "contents differ");
        for counter in 0..3 {
            prop_assert!(merged.lines.iter().filter(|line| line.0 == counter).is_sorted_by_key(|line| line.1));
        }
        let mut lines = merged.lines;
        lines.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(lines, expected);
    }
}
