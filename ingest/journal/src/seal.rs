//! Seals: whether what a file holds is what was written (Forward Secure Sealing).
//!
//! From time to time journald writes a TAG: a keyed hash over what was written since the one before. The key is replaced by
//! its successor after each epoch, and cannot be won back from that: whoever takes over a machine can forge no seal of
//! an epoch that has ended. The verification key, which is kept elsewhere, leads to the key of any epoch.
//!
//! What is hashed, and in which order epochs come: systemd, src/libsystemd/sd-journal/journal-authenticate.c and
//! journal-verify.c of v257.

mod key;
mod prg;
mod tag;
mod verify;

pub use key::{BadSealKey, SealKey};
use prg::Keys;
pub use verify::{Seal, Sealed, Unproven};

/// Verifies files with one key.
#[derive(Debug)]
pub struct Verifier {
    key: SealKey,
    keys: Keys,
}

impl Verifier {
    /// A verifier. To find the primes that a key stands for takes a moment.
    pub fn new(key: &SealKey) -> Self {
        Self { key: key.clone(), keys: Keys::new(key.seed()) }
    }
}
