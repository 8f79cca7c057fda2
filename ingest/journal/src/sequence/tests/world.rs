//! Journals that are written, rotated and vacuumed as journald does it, and then read.

use proptest::prelude::*;

use super::{File, Unread, check, check_with};
use crate::locate::{Owner, Stage};
use crate::sequence::Hole;

#[derive(Clone, Debug)]
enum Step {
    Write {
        owner: u32,
        count: u64,
    },
    Rotate,
    /// A file is full, and the next one begun.
    Full {
        owner: u32,
    },
    Vacuum,
}

/// Of a version that archives files alone where they are full, or all at a time.
fn steps_of(vacuums: bool, alone: u32) -> impl Strategy<Value = Vec<Step>> {
    let write = (0..4_u32, 1..40_u64).prop_map(|(owner, count)| Step::Write { owner, count });
    let vacuum = if vacuums { 2 } else { 0 };
    let full = (0..4_u32).prop_map(|owner| Step::Full { owner });
    let rotate = if alone == 0 { 3 } else { 1 };
    let step = prop_oneof![
        12 => write,
        rotate => Just(Step::Rotate),
        alone => full,
        vacuum => Just(Step::Vacuum),
    ];
    prop::collection::vec(step, 1..60)
}

fn steps(vacuums: bool) -> impl Strategy<Value = Vec<Step>> {
    steps_of(vacuums, 0)
}

fn owner(n: u32) -> Owner {
    if n < 2 { Owner::System } else { Owner::User(n) }
}

/// A directory, and what was vacuumed from it.
#[derive(Clone, Debug, Default)]
struct World {
    last: u64,
    files: Vec<File>,
}

impl World {
    fn of(steps: &[Step], first: u64) -> Self {
        let mut world = Self { last: first, files: Vec::new() };
        steps.iter().for_each(|step| world.step(step));
        world
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Write { owner: n, count } => (0..*count).for_each(|_| self.write(owner(*n))),
            Step::Rotate => {
                self.files.iter_mut().filter(|file| file.stage == Stage::Active).for_each(File::archive)
            }
            Step::Full { owner: n } => {
                let owner = owner(*n);
                let full =
                    self.files.iter_mut().find(|file| file.owner == owner && file.stage == Stage::Active);
                full.into_iter().for_each(File::archive);
                self.write(owner);
            }
            Step::Vacuum => {
                let archived = self.files.iter().enumerate().filter(|(_, file)| file.stage != Stage::Active);
                if let Some((n, _)) = archived.min_by_key(|(_, file)| file.numbers[0]) {
                    self.files.remove(n);
                }
            }
        }
    }

    fn write(&mut self, owner: Owner) {
        self.last += 1;
        let last = self.last;
        match self.files.iter_mut().find(|file| file.owner == owner && file.stage == Stage::Active) {
            Some(file) => file.numbers.push(last),
            None => self.files.push(File::active(owner, [last])),
        }
    }

    /// The files as they are opened by their names: `system.journal`, its archives, then those of users.
    fn opened(&self) -> Vec<File> {
        let mut files = self.files.clone();
        files.sort_by_key(|file| {
            let owner = match file.owner {
                Owner::User(uid) => uid,
                _ => 0,
            };
            (owner, file.stage != Stage::Active, owner == 0, file.numbers[0])
        });
        files
    }
}

