//! Which parts of a file could not be read.

use std::sync::atomic::{AtomicU64, Ordering};

/// The most parts that are told apart: 1 MiB of bits. Longer files than 32 GiB get parts that are longer than a page.
const MAX_PARTS: u64 = 1 << 23;

/// A bit for each page of a file, so that none is counted twice, whoever finds it unreadable and how often.
#[derive(Debug)]
pub(super) struct Lost {
    len: u64,
    /// The length of a part, as a power of two.
    shift: u32,
    words: Box<[AtomicU64]>,
}

impl Lost {
    /// Nothing is lost of a file of `len` bytes in pages of `page` bytes, a power of two.
    pub(super) fn new(len: u64, page: usize) -> Self {
        let mut shift = page.trailing_zeros();
        while len >> shift >= MAX_PARTS {
            shift += 1;
        }
        let words = (len >> shift) / 64 + 1;
        Self { len, shift, words: (0..words).map(|_| AtomicU64::new(0)).collect() }
    }

    /// The page around byte `at` is lost. Async-signal-safe.
    pub(super) fn mark(&self, at: u64) {
        let part = at >> self.shift;
        if let Some(word) = usize::try_from(part / 64).ok().and_then(|index| self.words.get(index)) {
            word.fetch_or(1 << (part % 64), Ordering::Relaxed);
        }
    }

    /// All pages that have bytes from `start` to before `end` are lost. Async-signal-safe.
    pub(super) fn mark_all(&self, start: u64, end: u64) {
        let part = 1 << self.shift;
        let mut at = start;
        while at < end.min(self.len) {
            self.mark(at);
            at = (at & !(part - 1)).saturating_add(part);
        }
    }

    /// How many bytes are lost.
    pub(super) fn bytes(&self) -> u64 {
        let parts: u64 =
            self.words.iter().map(|word| u64::from(word.load(Ordering::Relaxed).count_ones())).sum();
        let Some(last) = self.len.checked_sub(1).map(|last| last >> self.shift) else { return 0 };
        let beyond = ((last + 1) << self.shift).saturating_sub(self.len);
        let has_last = usize::try_from(last / 64)
            .ok()
            .and_then(|index| self.words.get(index))
            .is_some_and(|word| word.load(Ordering::Relaxed) >> (last % 64) & 1 == 1);
        (parts << self.shift).saturating_sub(if has_last { beyond } else { 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_a_page_once_and_the_last_by_its_length() {
        let cases: &[(u64, &[u64], u64)] = &[
            (0, &[], 0),
            (10_000, &[], 0),
            (10_000, &[0, 1, 4095], 4096),
            (10_000, &[0, 4096], 8192),
            (10_000, &[9_999], 10_000 - 8192),
            (10_000, &[0, 5000, 9000], 10_000),
            (8192, &[8191], 4096),
            // Nothing is there to be lost.
            (8192, &[1 << 40, u64::MAX], 0),
        ];
        for (len, marks, expected) in cases {
            let lost = Lost::new(*len, 4096);
            marks.iter().for_each(|at| lost.mark(*at));
            assert_eq!(lost.bytes(), *expected, "{marks:?} of {len}");
        }
    }

    #[test]
    fn a_range_takes_all_its_pages() {
        for (start, end, expected) in
            [(0, 0, 0), (5000, 5001, 4096), (4095, 4097, 8192), (0, 10_000, 10_000), (9000, u64::MAX, 1808)]
        {
            let lost = Lost::new(10_000, 4096);
            lost.mark_all(start, end);
            assert_eq!(lost.bytes(), expected, "{start}..{end}");
        }
    }

    #[test]
    fn the_longest_file_needs_little_memory() {
        let lost = Lost::new(u64::MAX, 4096);
        assert!(lost.words.len() as u64 <= MAX_PARTS / 64);
        lost.mark(u64::MAX - 1);
        assert!(lost.bytes() > 0);
    }
}
