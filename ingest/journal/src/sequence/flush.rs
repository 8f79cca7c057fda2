//! When a journal was moved from /run to /var, by journald's own word.

use std::ops::ControlFlow;

use crate::{EntryHead, Id128, JournalFile, Room};

/// The most of journald's own messages of a file that are looked at.
const MAX_DRIVER: u64 = 16_384;

/// journald's word that it moved the journal (systemd, src/journal/journald-server.c, `server_flush_to_var`;
/// `server_driver_message` sets the transport).
const FLUSHED: &[u8] = b"MESSAGE=Time spent on flushing to ";
const DRIVER: &[u8] = b"_TRANSPORT=driver";

/// When a boot's journal was moved for the last time, as far as one file tells.
#[derive(Clone, Copy, Debug)]
pub struct Flush {
    /// None where it cannot be told which boots.
    boot_id: Option<Id128>,
    /// In microseconds since the boot.
    monotonic: u64,
}

impl Flush {
    /// Whether an entry may have been written before it.
    pub fn is_after(&self, entry: &EntryHead) -> bool {
        self.monotonic >= entry.monotonic && self.boot_id.is_none_or(|boot_id| boot_id == entry.boot_id)
    }
}

impl JournalFile {
    /// When the journal was moved, by this file. Where it says too much of journald to be read, or its lists are
    /// broken, that may have been at any time.
    pub fn flushes(&self) -> Vec<Flush> {
        let mut room = Room::default();
        let Some(list) = self.find(DRIVER, &mut room).map(|data| self.list_of(&data)) else {
            return Vec::new();
        };
        if !list.is_whole() || list.len() > MAX_DRIVER {
            return vec![Flush { boot_id: None, monotonic: u64::MAX }];
        }
        let mut flushes: Vec<Flush> = Vec::new();
        for at in list.range(self, 0, list.len()) {
            let mut is_flush = false;
            let fields = self.fields_named(at, &mut room, &mut |name| name == b"MESSAGE", &mut |field| {
                is_flush |= field.starts_with(FLUSHED);
                ControlFlow::Continue(())
            });
            let Some(head) = fields.filter(|_| is_flush).map(|fields| fields.head) else { continue };
            match flushes.last_mut().filter(|last| last.boot_id == Some(head.boot_id)) {
                Some(last) => last.monotonic = last.monotonic.max(head.monotonic),
                None => flushes.push(Flush { boot_id: Some(head.boot_id), monotonic: head.monotonic }),
            }
        }
        flushes
    }
}
