//! A program's own word about its end: the line that it logged before it exited by itself.
//!
//! Loggers have levels that end the program: `fatal` of zap, zerolog and logrus, `panic` and `dpanic`, klog's `F`, a
//! level above error in log/slog; `critical` and beyond where a level is named as syslog or the clouds name it. Such a
//! line is no event: it says something only if the end follows, and is looked for among a life's last lines then.

mod json;
mod logfmt;

use bstr::ByteSlice;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::{char, digit1, one_of, space1};
use nom::combinator::{opt, recognize, rest};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

use super::clip;

/// The longest word kept, in bytes.
const MAX_WORD: usize = 256;

/// The fields that loggers name a level, a message and an error by.
const LEVELS: [&[u8]; 5] = [b"level", b"severity", b"lvl", b"L", b"log.level"];
const MESSAGES: [&[u8]; 3] = [b"msg", b"message", b"M"];
const ERRORS: [&[u8]; 3] = [b"error", b"err", b"exception"];

/// Reads the word of a line whose level ends the program.
///
/// ```
/// use nwlog_ingest::parse::word::last_word;
///
/// let line = br#"{"level":"fatal","error":"dial tcp: connection refused","message":"cannot reach the database"}"#;
/// assert_eq!(last_word(line).as_deref(), Some("cannot reach the database: dial tcp: connection refused"));
/// assert_eq!(last_word(br#"{"level":"error","message":"retrying"}"#), None);
/// ```
pub fn last_word(line: &[u8]) -> Option<Box<str>> {
    let line = line.trim_ascii();
    let word = json::fields(line)
        .or_else(|| logfmt::fields(line))
        .map(Fields::word)
        .unwrap_or_else(|| headed(line).or_else(|| console(line)))?;
    // A panic's value goes on with its stack.
    let first = word.lines().map(ByteSlice::trim).find(|line| !line.is_empty())?;
    Some(clip(first, MAX_WORD))
}

/// Reads the text of a line of Go's package log, which log.Fatal writes as log.Print does: `2026/11/23 03:00:00 TEXT`.
/// It is a last word only where it is the last line, and the program's status is 1 (Go, src/log/log.go).
pub fn logged(line: &[u8]) -> Option<Box<str>> {
    let line = line.trim_ascii();
    let (text, _) = timed(line).ok()?;
    (!text.is_empty()).then(|| clip(text, MAX_WORD))
}

/// The fields of a structured line that matter here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Fields {
    level: Option<Vec<u8>>,
    message: Option<Vec<u8>>,
    error: Option<Vec<u8>>,
}

impl Fields {
    /// Where a field's value goes, if its name is of one of the three kinds; the first one of a kind counts.
    fn slot(&mut self, name: &[u8]) -> Option<&mut Option<Vec<u8>>> {
        let slot = if LEVELS.contains(&name) {
            &mut self.level
        } else if MESSAGES.contains(&name) {
            &mut self.message
        } else if ERRORS.contains(&name) {
            &mut self.error
        } else {
            return None;
        };
        slot.is_none().then_some(slot)
    }

    /// The message and the error of a line that is a last word.
    fn word(self) -> Option<Vec<u8>> {
        if !ends_program(&self.level?) {
            return None;
        }
        let filled = |field: Option<Vec<u8>>| field.filter(|text| !text.trim_ascii().is_empty());
        match (filled(self.message), filled(self.error)) {
            (Some(message), Some(error)) if message.contains_str(&error) => Some(message),
            (Some(message), Some(error)) => Some([&message, &b": "[..], &error].concat()),
            (message, error) => message.or(error),
        }
    }
}

/// Whether a level is one after which the program ends. slog has no name above ERROR, and prints the distance:
/// `ERROR+4`.
fn ends_program(level: &[u8]) -> bool {
    let level = level.to_ascii_lowercase();
    let above = level.strip_prefix(b"error+").and_then(crate::entry::decimal::<u64>);
    let named = [&b"fatal"[..], b"panic", b"dpanic", b"critical", b"crit", b"alert", b"emergency", b"emerg"];
    above.is_some_and(|above| above >= 4) || named.contains(&&*level)
}

/// klog's `F0102 03:04:05.000006    1234 main.go:5] TEXT` (also glog's), and logrus on a terminal: `FATA[0012] TEXT`.
fn headed(line: &[u8]) -> Option<Vec<u8>> {
    let (text, _) = klog(line).or_else(|_| logrus(line)).ok()?;
    Some(text.trim_ascii().to_vec())
}

fn klog(line: &[u8]) -> IResult<&[u8], &[u8]> {
    let date = recognize((char('F'), take_while_m_n(4, 4, |byte: u8| byte.is_ascii_digit())));
    let time = (digit1, char(':'), digit1, char(':'), digit1, char('.'), digit1);
    let source = nom::bytes::complete::take_while1(|byte| byte != b']' && byte != b' ' && byte != b':');
    recognize((date, space1, time, space1, digit1, space1, source, char(':'), digit1, tag("] "))).parse(line)
}

