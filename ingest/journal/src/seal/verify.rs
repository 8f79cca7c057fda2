//! From seal to seal through a file.

use thiserror::Error;

use super::Verifier;
use super::tag::{Hash, TAG, Tag};
use crate::JournalFile;
use crate::object::{ENTRY, EntryHead, Head};

/// A sealed file of which every seal fits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sealed {
    /// How many seals it has. The first one is made when the file is, and seals nothing but its header.
    pub seals: u64,
    /// The entries that are as they were written.
    pub entries: u64,
    /// The entries behind the last seal: nothing proves these.
    pub unsealed: u64,
    /// When the epoch of the last seal ends, in microseconds since 1970.
    pub until: Option<u64>,
    /// Whether the file would show if a seal was taken out, together with what it sealed: HEADER_COMPATIBLE_SEALED_CONTINUOUS.
    pub is_continuous: bool,
}

/// A file that is not what was sealed, or cannot be shown to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{broken}, between byte {from} and byte {to}")]
pub struct Unproven {
    /// What is wrong.
    pub broken: Seal,
    /// Where the last seal that fits ends; 0 where none does.
    pub from: u64,
    /// Where it came to light.
    pub to: u64,
}

/// What is wrong with a seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum Seal {
    #[error("the first seal does not fit: the key is not that of this file, or the file was changed")]
    First,
    #[error("a seal does not fit: the file was changed")]
    Changed,
    #[error("what was sealed cannot be read")]
    Unreadable,
    #[error("an entry stands before the first seal")]
    None,
    #[error("seal {found} stands where seal {expected} belongs")]
    Number { expected: u64, found: u64 },
    #[error("the epochs of two seals do not follow each other: seals are missing")]
    Epoch,
    #[error("an entry's time is not within the epoch of its seal")]
    Time,
    #[error("there are fewer seals than the file counts")]
    Fewer,
    #[error("the file's own list leaves out an entry that is sealed")]
    Unlisted,
}

impl Verifier {
    /// Verifies a file. None where it is not sealed.
    ///
    /// What stands behind the last seal is counted, not judged: it may be being written.
    ///
    /// # Errors
    /// A seal does not fit, or one is missing.
    pub fn verify(&self, file: &JournalFile) -> Result<Option<Sealed>, Unproven> {
        if !file.header().is_sealed() {
            return Ok(None);
        }
        let mut walk = Walk {
            verifier: self,
            file,
            sealed: Sealed { is_continuous: file.header().compatible & 4 != 0, ..Sealed::default() },
            from: 0,
            epoch: 0,
            least: u64::MAX,
            most: 0,
            entries: Vec::new(),
        };
        match walk.through() {
            Ok(()) => Ok(Some(walk.sealed)),
            Err((broken, to)) => Err(Unproven { broken, from: walk.from, to }),
        }
    }
}

/// A verification under way.
struct Walk<'a> {
    verifier: &'a Verifier,
    file: &'a JournalFile,
    sealed: Sealed,
    /// Where the last seal ends.
    from: u64,
    /// Its epoch.
    epoch: u64,
    /// The earliest time since it.
    least: u64,
    /// The latest time of all.
    most: u64,
    /// Where all entries are.
    entries: Vec<u64>,
}

impl Walk<'_> {
    fn through(&mut self) -> Result<(), (Seal, u64)> {
        let header = self.file.header();
        let mut room = Vec::new();
        let mut at = header.header_size;
        while at <= header.tail_object_offset {
            let head = self.file.head_at(at, &mut room).ok_or((Seal::Unreadable, at))?;
            let next = next(at, head).ok_or((Seal::Unreadable, at))?;
            match head.kind {
                ENTRY if self.sealed.seals == 0 => return Err((Seal::None, at)),
                ENTRY => self.entry(&self.file.entry_head(at, &mut room).ok_or((Seal::Unreadable, at))?),
                TAG => {
                    let (_, bytes) = self.file.object(at, TAG, &mut room).ok_or((Seal::Unreadable, at))?;
                    let tag = Tag::read(bytes).ok_or((Seal::Unreadable, at))?;
                    self.seal(at, &tag).map_err(|broken| (broken, at))?;
                    self.from = next;
                }
                _ => {}
            }
            at = next;
        }
        if header.n_tags.is_some_and(|counted| self.sealed.seals < counted) {
            return Err((Seal::Fewer, at));
        }
        self.is_listed()?;
        // What a crash, or someone, has put behind what the header knows of is read, too.
        while let Some(head) = self.file.head_at(at, &mut room) {
            self.sealed.unsealed += u64::from(head.kind == ENTRY);
            let Some(next) = next(at, head) else { break };
            at = next;
        }
        Ok(())
    }

    fn entry(&mut self, head: &EntryHead) {
        self.least = self.least.min(head.realtime);
        self.most = self.most.max(head.realtime);
        self.entries.push(head.at);
        self.sealed.unsealed += 1;
    }

    fn seal(&mut self, at: u64, tag: &Tag) -> Result<(), Seal> {
        let seals = self.sealed.seals;
        if tag.seqnum != seals + 1 {
            return Err(Seal::Number { expected: seals + 1, found: tag.seqnum });
        }
        // The second seal can be made in the epoch in which the file was.
        let follows = match self.sealed.is_continuous {
            true => tag.epoch == self.epoch.saturating_add(1) || (seals == 1 && tag.epoch == self.epoch),
            false => tag.epoch >= self.epoch,
        };
        if seals > 0 && !follows {
            return Err(Seal::Epoch);
        }
        let broken = if seals == 0 { Seal::First } else { Seal::Changed };
        let mut hash = Hash::new(self.file, &self.verifier.keys.of(tag.epoch)).ok_or(broken)?;
        let mut part = self.from;
        if seals == 0 {
            hash.header().ok_or(Seal::Unreadable)?;
            part = self.file.header().header_size;
        }
        let mut room = Vec::new();
        while part <= at {
            let head = self.file.head_at(part, &mut room).ok_or(Seal::Unreadable)?;
            hash.object(part, head).ok_or(Seal::Unreadable)?;
            part = next(part, head).ok_or(Seal::Unreadable)?;
        }
        if !hash.fits(tag) {
            return Err(broken);
        }
        let (begin, end) = self.verifier.key.epoch(tag.epoch);
        if self.least < begin || self.most >= end {
            return Err(Seal::Time);
        }
        (self.epoch, self.least) = (tag.epoch, u64::MAX);
        self.sealed.seals += 1;
        self.sealed.until = Some(end);
        self.sealed.entries = self.entries.len() as u64;
        self.sealed.unsealed = 0;
        Ok(())
    }

    /// Lists are not sealed: one that leaves out an entry hides it from whoever reads by lists.
    fn is_listed(&self) -> Result<(), (Seal, u64)> {
        let list = self.file.list();
        let mut listed = list.range(self.file, 0, list.len());
        listed.sort_unstable();
        let sealed = self.entries.iter().take(usize::try_from(self.sealed.entries).unwrap_or(usize::MAX));
        for at in sealed {
            listed.binary_search(at).map_err(|_| (Seal::Unlisted, *at))?;
        }
        Ok(())
    }
}

fn next(at: u64, head: Head) -> Option<u64> {
    at.checked_add(head.size)?.checked_next_multiple_of(8)
}
