//! What loggers put before each line of what they are piped: a time, a name, a bracket.

use memchr::memmem;
use serde::{Deserialize, Serialize};

/// The longest prefix, in bytes.
const MAX_PREFIX: usize = 96;

/// What stands between a prefix and a value; the second one only behind a time or a bracket.
const MARKS: [&[u8]; 2] = [b"panic: ", b"fatal error: "];

/// The form of a prefix: every run of digits is as good as another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Prefix(Box<[u8]>);

impl Prefix {
    /// The prefix of a line that could begin a crash behind it, and that rest.
    pub(super) fn of(line: &[u8]) -> Option<(Self, &[u8])> {
        let head = line.get(..MAX_PREFIX).unwrap_or(line);
        let begins = line.first().is_some_and(|byte| byte.is_ascii_digit() || *byte == b'[');
        let marks = MARKS.get(..if begins { 2 } else { 1 })?;
        let at = marks.iter().filter_map(|mark| memmem::find(head, mark)).min()?;
        let (prefix, rest) = line.split_at_checked(at)?;
        is_prefix(prefix).then(|| (Self(form(prefix)), rest))
    }

    /// What stands behind the prefix in another line of the same logger.
    pub(super) fn strip<'a>(&self, line: &'a [u8]) -> Option<&'a [u8]> {
        let mut line = line;
        for byte in &*self.0 {
            line = match byte {
                b'0' => {
                    let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
                    line.get(digits..).filter(|_| digits > 0)?
                }
                byte => line.split_first().filter(|(first, _)| *first == byte)?.1,
            };
        }
        Some(line)
    }
}

fn form(prefix: &[u8]) -> Box<[u8]> {
    let mut form = Vec::with_capacity(prefix.len());
    for byte in prefix {
        match byte.is_ascii_digit() {
            true if form.last() == Some(&b'0') => {}
            true => form.push(b'0'),
            false => form.push(*byte),
        }
    }
    form.into()
}

/// Whether words are what a logger puts before a line, and no sentence: times, brackets, and names that end in a colon or
/// stand before a bar.
fn is_prefix(prefix: &[u8]) -> bool {
    // A blank ends it, by which a glance finds it.
    if !prefix.ends_with(b" ") {
        return false;
    }
    let mut words = prefix.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).peekable();
    let mut any = false;
    while let Some(word) = words.next() {
        any = true;
        let is_mark = word.ends_with(b":") || word.ends_with(b"]") || word == b"|";
        let is_stream = [&b"stdout"[..], b"stderr", b"F", b"P"].contains(&word);
        let is_named = words.peek() == Some(&&b"|"[..]);
        if !(is_mark || is_stream || is_named || is_time(word)) {
            return false;
        }
    }
    any
}

fn is_time(word: &[u8]) -> bool {
    word.iter().any(u8::is_ascii_digit)
        && word.iter().all(|byte| byte.is_ascii_digit() || b"-:/.,TZ+@".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_loggers_write() {
        for (line, rest) in [
            ("2026-11-23T03:00:00.123456Z panic: boom", Some("panic: boom")),
            ("2026/11/23 03:00:00 fatal error: x", Some("fatal error: x")),
            ("web_1  | panic: boom", Some("panic: boom")),
            ("[web] panic: boom", Some("panic: boom")),
            ("app[12]: panic: boom", Some("panic: boom")),
            ("2026-11-23T03:00:00.1Z stderr F panic: boom", Some("panic: boom")),
            ("panic: boom", None),
            ("recovered from panic: boom", None),
            ("E0102 03:04:05.000001 1 x.go:79] Observed a panic: boom", None),
            ("handler: it was a panic: boom", None),
        ] {
            let found = Prefix::of(line.as_bytes()).map(|(_, rest)| rest);
            assert_eq!(found, rest.map(str::as_bytes), "{line}");
        }
    }

    #[test]
    fn strips_the_same_prefix_with_other_numbers() {
        let strip = |line: &'static [u8]| {
            Prefix::of(b"2026-11-23T03:00:09.9Z panic: boom").and_then(|(prefix, _)| prefix.strip(line))
        };
        assert_eq!(strip(b"2026-11-23T03:00:10.123Z main.f()"), Some(&b"main.f()"[..]));
        assert_eq!(strip(b"2026-11-23T03:00:10.123Z \t/a.go:1"), Some(&b"\t/a.go:1"[..]));
        assert_eq!(strip(b"main.f()"), None);
        assert_eq!(strip(b"2026-11-23T03:00:Z main.f()"), None);
    }
}
