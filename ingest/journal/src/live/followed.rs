//! One file that is followed.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{Ordering, fence};
use std::sync::{Arc, Mutex, PoisonError};

use rustix::fs::{Stat, fstat};
use rustix::io::pread;

use super::progress::{Passed, Skip, Way};
use crate::backing::{backing_of, open_file};
use crate::entries::is_plausible;
use crate::header::HEADER_LEN;
use crate::{EntryHead, EntryKey, FileName, FoundFile, Header, JournalFile, OpenError, Stage, State};

/// How much later than its time of change says a file may have been written, in seconds: what is written through a map
/// shows there in time.
const LATE: u64 = 60;

/// Which file it is, whatever it is called: device and number.
pub(super) type Inode = (u64, u64);

/// A file, followed by its descriptor: under whatever name it lies, and without one.
#[derive(Debug)]
pub(super) struct Followed {
    pub(super) path: PathBuf,
    pub(super) name: Option<FileName>,
    pub(super) inode: Inode,
    /// The header as it was read last.
    pub(super) header: Header,
    pub(super) way: Way,
    pub(super) skip: Skip,
    pub(super) passed: Arc<Mutex<Passed>>,
    /// The first entry that may be wanted.
    pub(super) first: Option<EntryKey>,
    /// Whether a name led to it when it was last looked for.
    pub(super) is_there: bool,
    /// Whether it was told that it is damaged.
    pub(super) is_told: bool,
    /// Length and time of change, as its name shows them.
    pub(super) stamp: (i64, i64, i64),
    fd: Option<File>,
    file: Option<Arc<JournalFile>>,
}

impl Followed {
    /// Opens a file.
    pub(super) fn meet(found: &FoundFile) -> Result<Self, OpenError> {
        let fd = open_file(&found.path)?;
        let stat = fstat(&fd).map_err(io::Error::from)?;
        Ok(Self {
            path: found.path.clone(),
            name: found.name,
            inode: inode_of(&stat),
            header: header_of(&fd)?,
            way: Way::List,
            skip: Skip::default(),
            passed: Arc::default(),
            first: None,
            is_there: true,
            is_told: false,
            stamp: stamp_of(&stat),
            fd: Some(fd),
            file: None,
        })
    }

    /// Whether nothing will be added to it.
    pub(super) fn is_settled(&self) -> bool {
        let stage = self.name.map(|name| name.stage);
        self.header.state == State::Archived
            || matches!(stage, Some(Stage::Archived { .. } | Stage::PutAside { .. }))
    }

    /// No later than this was anything added to it, in microseconds since 1970.
    pub(super) fn written_until(&self) -> u64 {
        let (_, seconds, _) = self.stamp;
        let changed = u64::try_from(seconds).unwrap_or(0).saturating_add(LATE).saturating_mul(1_000_000);
        changed.max(self.header.tail_entry_realtime)
    }

    /// Whether it is read as it grows.
    pub(super) fn is_growing(&self) -> bool {
        matches!(self.way, Way::List)
    }

    pub(super) fn has_descriptor(&self) -> bool {
        self.fd.is_some()
    }

    /// Reads the header again. Returns whether it counts other entries than before. One that makes no sense is being
    /// written.
    pub(super) fn refresh(&mut self) -> bool {
        let Some(Ok(header)) = self.fd.as_ref().map(header_of) else { return false };
        // What it counts was there before it was counted.
        fence(Ordering::Acquire);
        let is_changed = (header.n_entries, header.tail_entry_seqnum)
            != (self.header.n_entries, self.header.tail_entry_seqnum);
        self.header = header;
        // The tables of a new file come after its header.
        let tables = |header: &Header| (header.data_hash_table_offset, header.field_hash_table_offset);
        let is_old = |file: &Arc<JournalFile>| {
            is_changed && !file.is_shared() || tables(file.header()) != tables(&self.header)
        };
        if self.file.as_ref().is_some_and(is_old) {
            self.file = None;
        }
        is_changed
    }

    /// The bytes of the file as long as it is now.
    pub(super) fn file(&mut self) -> Result<Arc<JournalFile>, OpenError> {
        let fd = match self.fd.take() {
            Some(fd) => fd,
            None => self.open_again()?,
        };
        let fd = self.fd.insert(fd);
        let len = u64::try_from(fstat(&*fd).map_err(io::Error::from)?.st_size).unwrap_or(0);
        match &self.file {
            Some(file) if file.len() == len => Ok(Arc::clone(file)),
            _ => {
                let file = Arc::new(JournalFile::from_backing(backing_of(fd.try_clone()?)?)?);
                Ok(Arc::clone(self.file.insert(file)))
            }
        }
    }

