//! What is kept of an entry: eight bytes.

/// Where an entry lies, who wrote it, and what is to be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row(u64);

const FLAG_BITS: u32 = 4;
/// Worth a visit.
const VISIT: u64 = 1;
const WRITER_BITS: u32 = 24;
/// How many writers a file can have that are told apart; of what others write all is visited.
pub(super) const MAX_WRITERS: u32 = 1 << WRITER_BITS;

impl Row {
    /// A row. The place of an entry is a multiple of 8, and lies within 512 GiB.
    pub(super) fn new(at: u64, writer: u32, visit: bool) -> Self {
        let flags = u64::from(visit) * VISIT;
        let writer = u64::from(writer.min(MAX_WRITERS - 1));
        Self((at / 8) << (FLAG_BITS + WRITER_BITS) | writer << FLAG_BITS | flags)
    }

    pub(super) fn at(self) -> u64 {
        (self.0 >> (FLAG_BITS + WRITER_BITS)) * 8
    }

    pub(super) fn writer(self) -> usize {
        ((self.0 >> FLAG_BITS) & u64::from(MAX_WRITERS - 1)) as usize
    }

    pub(super) fn is_visited(self) -> bool {
        self.0 & VISIT != 0
    }
}

/// A kernel record's two times, in microseconds since the boot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tick {
    /// Its row.
    pub(super) row: u32,
    /// When it was stored.
    pub(super) stored: u64,
    /// By the kernel's own clock.
    pub(super) source: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_it_is_made_of() {
        for (at, writer, visit) in [(272, 0, false), (1 << 38, 77, true), (4096, MAX_WRITERS - 1, true)] {
            let row = Row::new(at, writer, visit);
            assert_eq!((row.at(), row.writer(), row.is_visited()), (at, writer as usize, visit));
        }
    }
}