fn logrus(line: &[u8]) -> IResult<&[u8], &[u8]> {
    let level = nom::branch::alt((tag("FATA["), tag("PANI[")));
    recognize((level, nom::bytes::complete::take_while1(|byte| byte != b']'), tag("] "))).parse(line)
}

/// zap's console: fields between TABs, `TIME LEVEL [NAME] [CALLER] TEXT [{…}]`.
fn console(line: &[u8]) -> Option<Vec<u8>> {
    let mut fields = line.split(|byte| *byte == b'\t');
    let is_time = fields.next()?.first().is_some_and(u8::is_ascii_digit);
    let is_last =
        fields.next().is_some_and(|level| level.iter().all(u8::is_ascii_alphabetic) && ends_program(level));
    if !is_time || !is_last {
        return None;
    }
    let rest: Vec<_> = fields.filter(|field| !field.starts_with(b"{")).collect();
    let caller = rest.iter().position(|field| is_caller(field));
    let text = match caller {
        Some(at) => rest.get(at + 1),
        None => rest.last(),
    };
    text.map(|text| text.to_vec())
}

/// `main/main.go:12`.
fn is_caller(field: &[u8]) -> bool {
    field.rsplit_once_str(b":").is_some_and(|(file, line)| {
        file.ends_with(b".go") && !line.is_empty() && line.iter().all(u8::is_ascii_digit)
    })
}

/// `2026/11/23 03:00:00[.000001] [file.go:5: ]`.
fn timed(line: &[u8]) -> IResult<&[u8], &[u8]> {
    let digits = |count| take_while_m_n(count, count, |byte: u8| byte.is_ascii_digit());
    let date = (digits(4), char('/'), digits(2), char('/'), digits(2), char(' '));
    let time =
        (digits(2), char(':'), digits(2), char(':'), digits(2), opt((one_of(".,"), digit1)), char(' '));
    let (left, head) = recognize((date, time)).parse(line)?;
    let source = line_of_source(left).unwrap_or(left);
    let (_, text) = rest(source)?;
    Ok((text, head))
}

/// What stands behind `file.go:5: `, as log.Lshortfile and log.Llongfile have it.
fn line_of_source(text: &[u8]) -> Option<&[u8]> {
    let (source, rest) = text.split_once_str(b": ")?;
    is_caller(source).then_some(rest)
}

/// A quoted value, its escapes undone; what is cut off goes to the end. The text behind the quote comes first.
fn quoted(text: &[u8]) -> IResult<&[u8], Vec<u8>> {
    let (mut left, _) = char('"').parse(text)?;
    let mut plain = Vec::new();
    while let Some((byte, rest)) = left.split_first() {
        left = rest;
        match byte {
            b'"' => break,
            b'\\' => {
                let Some((escape, rest)) = left.split_first() else { break };
                left = rest;
                match escape {
                    b'n' => plain.push(b'\n'),
                    b't' => plain.push(b'\t'),
                    b'r' => {}
                    b'u' => left = unicode(left, &mut plain),
                    b'x' => left = hexadecimal(left, &mut plain),
                    other => plain.push(*other),
                }
            }
            byte => plain.push(*byte),
        }
    }
    Ok((left, plain))
}

/// `\u003c`; halves of pairs are left out.
fn unicode<'a>(text: &'a [u8], plain: &mut Vec<u8>) -> &'a [u8] {
    let Some((digits, rest)) = text.split_at_checked(4) else { return &[] };
    let code = digits.to_str().ok().and_then(|digits| u32::from_str_radix(digits, 16).ok());
    if let Some(one) = code.and_then(char::from_u32) {
        plain.extend_from_slice(one.encode_utf8(&mut [0; 4]).as_bytes());
    }
    rest
}

fn hexadecimal<'a>(text: &'a [u8], plain: &mut Vec<u8>) -> &'a [u8] {
    let Some((digits, rest)) = text.split_at_checked(2) else { return &[] };
    plain.extend(digits.to_str().ok().and_then(|digits| u8::from_str_radix(digits, 16).ok()));
    rest
}

/// Blanks, and what comes behind them.
fn blanks(text: &[u8]) -> &[u8] {
    text.trim_ascii_start()
}

/// A name in front of an equals sign, as logfmt has it.
fn key(text: &[u8]) -> IResult<&[u8], &[u8]> {
    let name = nom::bytes::complete::take_while1(|byte: u8| {
        byte.is_ascii_alphanumeric() || b"_.-@/".contains(&byte)
    });
    terminated(name, preceded(opt(space1), char('='))).parse(text)
}

#[cfg(test)]
mod tests;
