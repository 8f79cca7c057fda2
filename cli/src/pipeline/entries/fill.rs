//! Entries of a stream as records.

use nwlog_ingest::{Entry, Id128, decimal};

use crate::output::entry::{Head, Record};

/// Fills a record with an entry. What a head has stands in fields of such a source, and goes there.
pub(super) fn fill(record: &mut Record, entry: &Entry<'_>) {
    record.begin(Head::default());
    for field in entry.fields() {
        let taken = match field.name {
            b"__CURSOR" => {
                record.set_cursor(field.value);
                true
            }
            b"__REALTIME_TIMESTAMP" => set(&mut record.head.realtime, decimal(field.value)),
            b"__MONOTONIC_TIMESTAMP" => set(&mut record.head.monotonic, decimal(field.value)),
            b"_BOOT_ID" => set(&mut record.head.boot_id, Id128::parse(field.value)),
            _ => false,
        };
        if !taken {
            record.push(field.name, field.value);
        }
    }
}

fn set<T>(part: &mut Option<T>, value: Option<T>) -> bool {
    let is_there = value.is_some();
    if is_there {
        *part = value;
    }
    is_there
}
