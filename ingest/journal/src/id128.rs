//! The 128-bit ids of systemd: boots, machines, invocations, streams and message kinds.

use std::fmt;

/// A 128-bit id, as `sd_id128_t` (systemd, src/systemd/sd-id128.h).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id128(u128);

impl Id128 {
    /// Makes an id of its number.
    pub const fn from_u128(n: u128) -> Self {
        Self(n)
    }

    /// The id as a number.
    pub const fn as_u128(self) -> u128 {
        self.0
    }

    /// The id that a journal file stores in 16 bytes, most significant first.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(bytes))
    }

    /// Reads 32 hex digits, or the same with the dashes of a UUID.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let mut n: u128 = 0;
        let mut digits = 0;
        for &byte in text {
            let digit = match byte {
                b'0'..=b'9' => byte - b'0',
                b'a'..=b'f' => byte - b'a' + 10,
                b'A'..=b'F' => byte - b'A' + 10,
                b'-' if text.len() == 36 => continue,
                _ => return None,
            };
            digits += 1;
            if digits > 32 {
                return None;
            }
            n = n << 4 | u128::from(digit);
        }
        (digits == 32).then_some(Self(n))
    }
}

impl Id128 {
    /// The 32 hex digits, in lower case.
    pub fn hex(self) -> [u8; 32] {
        let digit = |n: u8| if n < 10 { b'0' + n } else { b'a' - 10 + n };
        let mut hex = [0; 32];
        for (pair, byte) in hex.chunks_exact_mut(2).zip(self.0.to_be_bytes()) {
            pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
        }
        hex
    }
}

impl fmt::Display for Id128 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Always so: they are ASCII.
        f.write_str(std::str::from_utf8(&self.hex()).unwrap_or_default())
    }
}

impl fmt::Debug for Id128 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(feature = "serde")]
mod serialized {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Id128;

    impl Serialize for Id128 {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }

    impl<'de> Deserialize<'de> for Id128 {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let text = String::deserialize(deserializer)?;
            Self::parse(text.as_bytes()).ok_or_else(|| serde::de::Error::custom("not 32 hex digits"))
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_prints_and_uuids() {
        let id = Id128::parse(b"98e322203f7a4ed290d09fe03c09fe15").unwrap();
        assert_eq!(id.to_string(), "98e322203f7a4ed290d09fe03c09fe15");
        assert_eq!(Id128::parse(b"98e32220-3f7a-4ed2-90d0-9fe03c09fe15"), Some(id));
        for wrong in
            [&b"98e3"[..], b"", b"98e322203f7a4ed290d09fe03c09fe1g", b"98e322203f7a4ed290d09fe03c09fe155"]
        {
            assert_eq!(Id128::parse(wrong), None);
        }
    }
}
