#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod numbers;
mod rules;
mod world;

use super::{Check, Hole, Member, Report, Unread, Witness};
use crate::locate::{FileName, Owner, Stage};
use crate::{EntryHead, Id128};

const COUNTER: Id128 = Id128::from_bytes([7; 16]);

/// A witness by a rule.
struct Knows<'a> {
    boot: &'a dyn Fn(u64) -> u8,
    flushes: &'a [u64],
}

fn head(seqnum: u64, boot: u8) -> EntryHead {
    EntryHead {
        at: 0,
        seqnum,
        realtime: 1_000 + seqnum,
        monotonic: seqnum,
        boot_id: Id128::from_bytes([boot; 16]),
        xor_hash: seqnum,
    }
}

impl Witness for Knows<'_> {
    fn entry(&mut self, _: Id128, seqnum: u64) -> Option<EntryHead> {
        Some(head(seqnum, (self.boot)(seqnum)))
    }

    fn is_flushed_after(&mut self, entry: &EntryHead) -> bool {
        self.flushes.iter().any(|at| *at > entry.seqnum)
    }
}

/// A file of a directory.
#[derive(Clone, Debug)]
struct File {
    owner: Owner,
    stage: Stage,
    numbers: Vec<u64>,
    header_size: u64,
}

impl File {
    fn active(owner: Owner, numbers: impl IntoIterator<Item = u64>) -> Self {
        Self { owner, stage: Stage::Active, numbers: numbers.into_iter().collect(), header_size: 264 }
    }

    fn archived(owner: Owner, numbers: impl IntoIterator<Item = u64>) -> Self {
        let mut file = Self::active(owner, numbers);
        file.archive();
        file
    }

    fn archive(&mut self) {
        let head_seqnum = self.numbers[0];
        let head_realtime = 1_000 + head_seqnum;
        self.stage = Stage::Archived { seqnum_id: COUNTER, head_seqnum, head_realtime };
    }

    fn name(&self) -> FileName {
        FileName { owner: self.owner, stage: self.stage }
    }

    fn member(&self) -> Member {
        let first = self.numbers.first().copied();
        let tail = self.numbers.last().copied().unwrap_or_default();
        Member {
            directory: 0,
            writer: 0,
            name: Some(self.name()),
            seqnum_id: COUNTER,
            first,
            head: first.unwrap_or_default(),
            tail,
            n_entries: self.numbers.len() as u64,
            head_realtime: 1_000 + first.unwrap_or_default(),
            tail_realtime: 1_000 + tail,
            header_size: self.header_size,
        }
    }
}

/// Checks files that were opened in this order and are read by their first numbers.
fn check_with(
    files: &[File],
    unread: &[Unread],
    boot: &dyn Fn(u64) -> u8,
    flushes: &[u64],
) -> (Vec<Hole>, Report) {
    let members: Vec<Member> = files.iter().map(File::member).collect();
    let check = Check::new(members, unread);
    run(check, files, boot, flushes)
}

fn run(mut check: Check, files: &[File], boot: &dyn Fn(u64) -> u8, flushes: &[u64]) -> (Vec<Hole>, Report) {
    let mut order: Vec<usize> = (0..files.len()).filter(|n| !files[*n].numbers.is_empty()).collect();
    order.sort_by_key(|n| files[*n].numbers[0]);
    let mut witness = Knows { boot, flushes };
    let mut holes = Vec::new();
    for place in order {
        let mut numbers = super::Numbers::default();
        files[place].numbers.iter().for_each(|number| numbers.insert(*number));
        check.take(place, &numbers, None);
        check.settle(place, &mut witness, &mut |_, hole, before, after| {
            assert_eq!((before.seqnum + 1, after.seqnum - 1), (hole.from, hole.to));
            holes.push(hole);
        });
    }
    assert!(holes.is_sorted());
    (holes, check.report().clone())
}

fn check(files: &[File]) -> (Vec<Hole>, Report) {
    check_with(files, &[], &|_| 1, &[])
}
