//! Entries of a journal file as records.

use std::ops::ControlFlow;

use nwlog_journal::{Damage, EntryHead, Fields, JournalFile, Room};

use crate::output::amount;
use crate::output::entry::{Cursor, Head, Record};

/// Fills a record with the entry at a place. None where there is none.
pub(super) fn fill(record: &mut Record, file: &JournalFile, at: u64, room: &mut Room) -> Option<Fields> {
    record.begin(Head::default());
    let fields = file.fields(at, room, &mut |payload| {
        record.push_stored(payload);
        ControlFlow::Continue(())
    })?;
    let EntryHead { seqnum, realtime, monotonic, boot_id, xor_hash, .. } = fields.head;
    record.head = Head {
        realtime: Some(realtime),
        monotonic: Some(monotonic),
        boot_id: Some(boot_id),
        cursor: Cursor::Place { seqnum_id: file.header().seqnum_id, seqnum, xor_hash },
    };
    Some(fields)
}

/// What is wrong with a file, in words.
pub(super) fn told(damage: &Damage) -> String {
    let mut parts = Vec::new();
    if damage.missing > 0 {
        parts.push(format!("{} could not be found", amount::count(damage.missing, "entry")));
    }
    if damage.refused > 0 {
        parts.push(format!("{} made no sense", amount::count(damage.refused, "entry")));
    }
    for (bytes, what) in [
        (damage.cut, "missing at its end"),
        (damage.passed, "no part of anything"),
        (damage.lost, "not given by the disk"),
    ] {
        if bytes > 0 {
            parts.push(format!("{} {what}", amount::count(bytes, "byte")));
        }
    }
    parts.join(", ")
}
