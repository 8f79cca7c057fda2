//! `journalctl -o short-iso-precise` and `short-iso` (systemd, src/shared/logs-show.c: output_short), and the files of
//! syslog daemons that write RFC 3339 timestamps.
//!
//! `2026-11-23T01:13:37.621200+00:00 host identifier[pid]: text`; up to systemd v254 the offset has no colon. Further
//! lines of a text are indented to its first one's column. Lines that begin with `-- ` are journalctl's own.

use memchr::{memchr, memmem};
use nom::branch::alt;
use nom::bytes::complete::{take_till1, take_while_m_n};
use nom::character::complete::{char, one_of};
use nom::combinator::{map, map_opt, opt, value};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

use super::number::digits;
use super::syslog::split_pid;
use super::unterminated;
use crate::decode::draft::{Draft, Outcome};

/// Whether a line goes on with the record before it.
pub(in crate::decode) fn is_continuation(line: &[u8]) -> bool {
    matches!(line.first(), Some(b' ' | b'\t'))
}

/// Whether a line is what journalctl or a syslog daemon writes, rather than a program that begins its lines with a
/// time: those that write `Z` for an offset are programs.
pub(crate) fn is_journal_line(line: &[u8]) -> bool {
    let utc = line.split(|&byte| byte == b' ').next().is_some_and(|time| time.ends_with(b"Z"));
    !utc && header(line).is_ok()
}

/// Reads one record into a draft.
pub(in crate::decode) fn read<'c>(record: &'c [u8], draft: &mut Draft<'c>) -> Outcome {
    let record = unterminated(record);
    if record.is_empty() || record.starts_with(b"-- ") {
        return Outcome::Ignored;
    }
    let Ok((text, header)) = header(record) else { return Outcome::Skipped };
    draft.number(b"__REALTIME_TIMESTAMP", header.realtime);
    draft.lend(b"_HOSTNAME", header.host);
    draft.lend(b"SYSLOG_IDENTIFIER", header.identifier);
    if let Some(pid) = header.pid {
        draft.lend(b"SYSLOG_PID", pid);
    }
    origin(&header, draft);
    message(text, record.len() - text.len(), draft);
    Outcome::Entry
}

/// Writes the fields that journald would most likely have set. A user's manager cannot be told from what calls itself
/// one.
fn origin<'c>(header: &Header<'c>, draft: &mut Draft<'c>) {
    match (header.identifier, header.pid) {
        (b"kernel", None) => {
            draft.lend(b"_TRANSPORT", b"kernel");
            draft.lend(b"SYSLOG_FACILITY", b"0");
        }
        (b"systemd", Some(b"1")) => {
            draft.lend(b"_TRANSPORT", b"journal");
            draft.lend(b"_PID", b"1");
            draft.lend(b"_UID", b"0");
            draft.lend(b"_COMM", b"systemd");
        }
        (b"systemd", _) => draft.lend(b"_TRANSPORT", b"syslog"),
        (identifier, pid) => {
            draft.lend(b"_TRANSPORT", b"stdout");
            if let Some(pid) = pid {
                draft.lend(b"_PID", pid);
            }
            draft.lend(b"_COMM", identifier);
        }
    }
}

/// Takes the indentation off the lines after the first.
fn message<'c>(text: &'c [u8], column: usize, draft: &mut Draft<'c>) {
    if memchr(b'\n', text).is_none() {
        draft.lend(b"MESSAGE", text);
        return;
    }
    draft.write(b"MESSAGE", |out| {
        for (n, line) in text.split(|&byte| byte == b'\n').enumerate() {
            let indent = line.iter().take(column).take_while(|&&byte| byte == b' ').count();
            match n {
                0 => out.extend_from_slice(line),
                _ => {
                    out.push(b'\n');
                    out.extend_from_slice(line.get(indent..).unwrap_or_default());
                }
            }
        }
    });
}

struct Header<'a> {
    realtime: u64,
    host: &'a [u8],
    identifier: &'a [u8],
    pid: Option<&'a [u8]>,
}

fn header(record: &[u8]) -> IResult<&[u8], Header<'_>> {
    let host = take_till1(|byte: u8| byte.is_ascii_whitespace());
    let (rest, (realtime, host)) =
        (terminated(time, char(' ')), terminated(host, char(' '))).parse(record)?;
    let (text, name) = name(rest)?;
    let (identifier, pid) = split_pid(name);
    Ok((text, Header { realtime, host, identifier, pid }))
}

/// An identifier may hold blanks: it ends at the first colon with a blank, or at the end of its line.
fn name(input: &[u8]) -> IResult<&[u8], &[u8]> {
    let wrong = || nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Char));
    let line = input.get(..memchr(b'\n', input).unwrap_or(input.len())).unwrap_or(input);
    let end = memmem::find(line, b": ")
        .or_else(|| line.ends_with(b":").then(|| line.len() - 1))
        .ok_or_else(wrong)?;
    let (name, after) = input.split_at_checked(end).filter(|(name, _)| !name.is_empty()).ok_or_else(wrong)?;
    let after = after.get(1..).unwrap_or_default();
    Ok((after.strip_prefix(b" ").unwrap_or(after), name))
}

/// A time in microseconds since 1970.
fn time(input: &[u8]) -> IResult<&[u8], u64> {
    let date = (
        terminated(digits::<i32>(4), char('-')),
        terminated(digits(2), char('-')),
        terminated(digits(2), char('T')),
    );
    let clock = (terminated(digits(2), char(':')), terminated(digits(2), char(':')), digits(2));
    let fraction = map(opt(preceded(one_of(".,"), fraction)), Option::unwrap_or_default);
    map_opt(
        (date, clock, fraction, offset),
        |((year, month, day), (hour, minute, second), micros, offset)| {
            let date = chrono::NaiveDate::from_ymd_opt(year, month, day)?;
            // A leap second is the last one of its minute.
            let time = date.and_hms_micro_opt(hour, minute, u32::min(second, 59), micros)?;
            let seconds: i64 = offset;
            u64::try_from(time.and_utc().timestamp_micros().checked_sub(seconds.checked_mul(1_000_000)?)?)
                .ok()
        },
    )
    .parse(input)
}

/// Up to nine digits of a second, as microseconds.
fn fraction(input: &[u8]) -> IResult<&[u8], u32> {
    let (rest, digits) = take_while_m_n(1, 9, |byte: u8| byte.is_ascii_digit()).parse(input)?;
    let micros =
        (0..6).fold(0, |n, place| n * 10 + digits.get(place).map_or(0, |digit| u32::from(digit - b'0')));
    Ok((rest, micros))
}

/// How many seconds a clock is ahead of UTC.
fn offset(input: &[u8]) -> IResult<&[u8], i64> {
    let sign = alt((value(1, char('+')), value(-1, char('-'))));
    let numeric = (sign, digits::<i64>(2), opt(char(':')), digits::<i64>(2));
    alt((value(0, char('Z')), map(numeric, |(sign, hours, _, minutes)| sign * (hours * 60 + minutes) * 60)))
        .parse(input)
}
