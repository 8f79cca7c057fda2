//! Lists of entries: that of the whole file, and one for each DATA object.
//!
//! A list is a chain of ENTRY_ARRAY objects, each about twice as long as the one before; what is not used of the last one
//! is zero. The first entry of a DATA object stands in the object itself (docs/JOURNAL_FILE_FORMAT.md, "Entry Array
//! Objects").

use crate::JournalFile;
use crate::bytes::le64;
use crate::object::{Data, ENTRY_ARRAY, EntryHead};

/// The part of an ENTRY_ARRAY before its slots: a head, and the place of the next array.
pub(crate) const ARRAY_HEAD: u64 = 24;

/// The most arrays in a chain: they double, but start small, and some writers let them grow slowly.
const MAX_ARRAYS: usize = 1 << 16;

/// The entries of a file, or those that have one DATA object, in the order in which they lie in the file.
#[derive(Clone, Debug, Default)]
pub struct EntryList {
    first: Option<u64>,
    /// Where each array's slots begin, and how many entries come before them.
    arrays: Vec<(u64, u64)>,
    len: u64,
    whole: bool,
}

impl EntryList {
    /// How many entries it has.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether the chain could be followed to its end. One that is broken tells of fewer entries than there were.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// Where the array of the n-th entry begins that stands in one, and how many entries come before that array.
    pub(crate) fn array_of(&self, n: u64) -> Option<(u64, u64)> {
        let array = self.arrays.partition_point(|(_, before)| *before <= n).checked_sub(1)?;
        self.arrays.get(array).map(|(slots, before)| (slots - ARRAY_HEAD, *before))
    }

    /// The place of the n-th entry. None behind the end, and where the slot makes no sense.
    pub fn get(&self, file: &JournalFile, n: u64, room: &mut Vec<u8>) -> Option<u64> {
        if n >= self.len {
            return None;
        }
        if n == 0 && self.first.is_some() {
            return self.first;
        }
        let array = self.arrays.partition_point(|(_, before)| *before <= n).checked_sub(1)?;
        let (slots, before) = self.arrays.get(array)?;
        let layout = file.layout();
        let at = slots.checked_add(n.checked_sub(*before)?.checked_mul(layout.slot_len() as u64)?)?;
        let slot = layout.slot(file.run(at, layout.slot_len(), room)?);
        (slot != 0).then_some(slot)
    }

    /// How many of the first entries satisfy a condition that holds for none behind the first one that does not satisfy it.
    /// Entries that cannot be read count as their next neighbours do.
    pub fn partition(&self, file: &JournalFile, mut holds: impl FnMut(&EntryHead) -> bool) -> u64 {
        let mut room = Vec::new();
        let (mut least, mut most) = (0, self.len);
        while least < most {
            let middle = least + (most - least) / 2;
            let readable = (middle..most).take(MAX_UNREADABLE).find_map(|n| {
                let head = file.entry_head(self.get(file, n, &mut room)?, &mut room)?;
                Some((n, holds(&head)))
            });
            match readable {
                Some((n, true)) => least = n + 1,
                _ => most = middle,
            }
        }
        least
    }

    /// The places of the entries from one to before another.
    pub fn range(&self, file: &JournalFile, from: u64, to: u64) -> Vec<u64> {
        let mut room = Vec::new();
        let to = to.min(self.len);
        let mut places =
            Vec::with_capacity(usize::try_from(to.saturating_sub(from)).unwrap_or(0).min(1 << 20));
        let mut n = from;
        if n == 0
            && n < to
            && let Some(first) = self.first
        {
            places.push(first);
            n = 1;
        }
        let layout = file.layout();
        for (index, (slots, before)) in self.arrays.iter().enumerate() {
            let end = self.arrays.get(index + 1).map_or(self.len, |(_, before)| *before).min(to);
            if end <= n || *before >= to {
                continue;
            }
            let skip = (n - before).saturating_mul(layout.slot_len() as u64);
            let len = usize::try_from(end - n).unwrap_or(0).saturating_mul(layout.slot_len());
            if let Some(bytes) =
                file.run(slots.saturating_add(skip), len, &mut room).and_then(|run| run.get(..len))
            {
                places.extend(
                    bytes
                        .chunks_exact(layout.slot_len())
                        .map(|slot| layout.slot(slot))
                        .filter(|slot| *slot != 0),
                );
            }
            n = end;
        }
        places
    }
}

/// How many entries a search steps over because they cannot be read.
const MAX_UNREADABLE: usize = 1_000;

impl JournalFile {
    /// The entries of the file, by its own list. In a damaged file more may be found by a walk: [`JournalFile::entries`].
    pub fn list(&self) -> EntryList {
        // The count in the header can lag behind a crash: the list ends where its slots do.
        self.chain(None, self.header().entry_array_offset, u64::MAX)
    }

    /// The entries that have a DATA object.
    pub fn list_of(&self, data: &Data<'_>) -> EntryList {
        match data.n_entries {
            0 => EntryList { whole: true, ..EntryList::default() },
            n => self.chain(Some(data.entry).filter(|entry| *entry != 0), data.entry_array, n),
        }
    }

    fn chain(&self, first: Option<u64>, array: u64, most: u64) -> EntryList {
        let layout = self.layout();
        let mut room = Vec::new();
        let mut list = EntryList { first, arrays: Vec::new(), len: u64::from(first.is_some()), whole: false };
        let (mut at, mut before) = (array, 0);
        let mut last = None;
        while at != 0 && list.len < most && list.arrays.len() < MAX_ARRAYS {
            // Chains lead forward: one that does not would never end.
            let head = (at > before).then(|| self.head_at(at, &mut room)).flatten();
            let Some(head) = head.filter(|head| head.kind == ENTRY_ARRAY) else { return list };
            let next =
                self.run(at, ARRAY_HEAD as usize, &mut room).and_then(|bytes| le64(bytes, 16)).unwrap_or(0);
            let slots = (head.size - ARRAY_HEAD) / layout.slot_len() as u64;
            list.arrays.push((at + ARRAY_HEAD, list.len));
            last = Some((at + ARRAY_HEAD, slots));
            list.len = list.len.saturating_add(slots);
            (before, at) = (at, next);
        }
        list.whole = at == 0 || list.len >= most;
        list.len = list.len.min(most);
        if most == u64::MAX
            && let Some((slots, n)) = last
        {
            list.len = list.len - n + self.used_slots(slots, n);
        }
        list
    }

    /// How many slots of the last array are used.
    fn used_slots(&self, slots: u64, n: u64) -> u64 {
        let layout = self.layout();
        let len = layout.slot_len();
        let mut room = Vec::new();
        let (mut least, mut most) = (0, n);
        while least < most {
            let middle = least + (most - least) / 2;
            let slot =
                self.run(slots + middle * len as u64, len, &mut room).map_or(0, |bytes| layout.slot(bytes));
            if slot != 0 { least = middle + 1 } else { most = middle }
        }
        least
    }
}
