//! The two hashes of journal files.

use std::hash::Hasher as _;

use siphasher::sip::SipHasher24;

/// SipHash 2-4 with a file's id as its key.
pub(super) fn keyed(file_id: u128, payload: &[u8]) -> u64 {
    let mut hasher = SipHasher24::new_with_key(&file_id.to_be_bytes());
    hasher.write(payload);
    hasher.finish()
}

/// Bob Jenkins' lookup3, hashlittle2() from 0 and 0, the first half above the second.
pub(super) fn jenkins(payload: &[u8]) -> u64 {
    // The last block, even a full one, is mixed in its own way, and nothing at all is not mixed.
    let blocks = payload.len().saturating_sub(1) / 12;
    let (body, rest) = payload.split_at(blocks * 12);
    let start = 0xdead_beef_u32.wrapping_add(u32::try_from(payload.len()).unwrap_or(u32::MAX));
    let mut state = [start; 3];
    for block in body.chunks_exact(12) {
        state = mixed(added(state, block));
    }
    if !rest.is_empty() {
        state = finished(added(state, rest));
    }
    let [_, b, c] = state;
    u64::from(c) << 32 | u64::from(b)
}

/// Adds up to 12 bytes, as if zeroes followed them.
fn added(state: [u32; 3], bytes: &[u8]) -> [u32; 3] {
    let mut words = [[0_u8; 4]; 3];
    for (place, byte) in words.as_flattened_mut().iter_mut().zip(bytes) {
        *place = *byte;
    }
    let [a, b, c] = state;
    let [x, y, z] = words.map(u32::from_le_bytes);
    [a.wrapping_add(x), b.wrapping_add(y), c.wrapping_add(z)]
}

fn mixed([a, b, c]: [u32; 3]) -> [u32; 3] {
    let mut state = [a, b, c];
    for turns in [4, 6, 8, 16, 19, 4] {
        let [a, b, c] = state;
        let a = a.wrapping_sub(c) ^ c.rotate_left(turns);
        // The roles go round: what was b is a next.
        state = [b, c.wrapping_add(b), a];
    }
    state
}

fn finished([mut a, mut b, mut c]: [u32; 3]) -> [u32; 3] {
    for turns in [[14, 11, 25], [16, 4, 14], [24, 0, 0]] {
        let [first, second, third] = turns;
        c = (c ^ b).wrapping_sub(b.rotate_left(first));
        if second == 0 {
            break;
        }
        a = (a ^ c).wrapping_sub(c.rotate_left(second));
        b = (b ^ a).wrapping_sub(a.rotate_left(third));
    }
    [a, b, c]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jenkins_is_lookup3() {
        // driver5() of lookup3.c.
        assert_eq!(jenkins(b""), 0xdead_beef_dead_beef);
        assert_eq!(jenkins(b"Four score and seven years ago"), 0x1777_0551_ce72_26e6);
    }
}
