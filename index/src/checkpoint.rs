//! How far a live reader has come, kept in the commit that holds what it made of it.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The state of a live reader. Both parts are its own business; they are kept as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// The version of what follows.
    pub version: u32,
    /// The correlator's state.
    #[serde(with = "hex")]
    pub state: Vec<u8>,
    /// The read position of every source.
    #[serde(with = "hex")]
    pub positions: Vec<u8>,
}

impl Checkpoint {
    /// The text that goes into a commit's payload.
    pub(crate) fn to_payload(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// Reads a commit's payload.
    pub(crate) fn from_payload(payload: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(payload)
    }
}

/// Bytes as hex digits: a payload is text, and stands as a string inside of JSON, where quotes would double twice.
mod hex {
    use super::*;

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        let digit = |n: u8| char::from_digit(u32::from(n), 16).unwrap_or('0');
        let text: String = bytes.iter().flat_map(|&byte| [digit(byte >> 4), digit(byte & 15)]).collect();
        serializer.serialize_str(&text)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        decode(&text).ok_or_else(|| serde::de::Error::custom("not pairs of hex digits"))
    }

    fn decode(text: &str) -> Option<Vec<u8>> {
        let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|n| u8::try_from(n).ok());
        pairs.iter().map(|&[high, low]| Some(digit(high)? << 4 | digit(low)?)).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_bytes_come_back(version: u32, state: Vec<u8>, positions: Vec<u8>) {
            let checkpoint = Checkpoint { version, state, positions };
            let payload = checkpoint.to_payload().unwrap();
            prop_assert_eq!(Checkpoint::from_payload(&payload).unwrap(), checkpoint);
        }
    }

    #[test]
    fn refuses_what_is_not_hex() {
        for state in ["0", "0g", "é"] {
            let payload = format!(r#"{{"version":1,"state":"{state}","positions":""}}"#);
            assert!(Checkpoint::from_payload(&payload).is_err(), "{state}");
        }
    }
}
