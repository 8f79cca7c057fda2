//! Records of /dev/kmsg (Linux, Documentation/ABI/testing/dev-kmsg).
//!
//! `PRIORITY,SEQUENCE,MICROSECONDS,FLAGS[,more];TEXT`, then lines of ` KEY=value`; bytes that do not print are `\xNN`.
//! The fields are those of journald (systemd, src/journal/journald-kmsg.c: dev_kmsg_record), and `KMSG_SEQ`.

use memchr::{memchr, memmem};
use nom::bytes::complete::take_until;
use nom::character::complete::char;
use nom::sequence::terminated;
use nom::{IResult, Parser};

use super::draft::{Draft, Outcome};
use super::text::number::number;
use super::text::syslog::{self, Priority};

struct Header {
    priority: Priority,
    sequence: u64,
    micros: u64,
}

/// Reads one record into a draft.
pub(super) fn read<'c>(record: &'c [u8], draft: &mut Draft<'c>) -> Outcome {
    let mut lines = record.split(|&byte| byte == b'\n');
    let first = lines.next().unwrap_or_default();
    let Ok((text, header)) = header(first) else {
        return if first.trim_ascii().is_empty() { Outcome::Ignored } else { Outcome::Skipped };
    };
    draft.lend(b"_TRANSPORT", b"kernel");
    let text = syslog::origin(header.priority, text, draft);
    syslog::kernel_time(header.micros, draft);
    draft.number(b"KMSG_SEQ", header.sequence);
    lend_unescaped(b"MESSAGE", text, draft);
    for line in lines {
        let line = line.strip_prefix(b" ").unwrap_or_default();
        let Some((key, value)) = memchr(b'=', line).and_then(|at| line.split_at_checked(at)) else {
            continue;
        };
        let value = value.get(1..).unwrap_or_default();
        draft.write_named(
            |out| {
                out.extend_from_slice(b"_KERNEL_");
                unescape(key, out);
            },
            |out| unescape(value, out),
        );
    }
    Outcome::Entry
}

/// Whether a line begins a record.
pub(crate) fn is_header(line: &[u8]) -> bool {
    header(line).is_ok()
}

/// Whether a line goes on with the record before it.
pub(super) fn is_continuation(line: &[u8]) -> bool {
    line.starts_with(b" ")
}

fn header(line: &[u8]) -> IResult<&[u8], Header> {
    let (rest, (priority, sequence, micros, _)) = (
        terminated(syslog::priority, char(',')),
        terminated(number, char(',')),
        terminated(number, char(',')),
        terminated(take_until(&b";"[..]), char(';')),
    )
        .parse(line)?;
    Ok((rest, Header { priority, sequence, micros }))
}

fn lend_unescaped<'c>(name: &'c [u8], text: &'c [u8], draft: &mut Draft<'c>) {
    match memchr(b'\\', text) {
        Some(_) => draft.write(name, |out| unescape(text, out)),
        None => draft.lend(name, text),
    }
}

/// Writes text with its `\xNN` made bytes again.
fn unescape(text: &[u8], out: &mut Vec<u8>) {
    let mut rest = text;
    while let Some((before, after)) = memmem::find(rest, b"\\x").and_then(|at| rest.split_at_checked(at)) {
        out.extend_from_slice(before);
        let digits = after.get(2..).and_then(<[u8]>::split_first_chunk::<2>);
        rest = match digits.and_then(|(digits, rest)| Some((hex(*digits)?, rest))) {
            Some((byte, rest)) => {
                out.push(byte);
                rest
            }
            None => {
                out.extend_from_slice(b"\\x");
                after.get(2..).unwrap_or_default()
            }
        };
    }
    out.extend_from_slice(rest);
}

fn hex([high, low]: [u8; 2]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? << 4 | digit(low)?).ok()
}
