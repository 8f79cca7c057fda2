//! The rule for field names.

use super::MAX_NAME;

/// How many bytes at the start could be a field's name, one more than [`MAX_NAME`] at most.
///
/// Names are made of `A-Z`, `0-9` and `_` (systemd, src/libsystemd/sd-journal/journal-file.c: journal_field_valid).
#[inline]
pub(super) fn span(bytes: &[u8]) -> usize {
    let head = bytes.get(..=MAX_NAME).unwrap_or(bytes);
    head.iter().position(|&byte| !is_name_byte(byte)).unwrap_or(head.len())
}

/// Whether bytes that [`span`] allowed are a name: not empty, not too long, and not begun with a digit.
#[inline]
pub(super) fn is_spanned_name(name: &[u8]) -> bool {
    name.len() <= MAX_NAME && name.first().is_some_and(|byte| !byte.is_ascii_digit())
}

/// Whether bytes are a field's name.
pub(super) fn is_name(bytes: &[u8]) -> bool {
    is_spanned_name(bytes) && bytes.iter().all(|&byte| is_name_byte(byte))
}

#[inline]
fn is_name_byte(byte: u8) -> bool {
    matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for good in [&b"MESSAGE"[..], b"__CURSOR", b"_", b"A1", &[b'X'; MAX_NAME]] {
            assert!(is_name(good), "{good:?}");
            assert_eq!(span(good), good.len());
        }
        for bad in [&b""[..], b"1A", b"message", b"A B", b"A=", b"\xc3\xa4", &[b'X'; MAX_NAME + 1]] {
            assert!(!is_name(bad), "{bad:?}");
        }
    }
}
