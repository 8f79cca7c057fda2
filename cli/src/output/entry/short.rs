//! One line an entry: time, host, program and message (logs-show.c, output_short and print_multiline).
//!
//! What is no text is not printed unless all is asked for: of a message its size is, `[12B blob data]`. Where journalctl
//! prints a name with a newline in it, this does not: it would forge a line.

use super::printable::is_text;
use super::stamp::{Stamp, is_valid, since_boot};
use super::strip::strip;
use super::{Record, number};
use crate::output::entry::record::Field;

/// Names this long are not printed (logs-show.c, PRINT_CHAR_THRESHOLD).
const TOO_LONG: usize = 300;

/// What a line is made of: of a field that comes more than once, the last value.
#[derive(Default)]
struct Parts<'a> {
    message: Option<&'a [u8]>,
    hostname: Option<&'a [u8]>,
    identifier: Option<&'a [u8]>,
    comm: Option<&'a [u8]>,
    pid: Option<&'a [u8]>,
    syslog_pid: Option<&'a [u8]>,
    source_realtime: Option<&'a [u8]>,
}

impl<'a> Parts<'a> {
    fn of(record: &'a Record) -> Self {
        let mut parts = Self::default();
        for Field { name, value } in record.fields() {
            let part = match name {
                b"MESSAGE" => &mut parts.message,
                b"_HOSTNAME" => &mut parts.hostname,
                b"SYSLOG_IDENTIFIER" => &mut parts.identifier,
                b"_COMM" => &mut parts.comm,
                b"_PID" => &mut parts.pid,
                b"SYSLOG_PID" => &mut parts.syslog_pid,
                b"_SOURCE_REALTIME_TIMESTAMP" => &mut parts.source_realtime,
                _ => continue,
            };
            *part = Some(value);
        }
        parts
    }
}

pub(super) fn write(record: &Record, stamp: &mut Stamp, all: bool, room: &mut Vec<u8>, out: &mut Vec<u8>) {
    let parts = Parts::of(record);
    let Some(message) = parts.message else { return };
    let shown = |name: &&[u8]| all || name.len() < TOO_LONG && is_text(name, false);
    let start = out.len();
    time(record, &parts, stamp, out);
    if let Some(hostname) = parts.hostname.filter(shown) {
        out.push(b' ');
        out.extend_from_slice(hostname);
    }
    let mut unknown = 0;
    out.push(b' ');
    match parts.identifier.filter(shown).or(parts.comm.filter(shown)) {
        Some(program) => out.extend_from_slice(program),
        None => {
            out.extend_from_slice(b"unknown");
            unknown = b" unknown".len();
        }
    }
    if let Some(pid) = parts.pid.filter(shown).or(parts.syslog_pid.filter(shown)) {
        out.push(b'[');
        out.extend_from_slice(pid);
        out.push(b']');
    }
    out.extend_from_slice(b": ");
    // journalctl indents the lines of a message by this much, and does not count the word for no program.
    let indent = out.len() - start - unknown;

    let message = if all { message } else { strip(message, room) };
    if all || is_text(message, true) {
        lines(message, indent, out);
    } else {
        blob(message.len() as u64, out);
    }
}

/// A program's own word for the time goes before journald's.
fn time(record: &Record, parts: &Parts<'_>, stamp: &mut Stamp, out: &mut Vec<u8>) {
    let own = parts.source_realtime.and_then(nwlog_ingest::decimal).filter(|time| is_valid(*time));
    let written = own.or(record.head.realtime).is_some_and(|time| stamp.write(time, out));
    if !written {
        since_boot(record.head.monotonic.unwrap_or_default(), out);
    }
}

fn lines(message: &[u8], indent: usize, out: &mut Vec<u8>) {
    let message = message.strip_suffix(b"\n").unwrap_or(message);
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', message) {
        out.extend_from_slice(message.get(start..=end).unwrap_or_default());
        out.resize(out.len() + indent, b' ');
        start = end + 1;
    }
    out.extend_from_slice(message.get(start..).unwrap_or_default());
    out.push(b'\n');
}

/// Appends a size as systemd has it: `12B`, `1.5K` (src/basic/format-util.c, format_bytes_full).
fn blob(size: u64, out: &mut Vec<u8>) {
    const UNITS: [(u8, u32); 6] = [(b'E', 60), (b'P', 50), (b'T', 40), (b'G', 30), (b'M', 20), (b'K', 10)];
    out.push(b'[');
    match UNITS.iter().find(|(_, shift)| size >> shift > 0) {
        Some((unit, shift)) => {
            number::decimal(size >> shift, out);
            out.push(b'.');
            number::decimal((((size >> (shift - 10)) * 10) >> 10) % 10, out);
            out.push(*unit);
        }
        None => {
            number::decimal(size, out);
            out.push(b'B');
        }
    }
    out.extend_from_slice(b" blob data]\n");
}
