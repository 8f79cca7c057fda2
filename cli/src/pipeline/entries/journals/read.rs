//! Entries of a journal file as records.

use std::ops::ControlFlow;

use nwlog_journal::{EntryHead, Fields, JournalFile, Room};

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