proptest! {
    #[test]
    fn what_was_vacuumed_is_never_missed(steps in steps(true), first in 0..2_u64) {
        let (holes, report) = check(&World::of(&steps, first * 500).opened());
        prop_assert_eq!(holes, []);
        prop_assert_eq!(report.missing, 0);
    }

    #[test]
    fn nor_where_files_are_archived_alone(steps in steps_of(true, 4), first in 0..2_u64) {
        let mut files = World::of(&steps, first * 500).opened();
        files.iter_mut().for_each(|file| file.header_size = 272);
        prop_assert_eq!(check(&files).0, []);
    }

    /// journald writes, rotates and vacuums while files are opened, one after the other, by the names that were listed
    /// before. What cannot be opened any more, and what is there under another name when all are open, was not read.
    #[test]
    fn what_is_being_written_is_never_missed(
        (alone, before, meanwhile) in prop_oneof![Just(0_u32), Just(4)]
            .prop_flat_map(|alone| (Just(alone), steps_of(true, alone), steps_of(true, alone))),
        pace in 0..3_usize,
    ) {
        let mut world = World::of(&before, 0);
        let names: Vec<_> = world.opened().iter().map(File::name).collect();
        let mut opened: Vec<File> = Vec::new();
        let mut meanwhile = meanwhile.iter();
        for name in &names {
            opened.extend(world.files.iter().find(|file| file.name() == *name).cloned());
            meanwhile.by_ref().take(pace).for_each(|step| world.step(step));
        }
        let there = world.files.iter().map(File::name).chain(names);
        let unread: Vec<_> = there
            .filter(|name| !opened.iter().any(|file| file.name() == *name))
            .map(|name| Unread { directory: Some(0), name: Some(name) })
            .collect();
        opened.iter_mut().for_each(|file| file.header_size = if alone > 0 { 272 } else { 264 });
        let (holes, _) = check_with(&opened, &unread, &|_| 1, &[]);
        prop_assert_eq!(holes, []);
    }

    /// From a journal that was never vacuumed entries are taken: each is missed, as far as the first file reaches.
    #[test]
    fn what_is_taken_from_the_middle_is_missed(
        steps in steps(false),
        taken in prop::collection::vec((1..400_u64, 1..30_u64), 1..4),
    ) {
        let whole = World::of(&steps, 0).opened();
        let gone = |number: u64| taken.iter().any(|(from, len)| (*from..from + len).contains(&number));
        let mut files = whole;
        for file in &mut files {
            let ends = [file.numbers[0], *file.numbers.last().unwrap()];
            file.numbers.retain(|number| ends.contains(number) || !gone(*number));
        }
        let sure = match files.iter().find(|file| file.stage == Stage::Active) {
            Some(active) => active.numbers.last().unwrap() - 1,
            None => 0,
        };
        let archived = files.iter().filter(|file| file.stage != Stage::Active);
        let sure = sure.max(archived.filter_map(|file| file.numbers.last().copied()).max().unwrap_or(0));
        let mut left: Vec<u64> = files.iter().flat_map(|file| file.numbers.iter().copied()).collect();
        left.sort_unstable();
        let pairs = left.iter().zip(left.iter().skip(1)).filter(|(a, b)| **a + 1 < **b);
        let missed: Vec<Hole> = pairs
            .map(|(a, b)| Hole { from: a + 1, to: b - 1 })
            .filter(|hole| hole.to <= sure)
            .collect();
        let (holes, _) = check(&files);
        prop_assert_eq!(holes, missed);
    }

    /// A file is deleted that vacuuming would not have deleted yet.
    #[test]
    fn a_deleted_file_is_missed_exactly(steps in steps(false), which in any::<prop::sample::Index>()) {
        let world = World::of(&steps, 0);
        let mut files = world.opened();
        let archived: Vec<usize> = (0..files.len())
            .filter(|n| files[*n].stage != Stage::Active && files[*n].numbers[0] != 1)
            .collect();
        prop_assume!(!archived.is_empty());
        let file = files.remove(archived[which.index(archived.len())]);
        let (holes, report) = check(&files);
        let told: Vec<u64> = holes.iter().flat_map(|hole| hole.from..=hole.to).collect();
        prop_assert!(told.iter().all(|number| file.numbers.contains(number)));
        prop_assert_eq!(report.missing, told.len() as u64);
        // Only what may be written still is not told.
        let reached = files.iter().filter(|file| file.stage != Stage::Active).filter_map(|file| file.numbers.last());
        let reached = reached.max().copied().unwrap_or(0);
        let missed = file.numbers.iter().filter(|number| **number < reached);
        prop_assert!(missed.clone().all(|number| told.contains(number)), "{:?} of {:?}", told, file.numbers);
    }
}
