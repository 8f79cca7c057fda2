//! Sets of sequence numbers.

use std::collections::BTreeMap;

/// The numbers of a chunk.
const CHUNK: u64 = 4096;
const WORDS: usize = 64;

/// The most chunks that have some of their numbers and not all: 8 MiB of bits.
const MAX_CHUNKS: usize = 16_384;

/// Numbers that are missing between others: from one to another, both of them missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hole {
    /// The first.
    pub from: u64,
    /// The last.
    pub to: u64,
}

impl Hole {
    /// How many numbers are missing.
    pub fn count(&self) -> u64 {
        (self.to - self.from).saturating_add(1)
    }
}

/// A set of sequence numbers.
///
/// Most come in long ascending runs, which cost next to nothing: a chunk of 4,096 numbers is 512 bytes of bits while some
/// of it are missing, and a part of a range once it has all. There are at most 16,384 chunks of the first kind: numbers
/// beyond that are dropped, and [`is_whole`](Self::is_whole) tells so.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// The run that goes on; not yet part of the rest.
    run: Option<(u64, u64)>,
    /// Chunks that have all their numbers: the first of a range, and the last.
    full: BTreeMap<u64, u64>,
    /// Bits of the other chunks.
    partial: BTreeMap<u64, Box<[u64; WORDS]>>,
    dropped: bool,
}

impl Numbers {
    /// Adds a number. The cheapest is one more than the number before.
    #[inline]
    pub fn insert(&mut self, number: u64) {
        match &mut self.run {
            Some((_, to)) if to.checked_add(1) == Some(number) => *to = number,
            _ => self.begin(number),
        }
    }

    /// Adds all numbers of another set.
    pub fn union(&mut self, other: &Self) {
        self.dropped |= other.dropped;
        other.each_run(&mut |from, to| self.put(from, to));
    }

    /// Whether none had to be dropped for want of room.
    pub fn is_whole(&self) -> bool {
        !self.dropped
    }

    /// Shows what is missing between the least and the greatest number, in order.
    pub fn holes(&self, each: &mut dyn FnMut(Hole)) {
        let mut last: Option<u64> = None;
        let mut next = |from: u64, to: u64| {
            if let Some(end) = last.filter(|end| end.saturating_add(1) < from) {
                each(Hole { from: end + 1, to: from - 1 });
            }
            last = last.max(Some(to));
        };
        self.each_run(&mut next);
    }

    /// Drops what nobody asks for any more: numbers below one, as far as whole chunks of them go.
    pub fn forget_below(&mut self, number: u64) {
        self.close();
        let chunk = number / CHUNK;
        self.partial = self.partial.split_off(&chunk);
        let later = self.full.split_off(&chunk);
        let across = self.full.pop_last().filter(|(_, to)| *to >= chunk);
        self.full = later;
        if let Some((_, to)) = across {
            self.full.insert(chunk, to);
        }
    }

    #[cold]
    fn begin(&mut self, number: u64) {
        if self.run.is_none_or(|(from, to)| !(from..=to).contains(&number)) {
            self.close();
            self.run = Some((number, number));
        }
    }

    fn close(&mut self) {
        if let Some((from, to)) = self.run.take() {
            self.put(from, to);
        }
    }

    /// Adds all numbers from one to another.
    fn put(&mut self, from: u64, to: u64) {
        let (first, last) = (from / CHUNK, to / CHUNK);
        if first == last {
            self.put_bits(first, from % CHUNK, to % CHUNK);
            return;
        }
        self.put_bits(first, from % CHUNK, CHUNK - 1);
        self.put_bits(last, 0, to % CHUNK);
        if first + 1 < last {
            self.put_full(first + 1, last - 1);
        }
    }

    fn put_bits(&mut self, chunk: u64, from: u64, to: u64) {
        if self.full.range(..=chunk).next_back().is_some_and(|(_, last)| *last >= chunk) {
            return;
        }
        if !self.partial.contains_key(&chunk) && self.partial.len() >= MAX_CHUNKS {
            self.dropped = true;
            return;
        }
        let words = self.partial.entry(chunk).or_insert_with(|| Box::new([0; WORDS]));
        for (word, first) in words.iter_mut().zip((0..CHUNK).step_by(64)) {
            let (low, high) = (from.max(first), to.min(first + 63));
            if low <= high {
                *word |= u64::MAX >> (63 - (high - low)) << (low - first);
            }
        }
        if words.iter().all(|word| *word == u64::MAX) {
            self.put_full(chunk, chunk);
        }
    }

    /// Makes chunks full, and one range of them and those beside them.
    fn put_full(&mut self, mut first: u64, mut last: u64) {
        let inside: Vec<u64> = self.partial.range(first..=last).map(|(chunk, _)| *chunk).collect();
        inside.iter().for_each(|chunk| drop(self.partial.remove(chunk)));
        while let Some((&from, &to)) =
            self.full.range(..=last + 1).next_back().filter(|(_, to)| **to + 1 >= first)
        {
            self.full.remove(&from);
            (first, last) = (first.min(from), last.max(to));
        }
        self.full.insert(first, last);
    }

    /// Shows runs of numbers. They can touch, and that which goes on comes where it belongs.
    fn each_run(&self, each: &mut dyn FnMut(u64, u64)) {
        let mut full = self.full.iter().peekable();
        let mut partial = self.partial.iter().peekable();
        let mut open = self.run;
        let mut show = |from: u64, to: u64| {
            if let Some((first, last)) = open.filter(|(first, _)| *first <= from) {
                each(first, last);
                open = None;
            }
            each(from, to);
        };
        loop {
            let next = match (full.peek(), partial.peek()) {
                (Some((a, _)), Some((b, _))) => a < b,
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => break,
            };
            if next {
                if let Some((first, last)) = full.next() {
                    show(first * CHUNK, last * CHUNK + (CHUNK - 1));
                }
            } else if let Some((chunk, words)) = partial.next() {
                for (word, nth) in words.iter().zip(0..) {
                    let (mut bits, mut at) = (*word, chunk * CHUNK + 64 * nth);
                    while bits != 0 {
                        let (skip, len) =
                            (bits.trailing_zeros(), (bits >> bits.trailing_zeros()).trailing_ones());
                        show(at + u64::from(skip), at + u64::from(skip + len - 1));
                        let passed = skip + len;
                        bits = bits.checked_shr(passed).unwrap_or(0);
                        at += u64::from(passed).min(63);
                    }
                }
            }
        }
        if let Some((first, last)) = open {
            each(first, last);
        }
    }
}
