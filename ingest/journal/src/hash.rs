//! The two hashes of journal files.
//!
//! systemd, src/libsystemd/sd-journal/journal-file.c, journal_file_hash_data, and lookup3.c, which is Bob Jenkins' lookup3
//! of May 2006, in the public domain.

use std::hash::Hasher;

use siphasher::sip::SipHasher24;

use crate::JournalFile;

impl JournalFile {
    /// What a payload hashes to in this file.
    pub fn hash(&self, payload: &[u8]) -> u64 {
        if self.header().incompatible.is_keyed() {
            let mut hasher = SipHasher24::new_with_key(&self.header().file_id.as_u128().to_be_bytes());
            hasher.write(payload);
            hasher.finish()
        } else {
            jenkins(payload)
        }
    }
}

/// lookup3's hashlittle2 with both seeds zero, its first result in the upper half.
pub(crate) fn jenkins(payload: &[u8]) -> u64 {
    let start = 0xdead_beef_u32.wrapping_add(payload.len() as u32);
    let (mut a, mut b, mut c) = (start, start, start);
    let mut rest = payload;
    while rest.len() > 12 {
        let (block, after) = rest.split_at(12);
        let [x, y, z] = words(block);
        a = a.wrapping_add(x);
        b = b.wrapping_add(y);
        c = c.wrapping_add(z);
        (a, b, c) = mix(a, b, c);
        rest = after;
    }
    if !rest.is_empty() {
        let [x, y, z] = words(rest);
        (b, c) = last_mix(a.wrapping_add(x), b.wrapping_add(y), c.wrapping_add(z));
    }
    u64::from(c) << 32 | u64::from(b)
}

/// Up to twelve bytes as three numbers, the missing ones zero.
fn words(block: &[u8]) -> [u32; 3] {
    let mut padded = [0; 12];
    padded.iter_mut().zip(block).for_each(|(to, from)| *to = *from);
    let [a, b, c, d, e, f, g, h, i, j, k, l] = padded;
    [u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]), u32::from_le_bytes([i, j, k, l])]
}

fn mix(mut a: u32, mut b: u32, mut c: u32) -> (u32, u32, u32) {
    a = a.wrapping_sub(c) ^ c.rotate_left(4);
    c = c.wrapping_add(b);
    b = b.wrapping_sub(a) ^ a.rotate_left(6);
    a = a.wrapping_add(c);
    c = c.wrapping_sub(b) ^ b.rotate_left(8);
    b = b.wrapping_add(a);
    a = a.wrapping_sub(c) ^ c.rotate_left(16);
    c = c.wrapping_add(b);
    b = b.wrapping_sub(a) ^ a.rotate_left(19);
    a = a.wrapping_add(c);
    c = c.wrapping_sub(b) ^ b.rotate_left(4);
    b = b.wrapping_add(a);
    (a, b, c)
}

fn last_mix(mut a: u32, mut b: u32, mut c: u32) -> (u32, u32) {
    c = (c ^ b).wrapping_sub(b.rotate_left(14));
    a = (a ^ c).wrapping_sub(c.rotate_left(11));
    b = (b ^ a).wrapping_sub(a.rotate_left(25));
    c = (c ^ b).wrapping_sub(b.rotate_left(16));
    a = (a ^ c).wrapping_sub(c.rotate_left(4));
    b = (b ^ a).wrapping_sub(a.rotate_left(14));
    c = (c ^ b).wrapping_sub(b.rotate_left(24));
    (b, c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_vectors_of_lookup3() {
        // lookup3.c, driver5: hashlittle2 with both seeds zero.
        assert_eq!(jenkins(b""), 0xdead_beef_dead_beef);
        assert_eq!(jenkins(b"Four score and seven years ago"), 0x1777_0551_ce72_26e6);
    }
}
