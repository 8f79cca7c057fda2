//! Messages of the syslog protocol, as daemons forward them and some write them to files.
//!
//! `<PRIORITY>1 TIME HOST NAME PID MSGID DATA TEXT`, where `-` stands for what is not known (RFC 5424, section 6). The structured data
//! is passed over. In a stream each may be preceded by its length and a blank (RFC 6587, section 3.4.1).

use nom::branch::alt;
use nom::bytes::complete::{is_not, tag, take_while_m_n, take_while1};
use nom::character::complete::{anychar, char};
use nom::combinator::{map, opt, value};
use nom::multi::{many0_count, many1_count};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use super::message::{self, message};
use super::syslog::{self, Priority};
use super::writer::{self, Writer};
use super::{stamp, unterminated};
use crate::calendar::{Calendar, Stamp};
use crate::decode::draft::{Draft, Outcome};

/// The longest number that is a length: what RFC 5425 has receivers take is 8 KiB.
const DIGITS: usize = 6;

/// How long a record is whose length stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::decode) enum Counted {
    /// So many bytes, its length included.
    Whole(usize),
    /// More has to be seen to tell.
    Unknown,
}

/// Reads the length that these bytes begin with; none where there is none.
pub(in crate::decode) fn counted(bytes: &[u8], last: bool) -> Option<Counted> {
    let digits = bytes.iter().take(DIGITS + 1).take_while(|byte| byte.is_ascii_digit()).count();
    let (number, rest) = bytes.split_at_checked(digits).filter(|_| (1..=DIGITS).contains(&digits))?;
    match rest {
        [b' ', b'<', ..] => {
            let len: usize = crate::decimal(number)?;
            Some(Counted::Whole(digits.saturating_add(1).saturating_add(len.max(1))))
        }
        [] | [b' '] if !last => Some(Counted::Unknown),
        _ => None,
    }
}

/// Whether a line begins a record.
pub(in crate::decode) fn begins(line: &[u8]) -> bool {
    head(line).is_ok()
}

/// Whether a line is a whole record, or the first of one.
pub(crate) fn is_header(line: &[u8]) -> bool {
    header(line).is_ok()
}

/// Reads one record into a draft.
pub(in crate::decode) fn read<'c>(record: &'c [u8], calendar: &Calendar, draft: &mut Draft<'c>) -> Outcome {
    let record = unterminated(record);
    if record.is_empty() {
        return Outcome::Ignored;
    }
    let Ok((text, header)) = header(record) else { return Outcome::Skipped };
    draft.time(header.stamp, calendar);
    if let Some(host) = header.host {
        draft.lend(b"_HOSTNAME", host);
    }
    syslog::levels(header.priority, draft);
    writer::origin(header.writer, Some(header.priority), false, draft);
    let mut text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    if header.writer.is_some_and(|writer| writer.is_kernel()) {
        text = message::without_kernel_time(text, draft);
    }
    message(text, 0, true, draft);
    Outcome::Entry
}

struct Header<'a> {
    priority: Priority,
    stamp: Stamp<'a>,
    host: Option<&'a [u8]>,
    writer: Option<Writer<'a>>,
}

/// The priority and the version, the length before them included.
fn head(input: &[u8]) -> IResult<&[u8], Priority> {
    let digits = take_while_m_n(1, DIGITS, |byte: u8| byte.is_ascii_digit());
    let length = opt(terminated(digits, char(' ')));
    delimited(length, syslog::bracketed, tag(&b"1 "[..])).parse(input)
}

fn header(input: &[u8]) -> IResult<&[u8], Header<'_>> {
    let stamp = alt((value(Stamp::Unknown, char('-')), stamp::iso));
    let (rest, (priority, stamp, host, name, pid, _)) =
        (head, terminated(stamp, char(' ')), word, word, word, word).parse(input)?;
    let (rest, _) = data(rest)?;
    let text = rest.strip_prefix(b" ").unwrap_or(rest);
    let pid = pid.filter(|pid| crate::decimal::<u32>(pid).is_some());
    let writer = name.map(|name| Writer { name, pid });
    Ok((text, Header { priority, stamp, host, writer }))
}

/// A word and the blank behind it; none where it is `-`.
fn word(input: &[u8]) -> IResult<&[u8], Option<&[u8]>> {
    let word = take_while1(|byte: u8| byte.is_ascii_graphic() || !byte.is_ascii());
    map(terminated(word, char(' ')), |word: &[u8]| Some(word).filter(|word| *word != b"-")).parse(input)
}

/// `-`, or elements in brackets, whose values are quoted.
fn data(input: &[u8]) -> IResult<&[u8], ()> {
    let escaped = preceded(char('\\'), anychar);
    let quoted = delimited(
        char('"'),
        many0_count(alt((value((), escaped), value((), is_not(&b"\"\\"[..]))))),
        char('"'),
    );
    let plain = value((), is_not(&b"\"]"[..]));
    let element = delimited(char('['), many0_count(alt((value((), quoted), plain))), char(']'));
    alt((value((), char('-')), value((), many1_count(element)))).parse(input)
}
