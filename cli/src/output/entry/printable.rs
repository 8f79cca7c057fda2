//! What journalctl takes for text (systemd, src/basic/utf8.c of v252, utf8_is_printable_newline): valid UTF-8 without
//! control characters other than tabs, without characters that Unicode reserves, and without newlines where those
//! would end something.

/// Bytes that are looked at in one go. The loop over them has no branch, so that it becomes a few vector instructions.
const STEP: usize = 16;

/// Whether the whole value is text. `newlines`: whether they may be in it.
pub(super) fn is_text(value: &[u8], newlines: bool) -> bool {
    let mut rest = value;
    loop {
        rest = rest.get(plain(rest)..).unwrap_or_default();
        let Some((length, c)) = first(rest) else { return rest.is_empty() };
        if !is_allowed(c) || (c == '\n' && !newlines) {
            return false;
        }
        rest = rest.get(length..).unwrap_or_default();
    }
}

/// How many bytes at the beginning are visible ASCII or spaces.
fn plain(bytes: &[u8]) -> usize {
    run(bytes, |byte| byte.wrapping_sub(b' ') < 0x5f)
}

/// How many bytes at the beginning stand for themselves in a JSON string.
pub(super) fn plain_in_json(bytes: &[u8]) -> usize {
    run(bytes, |byte| (byte.wrapping_sub(b' ') < 0x5f) & (byte != b'"') & (byte != b'\\'))
}

fn run(bytes: &[u8], is_plain: impl Fn(u8) -> bool) -> usize {
    let (steps, rest) = bytes.as_chunks::<STEP>();
    let whole =
        steps.iter().take_while(|step| step.iter().fold(true, |all, byte| all & is_plain(*byte))).count();
    let tail = steps.get(whole).map_or(rest, |step| step.as_slice());
    whole * STEP + tail.iter().take_while(|byte| is_plain(**byte)).count()
}

/// The first character, and how many bytes it takes; none where there is none, or it is no valid UTF-8.
pub(super) fn first(bytes: &[u8]) -> Option<(usize, char)> {
    let first = *bytes.first()?;
    let length = match first {
        0..0x80 => return Some((1, char::from(first))),
        0xc2..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0..0xf5 => 4,
        _ => return None,
    };
    let text = std::str::from_utf8(bytes.get(..length)?).ok()?;
    text.chars().next().map(|c| (length, c))
}

/// Whether a character may be in text at all.
pub(super) const fn is_allowed(c: char) -> bool {
    let reserved = matches!(c, '\u{fdd0}'..='\u{fdef}') || (c as u32) & 0xfffe == 0xfffe;
    let control = matches!(c, '\0'..='\x08' | '\x0b'..='\x1f' | '\x7f'..='\u{9f}');
    !reserved && !control
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_is_what_journalctl_takes_for_it() {
        for (value, text) in [
            (&b""[..], true),
            (b"plain ~", true),
            (b"sixteen bytes of it, and then some", true),
            (b"sixteen bytes of it, and then \x1b", false),
            (b"tab\tin it", true),
            (b"\r", false),
            (b"\0", false),
            (b"\x7f", false),
            ("ünï 漢字 🦀".as_bytes(), true),
            ("\u{9b}31m".as_bytes(), false),
            ("\u{fdd0}".as_bytes(), false),
            ("\u{fffe}".as_bytes(), false),
            ("\u{1ffff}".as_bytes(), false),
            ("\u{fffd}\u{202e}".as_bytes(), true),
            (b"\xff", false),
            (b"cut \xe6\xbc", false),
            (b"\xc0\xaf", false),
            (b"\xed\xa0\x80", false),
            (b"\xf4\x90\x80\x80", false),
        ] {
            assert_eq!(is_text(value, true), text, "{value:?}");
            assert_eq!(is_text(value, false), text, "{value:?}");
        }
        assert!(is_text(b"two\nlines", true));
        assert!(!is_text(b"two\nlines", false));
    }

    proptest! {
        #[test]
        fn every_step_looks_the_same(value in prop::collection::vec(any::<u8>(), 0..60), text in "\\PC{0,60}") {
            for value in [&value, text.as_bytes()] {
                let slow = std::str::from_utf8(value).is_ok_and(|text| text.chars().all(is_allowed));
                prop_assert_eq!(is_text(value, true), slow);
            }
        }
    }
}
