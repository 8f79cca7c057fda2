//! Strings of JSON (RFC 8259, section 7).

use memchr::{memchr, memchr2};
use nom::IResult;
use nom::error::{Error, ErrorKind};

/// A string as it is written, without its quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Text<'a> {
    raw: &'a [u8],
    escaped: bool,
}

/// Reads a string. It ends at its quote, never past a newline: that one is always escaped.
pub(super) fn string(input: &[u8]) -> IResult<&[u8], Text<'_>> {
    let wrong = || nom::Err::Error(Error::new(input, ErrorKind::Char));
    let inner = input.strip_prefix(b"\"").ok_or_else(wrong)?;
    let mut at = 0;
    let mut escaped = false;
    loop {
        let rest = inner.get(at..).ok_or_else(wrong)?;
        let next = memchr2(b'"', b'\\', rest).ok_or_else(wrong)?;
        at += next;
        match inner.get(at) {
            Some(b'"') => break,
            _ => {
                escaped = true;
                at += 2;
            }
        }
    }
    let raw = inner.get(..at).ok_or_else(wrong)?;
    if memchr(b'\n', raw).is_some() {
        return Err(wrong());
    }
    Ok((inner.get(at + 1..).unwrap_or_default(), Text { raw, escaped }))
}

impl<'a> Text<'a> {
    /// The string's bytes, where they stand in the input as they are.
    pub(super) fn plain(&self) -> Option<&'a [u8]> {
        (!self.escaped).then_some(self.raw)
    }

    /// Writes the string's bytes. An escape that means nothing becomes U+FFFD.
    pub(super) fn unescape(&self, out: &mut Vec<u8>) {
        let mut rest = self.raw;
        while let Some(at) = memchr(b'\\', rest) {
            let (before, escape) = rest.split_at_checked(at).unwrap_or((rest, b""));
            out.extend_from_slice(before);
            let (char, after) = unescaped(escape.get(1..).unwrap_or_default());
            out.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
            rest = after;
        }
        out.extend_from_slice(rest);
    }
}

fn unescaped(escape: &[u8]) -> (char, &[u8]) {
    let Some((letter, after)) = escape.split_first() else { return (char::REPLACEMENT_CHARACTER, escape) };
    let char = match letter {
        b'"' | b'\\' | b'/' => char::from(*letter),
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return code_point(after),
        _ => char::REPLACEMENT_CHARACTER,
    };
    (char, after)
}

/// Four hex digits, or two groups of them where the first is a high surrogate.
fn code_point(digits: &[u8]) -> (char, &[u8]) {
    let Some((first, after)) = unit(digits) else { return (char::REPLACEMENT_CHARACTER, digits) };
    if let Some(char) = char::from_u32(first) {
        return (char, after);
    }
    let pair = after.strip_prefix(b"\\u").and_then(unit).and_then(|(second, after)| {
        let both =
            char::decode_utf16([u16::try_from(first).ok()?, u16::try_from(second).ok()?]).next()?.ok()?;
        Some((both, after))
    });
    pair.unwrap_or((char::REPLACEMENT_CHARACTER, after))
}

fn unit(digits: &[u8]) -> Option<(u32, &[u8])> {
    let (digits, after) = digits.split_first_chunk::<4>()?;
    let mut n = 0;
    for &digit in digits {
        n = n << 4 | char::from(digit).to_digit(16)?;
    }
    Some((n, after))
}
