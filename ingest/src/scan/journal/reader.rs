//! Shows an entry of a journal file as an export of it would.

use std::ops::{ControlFlow, Range};

use nwlog_journal::{EntryHead, EntryKey, JournalFile, Room, write_cursor};

use crate::entry::{Entry, Field, Provenance};

/// The most of an entry that is read, in bytes: what goes beyond it is a core dump or the like.
const MAX_ENTRY: usize = 64 << 20;

/// Reads entries, with buffers that it keeps.
#[derive(Debug, Default)]
pub(in crate::scan) struct Reader {
    room: Room,
    bytes: Vec<u8>,
    spans: Vec<(Range<usize>, Range<usize>)>,
    fields: Vec<Field<'static>>,
    /// How many fields could not be read.
    pub(in crate::scan) lost: u64,
}

impl Reader {
    /// Shows the entry at a place, with those fields of it that are wanted. None where there is no entry.
    pub(in crate::scan) fn show<T>(
        &mut self,
        file: &JournalFile,
        at: u64,
        wanted: fn(&[u8]) -> bool,
        f: impl FnOnce(&Entry<'_>) -> T,
    ) -> Option<T> {
        let Self { room, bytes, spans, .. } = self;
        bytes.clear();
        spans.clear();
        let shown =
            file.fields_named(at, room, &mut |name| wanted(name) && name != b"_BOOT_ID", &mut |payload| {
                let start = bytes.len();
                if start.saturating_add(payload.len()) <= MAX_ENTRY
                    && let Some(name) = memchr::memchr(b'=', payload)
                {
                    bytes.extend_from_slice(payload);
                    spans.push((start..start + name, start + name + 1..bytes.len()));
                }
                ControlFlow::Continue(())
            })?;
        self.lost = self.lost.saturating_add(shown.lost.into());
        self.add_head(file, &shown.head);
        let mut fields: Vec<Field<'_>> = std::mem::take(&mut self.fields);
        let slice = |range: &Range<usize>| self.bytes.get(range.clone()).unwrap_or_default();
        fields
            .extend(self.spans.iter().map(|(name, value)| Field { name: slice(name), value: slice(value) }));
        let result = f(&Entry::new(&fields, Provenance::Journal, at));
        self.fields = crate::decode::emptied(fields);
        Some(result)
    }

    /// The fields that an export writes before those of the entry (systemd, docs/JOURNAL_EXPORT_FORMATS.md).
    fn add_head(&mut self, file: &JournalFile, head: &EntryHead) {
        let key = EntryKey { seqnum_id: file.header().seqnum_id, head: *head };
        let mut decimal = itoa::Buffer::new();
        self.add(b"__CURSOR", |out| write_cursor(&key, out));
        let realtime = decimal.format(head.realtime).as_bytes();
        self.add(b"__REALTIME_TIMESTAMP", |out| out.extend_from_slice(realtime));
        let monotonic = decimal.format(head.monotonic).as_bytes();
        self.add(b"__MONOTONIC_TIMESTAMP", |out| out.extend_from_slice(monotonic));
        self.add(b"_BOOT_ID", |out| out.extend_from_slice(&head.boot_id.hex()));
    }

    fn add(&mut self, name: &[u8], write: impl FnOnce(&mut Vec<u8>)) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(name);
        let middle = self.bytes.len();
        write(&mut self.bytes);
        self.spans.push((start..middle, middle..self.bytes.len()));
    }
}
