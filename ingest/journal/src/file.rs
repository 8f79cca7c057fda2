//! One journal file.

use crate::backing::Backing;
use crate::header::HEADER_LEN;
use crate::object::{self, DATA, Data, ENTRY, ENTRY_HEAD, EntryHead, HEAD, Head, Layout};
use crate::{Header, OpenError};

/// A journal file, as it was when it was opened: what is added later is not seen.
#[derive(Debug)]
pub struct JournalFile {
    backing: Box<dyn Backing>,
    header: Header,
    layout: Layout,
    end: u64,
}

impl JournalFile {
    /// Opens a file.
    ///
    /// # Errors
    /// The system does not give it, or its header cannot be read: [`OpenError`].
    pub fn open(path: &std::path::Path) -> Result<Self, OpenError> {
        Self::from_backing(crate::backing::open(path)?)
    }

    /// Reads a file from wherever its bytes are.
    ///
    /// # Errors
    /// They do not begin with a header that this version can read.
    pub fn from_backing(backing: Box<dyn Backing>) -> Result<Self, OpenError> {
        let len = backing.len();
        let mut room = Vec::new();
        let known = HEADER_LEN.min(usize::try_from(len).unwrap_or(HEADER_LEN));
        let first = backing.run(0, known, &mut room).ok_or(OpenError::HeaderCut)?;
        let header = Header::read(first)?;
        let layout = Layout { compact: header.incompatible.is_compact() };
        Ok(Self { backing, header, layout, end: len })
    }

    /// The header as it was when the file was opened.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// How many bytes there are to read. That is less than [`Header::file_size`] where the file was cut.
    pub fn len(&self) -> u64 {
        self.end
    }

    /// Whether there is nothing behind the header.
    pub fn is_empty(&self) -> bool {
        self.end <= self.header.header_size
    }

    /// How many bytes could not be read so far, because the disk failed or the file became shorter.
    pub fn lost(&self) -> u64 {
        self.backing.lost()
    }

    /// Little of the file will be asked for from now on: what it costs to keep all of it at hand is given back.
    pub fn let_go(&self) {
        self.backing.let_go();
    }

    /// Whether what is written to the file meanwhile, up to its length when it was opened, is what is read.
    pub(crate) fn is_shared(&self) -> bool {
        self.backing.is_shared()
    }

    pub(crate) fn layout(&self) -> Layout {
        self.layout
    }

    /// The bytes from `at` on, at least so many.
    pub(crate) fn run<'a>(&'a self, at: u64, least: usize, room: &'a mut Vec<u8>) -> Option<&'a [u8]> {
        self.backing.run(at, least, room)
    }

    /// The same for whoever reads front to back, up to `most` at a time.
    pub(crate) fn window<'a>(
        &'a self,
        at: u64,
        least: usize,
        most: usize,
        room: &'a mut Vec<u8>,
    ) -> Option<&'a [u8]> {
        self.backing.window(at, least, most, room)
    }

    /// All of it is about to be read, front to back.
    pub(crate) fn read_ahead(&self) {
        self.backing.read_ahead();
    }

    /// The head of the object at an offset, where there is one.
    #[inline]
    pub(crate) fn head_at(&self, at: u64, room: &mut Vec<u8>) -> Option<Head> {
        if at < self.header.header_size || !at.is_multiple_of(8) {
            return None;
        }
        let bytes = self.backing.run(at, HEAD, room)?;
        Head::read(bytes, self.layout, self.end.checked_sub(at)?)
    }

    /// The bytes of an object of some kind, whole.
    #[inline]
    pub(crate) fn object<'a>(&'a self, at: u64, kind: u8, room: &'a mut Vec<u8>) -> Option<(Head, &'a [u8])> {
        let head = self.head_at(at, room).filter(|head| head.kind == kind)?;
        let size = usize::try_from(head.size).ok()?;
        let bytes = self.backing.run(at, size, room)?;
        Some((head, bytes.get(..size)?))
    }

    /// The DATA object at an offset.
    #[inline]
    pub fn data<'a>(&'a self, at: u64, room: &'a mut Vec<u8>) -> Option<Data<'a>> {
        let (head, bytes) = self.object(at, DATA, room)?;
        Data::read(at, head, bytes, self.layout)
    }

    /// Touches what the entry at an offset is read from, so that memory gives it all at once and not piece by piece. Where the
    /// file is not mapped it does nothing.
    pub fn approach(&self, at: u64) {
        // What an entry shares with no other lies right before it, and of most entries that is no more; with the entry's own
        // items it is as long as this. A cache line is touched by one of its bytes.
        const BEFORE: u64 = 384;
        const LEN: usize = 832;
        const LINE: usize = 64;
        if !self.is_shared() {
            return;
        }
        let mut room = Vec::new();
        let bytes = self.backing.run(at.saturating_sub(BEFORE), 0, &mut room).unwrap_or_default();
        let bytes = bytes.get(..LEN).unwrap_or(bytes);
        std::hint::black_box(bytes.iter().step_by(LINE).fold(0, |all, byte| all ^ byte));
    }

    /// What the entry at an offset says of itself.
    #[inline]
    pub fn entry_head(&self, at: u64, room: &mut Vec<u8>) -> Option<EntryHead> {
        self.head_at(at, room).filter(|head| head.kind == ENTRY)?;
        EntryHead::read(at, self.backing.run(at, ENTRY_HEAD, room)?)
    }

    /// The entry at an offset, and the offsets of its DATA objects, which are put into `items`.
    #[inline]
    pub fn entry(&self, at: u64, items: &mut Vec<u64>, room: &mut Vec<u8>) -> Option<EntryHead> {
        items.clear();
        let (_, bytes) = self.object(at, ENTRY, room)?;
        items.extend(object::items(object::item_bytes(bytes, self.layout), self.layout));
        EntryHead::read(at, bytes)
    }
}
