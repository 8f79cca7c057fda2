//! DATA objects by what they hold, through the file's hash table.

use crate::bytes::le64;
use crate::object::Data;
use crate::{JournalFile, Room};

/// The most objects in one bucket that are looked at.
const MAX_CHAIN: usize = 1 << 20;

impl JournalFile {
    /// The DATA object that holds `NAME=value`. None where there is none, and where a damaged table hides it.
    pub fn find<'a>(&'a self, payload: &[u8], room: &'a mut Room) -> Option<Data<'a>> {
        let at = self.find_place(payload, room)?;
        self.data(at, &mut room.data)
    }

    fn find_place(&self, payload: &[u8], room: &mut Room) -> Option<u64> {
        let header = self.header();
        let hash = self.hash(payload);
        let bucket = hash.checked_rem(header.data_hash_table_size / 16)?;
        let slot = header.data_hash_table_offset.checked_add(bucket * 16)?;
        let mut at = le64(self.run(slot, 8, &mut room.data)?, 0)?;
        for _ in 0..MAX_CHAIN {
            let data = self.data(at, &mut room.data)?;
            if data.hash == hash && data.is(payload, &mut room.payload) {
                return Some(at);
            }
            // Chains lead forward: one that does not would never end.
            at = Some(data.next_hash).filter(|next| *next > at)?;
        }
        None
    }
}