    fn open_again(&self) -> Result<File, OpenError> {
        let fd = open_file(&self.path)?;
        if inode_of(&fstat(&fd).map_err(io::Error::from)?) == self.inode {
            return Ok(fd);
        }
        // Another file has that name by now.
        Err(io::Error::from(io::ErrorKind::NotFound).into())
    }

    /// Whether the one that wrote it last closed it, so that its header is right.
    pub(super) fn was_closed(&self) -> bool {
        self.header.state != State::Online
    }

    /// The file, for a look at entries that were given. It stays open no longer than it was before.
    pub(super) fn glance(&mut self) -> Option<Arc<JournalFile>> {
        let had = self.fd.is_some();
        let file = self.file().ok();
        if !had {
            self.put_down();
        } else if matches!(self.way, Way::Waiting) {
            self.unmap();
        }
        file
    }

    /// Whether an entry of it is behind the reader.
    pub(super) fn has_passed(&self, head: &EntryHead) -> bool {
        match self.way {
            Way::Done => true,
            Way::Waiting => !self.skip.wants(head),
            Way::List | Way::Places(_) => head.at <= self.passed().at || !self.skip.wants(head),
        }
    }

    /// Whether it was deleted. Where journald did so to make room, its bytes are gone too (systemd, src/basic/fs-util.c of
    /// v252, `unlinkat_deallocate`).
    pub(super) fn is_deleted(&self) -> bool {
        match &self.fd {
            Some(fd) => fstat(fd).is_ok_and(|stat| stat.st_nlink == 0),
            None => !self.path.exists(),
        }
    }

    /// Whether nothing is left of it. What was only deleted can still be written to, and read.
    pub(super) fn is_wiped(&self) -> bool {
        let header = self.fd.as_ref().map(header_of);
        matches!(header, None | Some(Err(OpenError::HeaderGone | OpenError::Empty)))
    }

    /// Whether there were entries in it that were not given.
    pub(super) fn has_more(&self) -> bool {
        let passed = self.passed();
        match &self.way {
            Way::List => passed.steps.done < self.header.n_entries,
            Way::Places(places) => passed.nth < places.len(),
            Way::Waiting => true,
            Way::Done => false,
        }
    }

    /// Lets go of the map.
    pub(super) fn unmap(&mut self) {
        self.file = None;
    }

    /// Lets go of the descriptor until the file's turn comes.
    pub(super) fn put_down(&mut self) {
        self.fd = None;
        self.file = None;
    }

    /// The file is through.
    pub(super) fn finish(&mut self) {
        self.way = Way::Done;
        self.put_down();
    }

    pub(super) fn passed(&self) -> Passed {
        *self.passed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn set_passed(&self, passed: Passed) {
        *self.passed.lock().unwrap_or_else(PoisonError::into_inner) = passed;
    }

    /// The key of its first entry, or one that is no later.
    pub(super) fn first_key(&mut self) -> Option<EntryKey> {
        let file = self.file().ok()?;
        let mut room = Vec::new();
        let first = file.list().get(&file, 0, &mut room);
        let listed = first.and_then(|at| file.entry_head(at, &mut room)).filter(is_plausible);
        let found = || file.entry_head(*file.entries().places.first()?, &mut Vec::new());
        Some(EntryKey { seqnum_id: file.header().seqnum_id, head: listed.or_else(found)? })
    }
}

pub(super) fn inode_of(stat: &Stat) -> Inode {
    (stat.st_dev, stat.st_ino)
}

#[allow(clippy::cast_possible_wrap, clippy::unnecessary_cast)]
pub(super) fn stamp_of(stat: &Stat) -> (i64, i64, i64) {
    (stat.st_size as i64, stat.st_mtime as i64, stat.st_mtime_nsec as i64)
}

/// Reads a header from the disk, past any map.
fn header_of(fd: &File) -> Result<Header, OpenError> {
    let mut bytes = [0; HEADER_LEN];
    let read = pread(fd, &mut bytes, 0).map_err(io::Error::from)?;
    Header::read(bytes.get(..read).unwrap_or_default())
}
