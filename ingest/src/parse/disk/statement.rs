//! The message that an errno is in: a line, or a field of a structured one.

use std::borrow::Cow;

use super::form::is_number;
use super::phrase::Phrase;

/// A message, cut around the errno in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Statement<'a> {
    pub(super) before: Cow<'a, [u8]>,
    pub(super) after: Cow<'a, [u8]>,
}

/// Fields that hold a program's own error, as any part of their name; the message itself is one of them.
const ERROR: [&str; 10] =
    ["err", "msg", "message", "exception", "cause", "reason", "detail", "fail", "panic", "fault"];
/// Fields that repeat what was said before.
const REPEATED: [&str; 6] = ["last", "prev", "old", "orig", "first", "history"];

/// Finds the message around an errno. Nothing where it is in a quotation, or in a field that holds no error.
pub(super) fn around<'a>(phrase: &Phrase<'a>) -> Option<Statement<'a>> {
    let Some((outer, inner)) = open_quote(phrase.before) else {
        if let Some((outer, b"")) = bare_field(phrase.before) {
            let after = phrase.after;
            return is_error(outer)
                .then_some(Statement { before: Cow::Borrowed(b""), after: Cow::Borrowed(after) });
        }
        let (before, after) = (phrase.before.trim_ascii_start(), phrase.after.trim_ascii_end());
        return Some(Statement { before: before.into(), after: after.into() });
    };
    if inner.is_empty() && is_number(outer) {
        let (before, after) = (phrase.before.trim_ascii_start(), phrase.after.trim_ascii_end());
        return Some(Statement { before: before.into(), after: after.into() });
    }
    let key = key(outer)?;
    if !is_error(key) {
        return None;
    }
    let end = closing_quote(phrase.after)?;
    let first = memchr::memmem::rfind(inner, b"\\n").map_or(0, |at| at.saturating_add(2));
    let last = memchr::memmem::find(phrase.after.get(..end)?, b"\\n").unwrap_or(end);
    Some(Statement { before: unescape(inner.get(first..)?), after: unescape(phrase.after.get(..last)?) })
}

/// Cuts a line at the double quote that is still open at its end.
fn open_quote(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut open = None;
    let mut escaped = false;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'\\' => escaped = !escaped,
            b'"' if !escaped => open = if open.is_none() { Some(at) } else { None },
            _ => escaped = false,
        }
        escaped &= *byte == b'\\';
    }
    let (outer, inner) = text.split_at_checked(open?)?;
    Some((outer, inner.get(1..)?))
}

/// Where the quote that is open at a text's beginning closes.
fn closing_quote(text: &[u8]) -> Option<usize> {
    let mut escaped = false;
    text.iter().position(|byte| {
        let closes = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        closes
    })
}

/// The key before a quote: `key=`, `"key":` or `key:`.
fn key(text: &[u8]) -> Option<&[u8]> {
    let text = text.trim_ascii_end();
    match text.split_last()? {
        (b'=', name) => Some(last_word(name)),
        (b':', name) => Some(last_word(name.strip_suffix(b"\"").unwrap_or(name))),
        _ => None,
    }
}

/// The key of a field whose value begins here without a quote: `key=`.
fn bare_field(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let name = last_word(text.strip_suffix(b"=")?);
    (!name.is_empty()).then_some((name, b""))
}

fn last_word(text: &[u8]) -> &[u8] {
    let named = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.-@".contains(byte);
    let begin = text.iter().rposition(|byte| !named(byte)).map_or(0, |at| at.saturating_add(1));
    text.get(begin..).unwrap_or_default()
}

fn is_error(key: &[u8]) -> bool {
    let key = String::from_utf8_lossy(key).to_ascii_lowercase();
    ERROR.iter().any(|word| key.contains(word)) && !REPEATED.iter().any(|word| key.starts_with(word))
}

/// Takes the backslash off quotes and backslashes.
fn unescape(text: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr(b'\\', text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut plain = Vec::with_capacity(text.len());
    let mut bytes = text.iter().copied();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => match bytes.next() {
                Some(escaped @ (b'"' | b'\\' | b'/')) => plain.push(escaped),
                Some(other) => plain.extend([b'\\', other]),
                None => {}
            },
            _ => plain.push(byte),
        }
    }
    Cow::Owned(plain)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::phrase::phrases;
    use super::*;

    #[test]
    fn finds_the_field() {
        for (line, before) in [
            (r#"save: write /a: no space left on device"#, Some("save: write /a: ")),
            (r#"level=ERROR err="write /a: no space left on device" path=/a"#, Some("write /a: ")),
            (r#"{"msg":"x","err":"write \"/a\": no space left on device","n":1}"#, Some(r#"write "/a": "#)),
            (r#"ERROR x {"error": "no space left on device"}"#, Some("")),
            (r#"msg="it failed: no space left on device""#, Some("it failed: ")),
            (r#"Os { code: 28, message: "No space left on device" }"#, Some("")),
            (r#"error=No space left on device (os error 28)"#, Some("")),
            (r#"error.message="a\nb: no space left on device\nc""#, Some("b: ")),
            (r#"could not write "a/b": No space left on device"#, Some(r#"could not write "a/b": "#)),
            (r#"query="fix: no space left on device""#, None),
            (r#"last_error="write /a: no space left on device""#, None),
            (r#"it said "write /a: no space left on device""#, None),
            (r#"err="write /a: no space left on device"#, None),
            (r#"q=no space left on device"#, None),
        ] {
            let phrase = phrases(line.as_bytes()).next().unwrap();
            let found =
                around(&phrase).map(|statement| String::from_utf8_lossy(&statement.before).into_owned());
            assert_eq!(found.as_deref(), before, "{line}");
        }
    }
}
