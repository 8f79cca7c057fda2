//! One JSON object a line (systemd, docs/JOURNAL_EXPORT_FORMATS.md; logs-show.c, output_json).
//!
//! | value | |
//! |---|---|
//! | text | a string |
//! | anything else | an array of its bytes, as numbers |
//! | longer than 4 KiB with its name, and not all is asked for | `null` |
//! | a field that comes more than once | an array of these, in stored order |
//!
//! Numbers are strings, as they are in the journal. Keys come in one order: `__CURSOR`, `__REALTIME_TIMESTAMP`,
//! `__MONOTONIC_TIMESTAMP`, `_BOOT_ID`, then fields by the place of their first value. journalctl's order is that of a
//! hash table, and another one in every process.

use super::printable::{first, is_allowed, plain_in_json};
use super::record::Field;
use super::{Cursor, Record, number};

/// A name, `=` and a value that are this long together are printed as `null` (logs-show.c, JSON_THRESHOLD).
const TOO_LONG: usize = 4096;

pub(super) fn write(record: &Record, all: bool, out: &mut Vec<u8>) {
    let head = &record.head;
    out.push(b'{');
    let start = out.len();
    if head.cursor != Cursor::None {
        out.extend_from_slice(b"\"__CURSOR\":");
        // One that a file gave can hold anything.
        let at = out.len();
        record.write_cursor(out);
        let cursor = out.split_off(at);
        string(&cursor, out);
    }
    for (key, time) in [
        (&b"\"__REALTIME_TIMESTAMP\":\""[..], head.realtime),
        (b"\"__MONOTONIC_TIMESTAMP\":\"", head.monotonic),
    ] {
        if let Some(time) = time {
            comma(start, out);
            out.extend_from_slice(key);
            number::decimal(time, out);
            out.push(b'"');
        }
    }
    if let Some(boot) = head.boot_id {
        comma(start, out);
        out.extend_from_slice(b"\"_BOOT_ID\":\"");
        number::hex_id(boot, out);
        out.push(b'"');
    }
    fields(record, all, start, out);
    out.extend_from_slice(b"}\n");
}

fn fields(record: &Record, all: bool, start: usize, out: &mut Vec<u8>) {
    let mut seen = Seen::default();
    let mut later = record.fields();
    let mut earlier = 0;
    while let Some(field) = later.next() {
        let again =
            seen.may_have(field.name) && record.fields().take(earlier).any(|other| other.name == field.name);
        earlier += 1;
        if again {
            continue;
        }
        comma(start, out);
        string(field.name, out);
        out.push(b':');
        let mut others = later.clone().filter(|other| other.name == field.name).peekable();
        if others.peek().is_none() {
            value(&field, all, out);
            continue;
        }
        out.push(b'[');
        value(&field, all, out);
        for other in others {
            out.push(b',');
            value(&other, all, out);
        }
        out.push(b']');
    }
}

/// Which names may have come already: of most it tells without a look at them that they have not.
#[derive(Default)]
struct Seen(u128);

impl Seen {
    fn may_have(&mut self, name: &[u8]) -> bool {
        let byte = |at: Option<&u8>| u32::from(at.copied().unwrap_or_default());
        let middle = byte(name.get(name.len() / 2));
        let mixed = byte(name.last())
            .wrapping_mul(31)
            .wrapping_add(middle)
            .wrapping_mul(31)
            .wrapping_add(name.len() as u32);
        let bit = 1_u128 << (mixed & 127);
        let had = self.0 & bit != 0;
        self.0 |= bit;
        had
    }
}

fn comma(start: usize, out: &mut Vec<u8>) {
    if out.len() > start {
        out.push(b',');
    }
}

fn value(field: &Field<'_>, all: bool, out: &mut Vec<u8>) {
    if !all && field.name.len() + 1 + field.value.len() >= TOO_LONG {
        out.extend_from_slice(b"null");
    } else {
        string(field.value, out);
    }
}

/// Appends text as a string, and bytes that are none as an array.
fn string(value: &[u8], out: &mut Vec<u8>) {
    let start = out.len();
    out.push(b'"');
    let mut rest = value;
    loop {
        let (plain, special) = rest.split_at_checked(plain_in_json(rest)).unwrap_or((rest, b""));
        out.extend_from_slice(plain);
        let length = match special.first() {
            None => break,
            Some(b'"') => escaped(b"\\\"", out),
            Some(b'\\') => escaped(b"\\\\", out),
            Some(b'\n') => escaped(b"\\n", out),
            Some(b'\t') => escaped(b"\\t", out),
            Some(_) => match first(special) {
                Some((length, c)) if is_allowed(c) => {
                    out.extend_from_slice(special.get(..length).unwrap_or_default());
                    length
                }
                _ => {
                    out.truncate(start);
                    return array(value, out);
                }
            },
        };
        rest = special.get(length..).unwrap_or_default();
    }
    out.push(b'"');
}

fn escaped(text: &[u8; 2], out: &mut Vec<u8>) -> usize {
    out.extend_from_slice(text);
    1
}

fn array(value: &[u8], out: &mut Vec<u8>) {
    out.push(b'[');
    for (place, byte) in value.iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        number::decimal(u64::from(*byte), out);
    }
    out.push(b']');
}
