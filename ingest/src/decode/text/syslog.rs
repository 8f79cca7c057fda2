//! What syslog and the kernel's log have in common: priorities, and the tag that a program puts before its text.

use nom::bytes::complete::take_while1;
use nom::character::complete::{char, space0};
use nom::combinator::{map, map_opt, verify};
use nom::sequence::{delimited, terminated};
use nom::{IResult, Parser};

use super::number::number;
use crate::decode::draft::Draft;

/// Facility and level, as one number (RFC 5424, section 6.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::decode) struct Priority(u16);

impl Priority {
    pub(in crate::decode) fn facility(self) -> u16 {
        self.0 >> 3
    }

    fn level(self) -> &'static [u8] {
        match self.0 & 7 {
            0 => b"0",
            1 => b"1",
            2 => b"2",
            3 => b"3",
            4 => b"4",
            5 => b"5",
            6 => b"6",
            _ => b"7",
        }
    }
}

/// A priority's number. Facilities go up to 127 (Linux, kernel/printk: LOG_FACILITY).
pub(in crate::decode) fn priority(input: &[u8]) -> IResult<&[u8], Priority> {
    map(verify(number::<u16>, |&n| n < 1024), Priority).parse(input)
}

/// A priority in angle brackets.
pub(super) fn bracketed(input: &[u8]) -> IResult<&[u8], Priority> {
    delimited(char('<'), priority, char('>')).parse(input)
}

/// What facilities are called (util-linux, sys-utils/dmesg.c; busybox, sysklogd/syslogd.c).
const FACILITIES: [&[u8]; 24] = [
    b"kern",
    b"user",
    b"mail",
    b"daemon",
    b"auth",
    b"syslog",
    b"lpr",
    b"news",
    b"uucp",
    b"cron",
    b"authpriv",
    b"ftp",
    b"",
    b"",
    b"",
    b"",
    b"local0",
    b"local1",
    b"local2",
    b"local3",
    b"local4",
    b"local5",
    b"local6",
    b"local7",
];

/// What levels are called there.
const LEVELS: [&[u8]; 8] = [b"emerg", b"alert", b"crit", b"err", b"warn", b"notice", b"info", b"debug"];

/// A facility and a level by their names, with this between them, and blanks before it.
pub(super) fn named(mark: char) -> impl Fn(&[u8]) -> IResult<&[u8], Priority> {
    fn name(input: &[u8]) -> IResult<&[u8], &[u8]> {
        take_while1(|byte: u8| byte.is_ascii_alphanumeric()).parse(input)
    }
    move |input| {
        let place = |names: &[&[u8]], name: &[u8]| {
            names.iter().position(|known| *known == name).and_then(|place| u16::try_from(place).ok())
        };
        let facility = map_opt(name, |name| place(&FACILITIES, name));
        let level = map_opt(name, |name| place(&LEVELS, name));
        map((terminated(facility, (space0, char(mark))), level), |(facility, level)| {
            Priority(facility << 3 | level)
        })
        .parse(input)
    }
}

/// Writes facility and level.
pub(super) fn levels(priority: Priority, draft: &mut Draft<'_>) {
    draft.lend(b"PRIORITY", priority.level());
    draft.number(b"SYSLOG_FACILITY", priority.facility().into());
}

/// Writes who a record of the kernel's log is from. Returns its text, without the tag that only programs write.
pub(in crate::decode) fn origin<'c>(priority: Priority, text: &'c [u8], draft: &mut Draft<'c>) -> &'c [u8] {
    levels(priority, draft);
    if priority.facility() == 0 {
        draft.lend(b"SYSLOG_IDENTIFIER", b"kernel");
        return text;
    }
    let Some(tag) = tag(text) else { return text };
    draft.lend(b"SYSLOG_IDENTIFIER", tag.identifier);
    if let Some(pid) = tag.pid {
        draft.lend(b"SYSLOG_PID", pid);
    }
    tag.text
}

/// Writes when the kernel logged it, in microseconds since the boot.
pub(in crate::decode) fn kernel_time(micros: u64, draft: &mut Draft<'_>) {
    draft.number(b"_SOURCE_MONOTONIC_TIMESTAMP", micros);
    draft.number(b"__MONOTONIC_TIMESTAMP", micros);
}

struct Tag<'a> {
    identifier: &'a [u8],
    pid: Option<&'a [u8]>,
    text: &'a [u8],
}

/// `identifier: text` or `identifier[pid]: text`, the identifier without blanks (systemd,
/// src/shared/syslog-util.c: syslog_parse_identifier).
fn tag(text: &[u8]) -> Option<Tag<'_>> {
    let end = text.iter().position(u8::is_ascii_whitespace).unwrap_or(text.len());
    let (head, after) = text.split_at_checked(end)?;
    let (identifier, pid) = split_pid(head.strip_suffix(b":")?);
    Some(Tag { identifier, pid, text: after.get(1..).unwrap_or_default() })
}

/// Takes `[pid]` off the end of a name.
pub(super) fn split_pid(name: &[u8]) -> (&[u8], Option<&[u8]>) {
    let split = name.strip_suffix(b"]").and_then(|name| {
        let at = name.iter().rposition(|&byte| byte == b'[')?;
        let (identifier, pid) = name.split_at_checked(at)?;
        let pid = pid.get(1..)?;
        crate::decimal::<u32>(pid)?;
        Some((identifier, Some(pid)))
    });
    split.unwrap_or((name, None))
}
