//! The message alone (logs-show.c, output_cat).

use super::Record;

pub(super) fn write(record: &Record, out: &mut Vec<u8>) {
    if let Some(message) = record.all(b"MESSAGE").next() {
        out.extend_from_slice(message);
        out.push(b'\n');
    }
}
