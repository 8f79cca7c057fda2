//! What is known of a file before its entries are read.

use crate::locate::{FileName, Owner, Stage};
use crate::{Header, Id128};

/// The shortest header that v246 writes: from then on every rotation archives all files.
const MIN_HEADER_SIZE: u64 = 256;

/// The header that v254 writes, and v256, from where on a file that is full is archived alone.
const LATER_HEADER_SIZE: u64 = 272;

/// A file that is read, by its name and its header.
#[derive(Clone, Debug)]
pub struct Member {
    /// Which directory it lies in: the same number for files of the same.
    pub directory: usize,
    /// Which journald wrote it: the same number for its directories in /run and in /var.
    pub writer: usize,
    /// What its name says.
    pub name: Option<FileName>,
    /// Its counter.
    pub seqnum_id: Id128,
    /// The number of the first entry that was found. None where there is none.
    pub first: Option<u64>,
    /// The header's first number; 0 where it has none.
    pub head: u64,
    /// The header's last number. A file that is new has that of the file that it follows.
    pub tail: u64,
    /// How many entries the header counts.
    pub n_entries: u64,
    /// When the first entry was stored, in microseconds since 1970.
    pub head_realtime: u64,
    /// When the last entry was stored, in microseconds since 1970.
    pub tail_realtime: u64,
    /// How long the header is, in bytes.
    pub header_size: u64,
}

impl Member {
    /// A file by its directory and the journald that has that, its name, its header and the number of its first entry.
    pub fn new(
        (directory, writer): (usize, usize),
        name: Option<FileName>,
        header: &Header,
        first: Option<u64>,
    ) -> Self {
        Self {
            directory,
            writer,
            name,
            seqnum_id: header.seqnum_id,
            first,
            head: header.head_entry_seqnum,
            tail: header.tail_entry_seqnum,
            n_entries: header.n_entries,
            head_realtime: header.head_entry_realtime,
            tail_realtime: header.tail_entry_realtime,
            header_size: header.header_size,
        }
    }

    /// Whether there was nothing in it when it was opened.
    pub(super) fn is_empty(&self) -> bool {
        self.first.is_none() && self.n_entries == 0
    }

    /// The least number that it may have.
    pub(super) fn begin(&self) -> u64 {
        match (self.first, self.head) {
            (Some(first), 0) => first,
            (Some(first), head) => first.min(head),
            (None, _) => self.tail.saturating_add(1),
        }
    }

    /// Whether header and name say of its beginning what was found there.
    pub(super) fn is_plain(&self) -> bool {
        let named = match self.stage() {
            Some(Stage::Archived { head_seqnum, seqnum_id, .. }) => {
                head_seqnum == self.head && seqnum_id == self.seqnum_id
            }
            _ => true,
        };
        self.is_empty() || (named && self.first == Some(self.head) && self.tail >= self.head)
    }

    pub(super) fn is_of_journald(&self) -> bool {
        self.name.is_some_and(|name| matches!(name.owner, Owner::System | Owner::User(_)))
    }

    pub(super) fn is_old(&self) -> bool {
        self.header_size < MIN_HEADER_SIZE
    }

    /// Whether it may be of a version that does not archive all files at a time.
    pub(super) fn may_rotate_alone(&self) -> bool {
        self.header_size >= LATER_HEADER_SIZE
    }

    pub(super) fn owner(&self) -> Option<Owner> {
        self.name.map(|name| name.owner)
    }

    pub(super) fn stage(&self) -> Option<Stage> {
        self.name.map(|name| name.stage)
    }

    pub(super) fn is_active(&self) -> bool {
        matches!(self.stage(), Some(Stage::Active) | None)
    }

    pub(super) fn is_archived(&self) -> bool {
        matches!(self.stage(), Some(Stage::Archived { .. }))
    }

    /// When it was written, in microseconds since 1970.
    pub(super) fn span(&self) -> (u64, u64) {
        let aside = match self.stage() {
            Some(Stage::PutAside { realtime }) => realtime.unwrap_or(u64::MAX),
            _ => 0,
        };
        (self.head_realtime, self.tail_realtime.max(aside))
    }
}

/// A file that is there and was not read.
#[derive(Clone, Copy, Debug)]
pub struct Unread {
    /// Which directory it lies in. None where that is not known: then it may be a file of any counter.
    pub directory: Option<usize>,
    /// What its name says.
    pub name: Option<FileName>,
}
