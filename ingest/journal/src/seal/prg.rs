//! The keys of all epochs: a seekable sequence of which each state follows from the one before, and not the other way round.
//!
//! G. A. Marson and B. Poettering, "Practical Secure Logging: Seekable Sequential Key Generators" (ESORICS 2013), with the
//! parameters of systemd (src/libsystemd/sd-journal/fsprg.c): a modulus of two primes of 768 bits, squaring as the step, and
//! SHA-256 in counter mode wherever bytes are needed.

use num_bigint::BigUint;
use sha2::{Digest, Sha256};

use super::key::SEED;

/// The bytes of a prime.
const PRIME: usize = 1536 / 8 / 2;

/// The bytes of a key.
pub(super) const KEY: usize = 32;

/// What the seed is stretched for.
const FOR_P: u32 = 1;
const FOR_Q: u32 = 2;
const FOR_X: u32 = 3;
const FOR_KEY: u32 = 0;

/// The keys of all epochs.
#[derive(Debug)]
pub(super) struct Keys {
    modulus: BigUint,
    /// How many numbers below the modulus share no factor with it.
    order: BigUint,
    first: BigUint,
}

impl Keys {
    pub(super) fn new(seed: &[u8; SEED]) -> Self {
        let (p, q) = (prime(seed, FOR_P), prime(seed, FOR_Q));
        let modulus = &p * &q;
        let mut x = [0; 2 * PRIME];
        stretch(&mut x, &[seed], FOR_X);
        x[0] &= 0x7f;
        let x = BigUint::from_bytes_be(&x);
        Self { first: &x * &x % &modulus, order: (p - 1_u8) * (q - 1_u8), modulus }
    }

    /// The key of an epoch.
    pub(super) fn of(&self, epoch: u64) -> [u8; KEY] {
        // So many squarings are one power, whose exponent counts only modulo the order.
        let exponent = BigUint::from(2_u8).modpow(&BigUint::from(epoch), &self.order);
        let state = self.first.modpow(&exponent, &self.modulus);
        let mut key = [0; KEY];
        stretch(&mut key, &[&wide(&self.modulus), &wide(&state), &epoch.to_be_bytes()], FOR_KEY);
        key
    }
}

/// As many bytes as the modulus has.
fn wide(number: &BigUint) -> [u8; 2 * PRIME] {
    let bytes = number.to_bytes_be();
    let mut wide = [0; 2 * PRIME];
    for (to, from) in wide.iter_mut().rev().zip(bytes.iter().rev()) {
        *to = *from;
    }
    wide
}

/// Bytes that a seed stands for.
fn stretch(bytes: &mut [u8], seed: &[&[u8]], purpose: u32) {
    let mut base = Sha256::new();
    seed.iter().for_each(|part| base.update(part));
    base.update(purpose.to_be_bytes());
    for (count, block) in (0_u32..).zip(bytes.chunks_mut(32)) {
        let hash = base.clone().chain_update(count.to_be_bytes()).finalize();
        block.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    }
}

/// The first prime, in steps of 4 from where the seed leads, that leaves 3 when it is divided by 4.
fn prime(seed: &[u8; SEED], purpose: u32) -> BigUint {
    let mut bytes = [0; PRIME];
    stretch(&mut bytes, &[seed], purpose);
    bytes[0] |= 0xc0;
    bytes[PRIME - 1] |= 0x03;
    let mut number = BigUint::from_bytes_be(&bytes);
    while !is_prime(&number) {
        number += 4_u8;
    }
    number
}

/// The primes below 256, but for 2.
const SMALL: [u32; 53] = [
    3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103,
    107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173, 179, 181, 191, 193, 197, 199, 211, 223,
    227, 229, 233, 239, 241, 251,
];

/// The bases of the test of Miller and Rabin. Numbers of this size that a seed leads to by chance pass the first one
/// wrongly less than once in 2^100.
const BASES: usize = 16;

/// Whether an odd number that leaves 3 when divided by 4 is prime: then half of what comes before it is odd, and each test one
/// power.
fn is_prime(number: &BigUint) -> bool {
    let zero = BigUint::ZERO;
    if SMALL.iter().any(|prime| number % *prime == zero) {
        return SMALL.iter().any(|prime| *number == BigUint::from(*prime));
    }
    let (one, last) = (BigUint::from(1_u8), number - 1_u8);
    let half = &last >> 1_u8;
    SMALL.iter().take(BASES).all(|base| {
        let power = BigUint::from(*base).modpow(&half, number);
        power == one || power == last
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn primes_are_told_from_others() {
        let found: Vec<u32> = (3..2_000).step_by(4).filter(|n| is_prime(&BigUint::from(*n))).collect();
        let primes: Vec<u32> = (3..2_000_u32).step_by(4).filter(|n| (2..*n).all(|d| n % d != 0)).collect();
        assert_eq!(found, primes);
    }

    #[test]
    fn an_epoch_is_so_many_squarings_away() {
        let keys = Keys::new(&[7; SEED]);
        let mut state = keys.first.clone();
        for epoch in 0..5 {
            let mut key = [0; KEY];
            stretch(&mut key, &[&wide(&keys.modulus), &wide(&state), &u64::to_be_bytes(epoch)], FOR_KEY);
            assert_eq!(keys.of(epoch), key, "{epoch}");
            state = &state * &state % &keys.modulus;
        }
    }
}
