//! What is no part of a line.
//!
//! Lines of one unit share most of their fields, and with them the DATA objects. Those that are no part of a line are
//! remembered, and not looked at again: what is left to read is what tells one line from the next.

use std::sync::{Arc, Weak};

use nwlog_journal::JournalFile;

/// The DATA objects that are remembered.
const MAX_OTHERS: usize = 2_048;

/// The DATA objects of one file that are no part of a line, as many as were seen last.
#[derive(Debug, Default)]
pub(super) struct Others {
    // It keeps the place in memory from being another file's.
    file: Weak<JournalFile>,
    places: Vec<u64>,
}

impl Others {
    /// Turns to a file, and forgets those of another.
    pub(super) fn turn_to(&mut self, file: &Arc<JournalFile>) {
        if !std::ptr::eq(self.file.as_ptr(), Arc::as_ptr(file)) {
            self.file = Arc::downgrade(file);
            self.places.clear();
            self.places.resize(MAX_OTHERS, 0);
        }
    }

    /// Whether one of them lies at a place.
    pub(super) fn have(&self, place: u64) -> bool {
        self.places.get(slot(place)) == Some(&place)
    }

    /// Remembers that one of them does.
    pub(super) fn note(&mut self, place: u64) {
        self.places.get_mut(slot(place)).into_iter().for_each(|known| *known = place);
    }
}

/// Objects begin at multiples of eight, and those of one process lie together.
fn slot(place: u64) -> usize {
    (place.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize % MAX_OTHERS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_noted_is_had_until_another_takes_its_slot() {
        let mut others = Others { file: Weak::new(), places: vec![0; MAX_OTHERS] };
        let places = (1..=8 * MAX_OTHERS as u64).map(|n| n * 8);
        for place in places.clone() {
            assert!(!others.have(place));
            others.note(place);
            assert!(others.have(place));
        }
        assert!(places.filter(|place| others.have(*place)).count() <= MAX_OTHERS);
    }
}
