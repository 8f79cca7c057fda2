use proptest::prelude::*;

use super::*;
use crate::{Data, Id128};

/// Notes what it is shown, and how often something was made.
#[derive(Default)]
struct Notes {
    entries: Vec<(Vec<Marked>, Vec<Marked>)>,
    made: usize,
}

impl Scan for Notes {
    type Shared = Vec<Marked>;

    fn data(&mut self, _: &Data<'_>) -> Option<u32> {
        None
    }

    fn is_shared(&self, mark: u32) -> bool {
        !mark.is_multiple_of(4)
    }

    fn shared(&mut self, marks: &[Marked]) -> Vec<Marked> {
        self.made += 1;
        marks.to_vec()
    }

    fn entry(&mut self, _: &EntryHead, shared: &mut Vec<Marked>, marks: &[Marked]) -> ControlFlow<()> {
        self.entries.push((shared.clone(), marks.to_vec()));
        ControlFlow::Continue(())
    }
}

const HEAD: EntryHead = EntryHead {
    at: 0,
    seqnum: 1,
    realtime: 1,
    monotonic: 1,
    boot_id: Id128::from_bytes([0; 16]),
    xor_hash: 0,
};

fn bytes(items: &[u64], layout: Layout) -> Vec<u8> {
    let item = |at: &u64| match layout.compact {
        true => u32::try_from(*at).unwrap_or(u32::MAX).to_le_bytes().to_vec(),
        false => [at.to_le_bytes(), (at % 7).to_le_bytes()].concat(),
    };
    items.iter().flat_map(item).collect()
}

proptest! {
    /// Items in any order, any of them twice, and some that lead nowhere or to what is only marked later.
    #[test]
    fn what_is_kept_changes_nothing(
        steps in proptest::collection::vec((8_u64..40, any::<bool>()), 1..60),
        entries in proptest::collection::vec(proptest::collection::vec((0_u64..64, 0..40), 0..40), 1..80),
        repeats in 1..4,
        compact: bool,
    ) {
        let layout = Layout { compact };
        let (mut marks, mut lists) = (Marks::default(), Lists::new(layout));
        let (mut kept, mut plain) = (Notes::default(), Notes::default());
        let mut places = vec![8_u64];
        let mut steps = steps.into_iter().zip(0..);
        for entry in entries {
            for ((step, is_marked), mark) in steps.by_ref().take(3) {
                let at = places.last().map_or(0, |last| last + step * 8);
                places.push(at);
                if is_marked {
                    marks.push(at, mark, kept.is_shared(mark));
                }
            }
            let item = |(nth, astray): (u64, i32)| {
                let at = places.get(nth as usize).map_or(nth * 200, |at| *at);
                at + if astray == 0 { 8 } else { 0 }
            };
            let items: Vec<u64> = entry.into_iter().map(item).collect();
            for _ in 0..repeats {
                let _ = lists.show(&mut kept, &marks, &HEAD, &bytes(&items, layout));
                let mut split = Split::default();
                items.iter().filter_map(|at| marks.get(*at)).for_each(|marked| split.push(&plain, marked));
                let _ = split.show(&mut plain, &HEAD);
            }
        }
        prop_assert_eq!(kept.entries, plain.entries);
    }
}

#[test]
fn the_same_fields_are_looked_at_once() {
    let layout = Layout { compact: false };
    let (mut marks, mut lists, mut notes) = (Marks::default(), Lists::new(layout), Notes::default());
    for mark in 0..100 {
        marks.push(1_000 + u64::from(mark) * 80, mark, notes.is_shared(mark));
    }
    let place = |mark: u64| 1_000 + mark * 80;
    for message in 0..25 {
        // Whatever lies between them.
        let items = [place(1), place(message * 4), 77_000 + message * 8, place(2), place(3)];
        let _ = lists.show(&mut notes, &marks, &HEAD, &bytes(&items, layout));
    }
    assert_eq!((notes.made, notes.entries.len()), (1, 25));
}
