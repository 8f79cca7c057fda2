//! Ids out of names: FNV-1a with 128 bits.

const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

/// The hash of some bytes.
pub(super) fn hash(bytes: &[u8]) -> u128 {
    bytes.iter().fold(OFFSET, |hash, &byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
}

/// A 128-bit id, as systemd prints it, out of the names that it stands for.
pub(super) fn id(names: &[&str]) -> String {
    format!("{:032x}", hash(names.join("\0").as_bytes()))
}
