//! What the files of a journal say of the entries around a hole.

use std::sync::Arc;

use nwlog_journal::{EntryHead, EntryList, Flush, Id128, JournalFile, State, Witness};

/// All files, open.
#[derive(Debug, Default)]
pub(super) struct Files {
    files: Vec<Arc<JournalFile>>,
    lists: Vec<Option<EntryList>>,
    /// Looked for when they are asked for.
    flushes: Option<Vec<Flush>>,
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
        let known = flushes.get_or_insert_with(|| files.iter().flat_map(|file| file.flushes()).collect());
        known.iter().any(|flush| flush.is_after(entry))
    }
}
