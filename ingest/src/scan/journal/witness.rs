//! What the files of a journal say of the entries around a hole.

use std::ops::ControlFlow;
use std::sync::Arc;

use nwlog_journal::{EntryHead, EntryList, Id128, JournalFile, Room, State, Witness};

/// The most of journald's own messages of a file that are looked at.
const MAX_DRIVER: u64 = 16_384;

/// journald's word that it moved the journal from /run to /var (systemd, src/journal/journald-server.c,
/// `server_flush_to_var`; `server_driver_message` sets the transport).
const FLUSHED: &[u8] = b"MESSAGE=Time spent on flushing to ";
const DRIVER: &[u8] = b"_TRANSPORT=driver";

/// All files, open.
#[derive(Debug, Default)]
pub(super) struct Files {
    files: Vec<Arc<JournalFile>>,
    lists: Vec<Option<EntryList>>,
    /// Looked for when they are asked for.
    flushes: Option<Vec<Flush>>,
}

/// Where a boot's journal was moved for the last time, as far as one file tells.
#[derive(Clone, Copy, Debug)]
struct Flush {
    /// None where it cannot be told which boots.
    boot_id: Option<Id128>,
    /// In microseconds since the boot.
    monotonic: u64,
}

impl Files {
    pub(super) fn new(files: Vec<Arc<JournalFile>>) -> Self {
        let lists = vec![None; files.len()];
        Self { files, lists, flushes: None }
    }
}

impl Witness for Files {
    fn entry(&mut self, seqnum_id: Id128, seqnum: u64) -> Option<EntryHead> {
        let mut room = Vec::new();
        self.files.iter().zip(&mut self.lists).find_map(|(file, list)| {
            let header = file.header();
            let may_grow = header.state != State::Archived;
            let may_have =
                header.head_entry_seqnum <= seqnum && (may_grow || seqnum <= header.tail_entry_seqnum);
            if header.seqnum_id != seqnum_id || !may_have {
                return None;
            }
            let list = list.get_or_insert_with(|| file.list());
            let nth = list.partition(file, |head| head.seqnum < seqnum);
            let head = file.entry_head(list.get(file, nth, &mut room)?, &mut room)?;
            (head.seqnum == seqnum).then_some(head)
        })
    }

    fn is_flushed_after(&mut self, entry: &EntryHead) -> bool {
        let Self { files, flushes, .. } = self;
        let known = flushes.get_or_insert_with(|| files.iter().flat_map(|file| flushes_of(file)).collect());
        known.iter().any(|flush| {
            flush.monotonic >= entry.monotonic && flush.boot_id.is_none_or(|boot_id| boot_id == entry.boot_id)
        })
    }
}

fn flushes_of(file: &JournalFile) -> Vec<Flush> {
    let mut room = Room::default();
    let Some(list) = file.find(DRIVER, &mut room).map(|data| file.list_of(&data)) else { return Vec::new() };
    if !list.is_whole() || list.len() > MAX_DRIVER {
        return vec![Flush { boot_id: None, monotonic: u64::MAX }];
    }
    let mut flushes: Vec<Flush> = Vec::new();
    for at in list.range(file, 0, list.len()) {
        let mut is_flush = false;
        let fields = file.fields_named(at, &mut room, &mut |name| name == b"MESSAGE", &mut |field| {
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
