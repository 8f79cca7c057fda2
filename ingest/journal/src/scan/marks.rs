//! What a scan has marked, found again by the place of the object.

/// Objects that a mark can stand on are at least so far apart: the head of a DATA object alone is longer.
const BUCKET: u64 = 64;

/// The most of either that room is set aside for, whatever a header says.
const MAX_ROOM: usize = 1 << 20;

/// Marks of objects, added in the order in which these lie in the file.
///
/// A bit for each 64 bytes of the file, with the count of the bits before each word: at most one DATA object begins
/// in 64 bytes, and its rank among all that are marked is its place in a list. That is small, needs no hashing, and
/// items of entries without a mark, which are most, cost one look.
#[derive(Debug, Default)]
pub(super) struct Marks {
    words: Vec<Word>,
    marks: Vec<Mark>,
    last: u64,
}

/// A mark, and in which eighth of its bucket the object begins.
#[derive(Clone, Copy, Debug)]
struct Mark {
    mark: u32,
    eighth: u8,
}

#[derive(Clone, Copy, Debug, Default)]
struct Word {
    bits: u64,
    /// Of these, those whose fields are shared.
    shared: u64,
    before: u32,
}

/// A mark, and the DATA object that bears it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked {
    /// Where the object begins in its file.
    pub at: u64,
    /// What [`Scan::data`](super::Scan::data) made of it.
    pub mark: u32,
}

impl Marks {
    /// Marks for a file of so many bytes, with so many objects: memory is taken as they come.
    pub(super) fn of(len: u64, objects: u64) -> Self {
        let words = usize::try_from(len / BUCKET / 64 + 1).unwrap_or(0).min(MAX_ROOM);
        let marks = usize::try_from(objects).unwrap_or(0).min(words.saturating_mul(64)).min(MAX_ROOM);
        Self { words: Vec::with_capacity(words), marks: Vec::with_capacity(marks), last: 0 }
    }

    /// Marks an object behind all that are marked; one that is not is left out.
    pub(super) fn push(&mut self, at: u64, mark: u32, is_shared: bool) {
        let Some((word, bit)) = place(at) else { return };
        if self.last >= at {
            return;
        }
        let before = u32::try_from(self.marks.len()).unwrap_or(u32::MAX);
        self.words.resize(self.words.len().max(word + 1), Word { before, ..Word::default() });
        if let Some(word) = self.words.get_mut(word)
            && word.bits & bit == 0
        {
            word.bits |= bit;
            word.shared |= if is_shared { bit } else { 0 };
            self.marks.push(Mark { mark, eighth: eighth(at) });
            self.last = at;
        }
    }

    /// Whether the field of an object that is marked is shared. None where there is surely no mark.
    #[inline]
    pub(super) fn is_shared(&self, at: u64) -> Option<bool> {
        let bucket = at / BUCKET;
        let word = self.words.get(usize::try_from(bucket / 64).ok()?)?;
        let nth = bucket % 64;
        (word.bits >> nth & 1 > 0).then_some(word.shared >> nth & 1 > 0)
    }

    /// The mark of an object.
    #[inline]
    pub(super) fn get(&self, at: u64) -> Option<Marked> {
        let (word, bit) = place(at)?;
        let word = self.words.get(word)?;
        if word.bits & bit == 0 {
            return None;
        }
        let rank = (word.bits & (bit - 1)).count_ones();
        let found = self.marks.get(word.before.saturating_add(rank) as usize)?;
        (found.eighth == eighth(at) && at.is_multiple_of(8)).then_some(Marked { at, mark: found.mark })
    }
}

/// Objects begin at multiples of 8.
#[inline]
fn eighth(at: u64) -> u8 {
    (at % BUCKET / 8) as u8
}

#[inline]
fn place(at: u64) -> Option<(usize, u64)> {
    let bucket = at / BUCKET;
    Some((usize::try_from(bucket / 64).ok()?, 1 << (bucket % 64)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn finds_what_was_marked_and_nothing_else(steps in proptest::collection::vec(9_u64..3_000, 0..200)) {
            let mut marks = Marks::default();
            let mut expected = BTreeMap::new();
            let mut at = 208;
            for (mark, step) in (0..).zip(steps) {
                at += step * 8;
                marks.push(at, mark, mark.is_multiple_of(3));
                expected.insert(at, mark);
            }
            for probe in (0..at + 4_096).step_by(8) {
                let found = expected.get(&probe);
                prop_assert_eq!(marks.get(probe).map(|marked| marked.mark), found.copied());
                prop_assert!(found.is_none_or(|mark| marks.is_shared(probe) == Some(mark.is_multiple_of(3))));
            }
        }
    }
}
