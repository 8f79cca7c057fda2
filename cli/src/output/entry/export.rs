//! The journal export format (systemd, docs/JOURNAL_EXPORT_FORMATS.md; logs-show.c, output_export).
//!
//! The head comes first, then the fields as they are stored: `NAME=value` where the value is text on one line, else the
//! name, the value's length as 64 bits little-endian, and the value. An empty line ends an entry.

use super::printable::is_text;
use super::{Cursor, Record, number};

pub(super) fn write(record: &Record, out: &mut Vec<u8>) {
    let head = &record.head;
    if head.cursor != Cursor::None {
        out.extend_from_slice(b"__CURSOR=");
        record.write_cursor(out);
        out.push(b'\n');
    }
    for (name, time) in
        [(&b"__REALTIME_TIMESTAMP="[..], head.realtime), (b"__MONOTONIC_TIMESTAMP=", head.monotonic)]
    {
        if let Some(time) = time {
            out.extend_from_slice(name);
            number::decimal(time, out);
            out.push(b'\n');
        }
    }
    if let Some(boot) = head.boot_id {
        out.extend_from_slice(b"_BOOT_ID=");
        number::hex_id(boot, out);
        out.push(b'\n');
    }
    for field in record.fields() {
        out.extend_from_slice(field.name);
        if is_text(field.value, false) {
            out.push(b'=');
        } else {
            out.push(b'\n');
            out.extend_from_slice(&(field.value.len() as u64).to_le_bytes());
        }
        out.extend_from_slice(field.value);
        out.push(b'\n');
    }
    out.push(b'\n');
}
