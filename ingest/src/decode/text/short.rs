//! Lines with a time, a host, a name and a text: the short forms of journalctl, and the files of syslog daemons.
//!
//! `TIME HOST NAME[PID]: TEXT`, the time in any of the forms of [`stamp`](super::stamp) (systemd, src/shared/logs-show.c:
//! output_short; RFC 3164, section 4.1; rsyslog, tools/syslogd.c: its file formats). A priority in angle brackets may stand before
//! that, as in forwarded syslog. Further lines of a text are indented to its first one's column. Lines that begin with
//! `-- ` are journalctl's own.

use nom::character::complete::{char, space0};
use nom::combinator::opt;
use nom::sequence::{delimited, terminated};
use nom::{IResult, Parser};

use super::message::{self, message};
use super::stamp;
use super::syslog::{self, Priority};
use super::unterminated;
use super::writer::{self, Writer};
use crate::Id128;
use crate::calendar::{Calendar, Stamp};
use crate::decode::draft::{Draft, Outcome};

/// Which times the lines have, and whether they have a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// Times since the boot, `[   12.345678]`; those of the wall clock elsewhere.
    pub(crate) boot: bool,
    /// A host is named before the writer.
    pub(crate) host: bool,
}

/// A line that begins a record.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    priority: Option<Priority>,
    stamp: Stamp<'a>,
    /// The host.
    pub(crate) host: Option<&'a [u8]>,
    /// Who wrote it, where it says so.
    pub(crate) writer: Option<Writer<'a>>,
    text: &'a [u8],
}

/// Whether a line goes on with the record before it.
pub(in crate::decode) fn is_continuation(line: &[u8]) -> bool {
    matches!(line.first(), Some(b' ' | b'\t'))
}

/// Whether a line is journalctl's own word about what it prints: where a boot begins, an explanation, that there is nothing.
pub(crate) fn is_remark(line: &[u8]) -> bool {
    line.starts_with(b"-- ")
}

/// Reads one record into a draft. `boot` is what lines before it say of its boot.
pub(in crate::decode) fn read<'c>(
    record: &'c [u8],
    form: Form,
    calendar: &Calendar,
    boot: Option<Id128>,
    draft: &mut Draft<'c>,
) -> Outcome {
    let record = unterminated(record);
    if record.is_empty() || is_remark(record) {
        return Outcome::Ignored;
    }
    let Some(line) = line(record, form) else { return Outcome::Skipped };
    draft.time(line.stamp, calendar);
    if let Some(boot) = boot {
        draft.write(b"_BOOT_ID", |out| out.extend_from_slice(boot.to_string().as_bytes()));
    }
    if let Some(host) = line.host {
        draft.lend(b"_HOSTNAME", host);
    }
    if let Some(priority) = line.priority {
        syslog::levels(priority, draft);
    }
    let has_units = matches!(line.stamp, Stamp::Named { .. });
    writer::origin(line.writer, line.priority, has_units, draft);
    let mut text = line.text;
    if line.writer.is_some_and(|writer| writer.is_kernel()) {
        text = message::without_kernel_time(text, draft);
    }
    let is_escaped = matches!(line.stamp, Stamp::Yearless { .. } | Stamp::Local(_) | Stamp::Utc(_));
    message(text, record.len() - text.len(), is_escaped && !form.boot, draft);
    Outcome::Entry
}

/// Reads the first line of a record, and with it all that follows.
pub(crate) fn line(record: &[u8], form: Form) -> Option<Line<'_>> {
    let (rest, (priority, stamp)) = head(record, form).ok()?;
    let (rest, level) = opt(terminated(syslog::named('.'), char(' '))).parse(rest).ok()?;
    // What writes these, a small machine's logger, may name no host before them.
    let (rest, host) = if form.host && level.is_none() { host(rest)? } else { (rest, None) };
    let (rest, later) = opt(terminated(syslog::named('.'), char(' '))).parse(rest).ok()?;
    let (text, writer) = writer::read(rest);
    Some(Line { priority: priority.or(level).or(later), stamp, host, writer, text })
}

fn head(record: &[u8], form: Form) -> IResult<&[u8], (Option<Priority>, Stamp<'_>)> {
    if form.boot {
        // `short-delta` has the time since the line before, too.
        let delta = opt(delimited(char('<'), stamp::boot, (char(' '), char('>'))));
        let time = delimited(char('['), terminated(stamp::boot, (space0, delta)), char(']'));
        let (rest, stamp) = terminated(time, char(' ')).parse(record)?;
        return Ok((rest, (None, stamp)));
    }
    (opt(syslog::bracketed), terminated(stamp::wall, char(' '))).parse(record)
}

/// A word is a host, unless it ends as the name of a writer does.
fn host(rest: &[u8]) -> Option<(&[u8], Option<&[u8]>)> {
    let word = rest.split(u8::is_ascii_whitespace).next().filter(|word| !word.is_empty())?;
    if word.ends_with(b":") {
        return Some((rest, None));
    }
    let after = rest.get(word.len()..)?.strip_prefix(b" ")?;
    Some((after, Some(word)))
}
