//! Which form lines with a time, a host and a writer have.

use bstr::ByteSlice;

use super::{Votes, line_votes};
use crate::decode::{Form, Format, Line, is_remark, short_line};

/// Words that programs write behind the time where syslog has the host.
const LEVELS: [&[u8]; 12] = [
    b"TRACE",
    b"DEBUG",
    b"INFO",
    b"NOTICE",
    b"WARN",
    b"WARNING",
    b"ERR",
    b"ERROR",
    b"CRITICAL",
    b"FATAL",
    b"PANIC",
    b"SEVERE",
];

/// How lines with a time of the wall clock vote, and whether they name a host.
pub(super) fn wall(head: &[u8]) -> (Format, Votes) {
    let votes = line_votes(head, |line| wall_line(line).is_some());
    let lines = || head.lines().filter_map(wall_line);
    // Without a host, what would be one is the writer, and ends with a colon.
    let hosts = lines().filter(|line| line.host.is_some()).count();
    (Format::Short { host: hosts.saturating_mul(2) >= lines().count() }, votes)
}

/// A line that journalctl or a syslog daemon wrote, rather than a program that begins its lines with a time: those
/// that write `Z` for an offset are programs.
fn wall_line(line: &[u8]) -> Option<Line<'_>> {
    let is_utc = line.fields().next().is_some_and(|time| time.ends_with(b"Z"));
    let line = short_line(line, Form { boot: false, host: true }).filter(|_| !is_utc)?;
    let is_level = |host: &[u8]| LEVELS.iter().any(|level| level.eq_ignore_ascii_case(host));
    let is_host = |byte: &u8| byte.is_ascii_alphanumeric() || b".-_:%".contains(byte) || !byte.is_ascii();
    let is_own = line.host.is_none_or(|host| host.iter().all(is_host) && !is_level(host));
    (is_own && line.writer.is_some()).then_some(line)
}

/// Nine lines in ten have to be of a form that looks much like another's.
const NEARLY_ALL: u32 = 90;

/// Tells `journalctl -o short-monotonic` from dmesg, whose times look the same: the same host on every line, then the kernel or
/// a writer with its process. Without hosts the kernel has to be named once, which dmesg never does.
pub(super) fn boot(head: &[u8]) -> Option<Format> {
    let own = |line: &[u8], host| {
        let line = short_line(line, Form { boot: true, host })?;
        let is_own = line.writer.is_some_and(|writer| writer.is_kernel() || writer.pid.is_some());
        is_own.then_some(line.host.map(<[u8]>::to_vec))
    };
    let lines = || head.lines().filter(|line| !is_remark(line));
    let first = lines().find_map(|line| own(line, true).flatten());
    if let Some(first) = &first
        && line_votes(head, |line| own(line, true).flatten().as_ref() == Some(first)).share() >= NEARLY_ALL
    {
        return Some(Format::ShortMonotonic { host: true });
    }
    let is_kernel = |line: &[u8]| {
        short_line(line, Form { boot: true, host: false })
            .and_then(|line| line.writer)
            .is_some_and(|writer| writer.is_kernel())
    };
    let is_own =
        lines().any(is_kernel) && line_votes(head, |line| own(line, false).is_some()).share() >= NEARLY_ALL;
    is_own.then_some(Format::ShortMonotonic { host: false })
}
