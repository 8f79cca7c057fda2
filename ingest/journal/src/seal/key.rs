//! The verification key.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// The bytes that all keys come from.
pub(super) const SEED: usize = 12;

/// A verification key, as `journalctl --setup-keys` prints it: a seed of 12 bytes in hex, with dashes anywhere, `/`, the number of
/// the first epoch, `-`, and how long an epoch is in microseconds, both in hex (systemd, src/libsystemd/sd-journal/journal-authenticate.c,
/// `journal_file_parse_verification_key`).
#[derive(Clone, PartialEq, Eq)]
pub struct SealKey {
    seed: [u8; SEED],
    start: u64,
    interval: u64,
}

/// A text that is no verification key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "not a verification key, which journalctl --setup-keys prints as xxxxxx-xxxxxx-xxxxxx-xxxxxx/xxxxxx-xxxxxx"
)]
pub struct BadSealKey;

impl SealKey {
    pub(super) fn seed(&self) -> &[u8; SEED] {
        &self.seed
    }

    /// When an epoch begins and when the next one does, in microseconds since 1970.
    pub(super) fn epoch(&self, epoch: u64) -> (u64, u64) {
        let begin = self.start.saturating_add(epoch.saturating_mul(self.interval));
        (begin, begin.saturating_add(self.interval))
    }
}

impl fmt::Debug for SealKey {
    /// The seed is a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SealKey").field("start", &self.start).field("interval", &self.interval).finish()
    }
}

impl FromStr for SealKey {
    type Err = BadSealKey;

    fn from_str(text: &str) -> Result<Self, BadSealKey> {
        let (seed, times) = text.trim().split_once('/').ok_or(BadSealKey)?;
        let digits: Vec<u8> =
            seed.chars().filter(|c| *c != '-').map(nibble).collect::<Option<_>>().ok_or(BadSealKey)?;
        let bytes: Vec<u8> =
            digits.chunks_exact(2).map(|pair| pair.iter().fold(0, |n, d| n << 4 | d)).collect();
        let seed = bytes.try_into().ok().filter(|_| digits.len() == 2 * SEED).ok_or(BadSealKey)?;
        let number = |text: &str| {
            let is_hex = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit());
            u64::from_str_radix(text, 16).ok().filter(|number| is_hex && *number > 0).ok_or(BadSealKey)
        };
        let (first, interval) = times.split_once('-').ok_or(BadSealKey)?;
        let (first, interval) = (number(first)?, number(interval)?);
        Ok(Self { seed, start: first.checked_mul(interval).ok_or(BadSealKey)?, interval })
    }
}

fn nibble(c: char) -> Option<u8> {
    c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_printed() {
        let key: SealKey = "1296c7-df5972-71bd5a-0ac539/79c6b-d693a400\n".parse().unwrap();
        assert_eq!(key.seed, [0x12, 0x96, 0xc7, 0xdf, 0x59, 0x72, 0x71, 0xbd, 0x5a, 0x0a, 0xc5, 0x39]);
        assert_eq!((key.start, key.interval), (0x79c6b * 0xd693_a400, 3_600_000_000));
        assert_eq!(key.epoch(2), (key.start + 7_200_000_000, key.start + 10_800_000_000));
        assert!(!format!("{key:?}").contains("1296"));
        for text in [
            "",
            "1296c7-df5972-71bd5a-0ac539",
            "1296c7-df5972-71bd5a-0ac5/79c6b-d693a400",
            "1296c7-df5972-71bd5a-0ac53g/79c6b-d693a400",
            "1296c7-df5972-71bd5a-0ac5390/79c6b-d693a400",
            "1296c7-df5972-71bd5a-0ac539/79c6b",
            "1296c7-df5972-71bd5a-0ac539/0-d693a400",
            "1296c7-df5972-71bd5a-0ac539/79c6b-0",
            "1296c7-df5972-71bd5a-0ac539/+79c6b-1",
            "1296c7-df5972-71bd5a-0ac539/ffffffffffffffff-2",
        ] {
            assert_eq!(text.parse::<SealKey>(), Err(BadSealKey), "{text}");
        }
    }
}
