//! One pass over a file: every DATA object is looked at once, every entry with what was found in its own.

mod marks;
mod part;
mod shared;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

pub use marks::Marked;
use marks::Marks;
pub use part::Part;
use shared::{Lists, Split};

use crate::entries::{Found, beyond};
use crate::object::{DATA, ENTRY, item_bytes, items};
use crate::walk::{Met, Walked, is_in, walk};
use crate::{Damage, Data, EntryHead, JournalFile};

/// The longest object that is copied to be shown whole, in bytes.
const MAX_COPIED: u64 = 64 << 20;

/// What a scan looks for.
pub trait Scan {
    /// What is made of fields that many entries have.
    type Shared;

    /// Looks at a DATA object: one `NAME=value`. It is shown before the first entry that has it, and once, unless
    /// the file is damaged. What is returned is handed on with each of its entries; objects without a mark cost their entries nothing.
    fn data(&mut self, data: &Data<'_>) -> Option<u32>;

    /// Whether fields with that mark are the same in many entries, as those are that say who wrote it. Of a mark this is
    /// always the same.
    fn is_shared(&self, mark: u32) -> bool;

    /// Looks at the marks of an entry's shared fields, in stored order. What is made of them may be kept, and handed on with
    /// every entry that has the same.
    fn shared(&mut self, marks: &[Marked]) -> Self::Shared;

    /// Looks at an entry: with what was made of its shared fields, as other entries left it, and with the marks of the others
    /// in stored order.
    fn entry(&mut self, head: &EntryHead, shared: &mut Self::Shared, marks: &[Marked]) -> ControlFlow<()>;
}

impl JournalFile {
    /// Takes a scan over the whole file, front to back, and tells what was damaged.
    ///
    /// Entries come in the order in which they lie in the file, which is that of their sequence numbers; those that the
    /// pass did not come by because of damage come last.
    pub fn scan(&self, scan: &mut impl Scan) -> Damage {
        self.read_ahead();
        let layout = self.layout();
        let mut marks = Marks::of(self.len(), self.header().n_data);
        let mut split = Split::default();
        let mut lists = Lists::new(layout);
        let mut found = Found::default();
        let mut late = Late::default();
        let mut room = Vec::new();
        let mut stopped = false;
        let walked = walk(self, 0, &mut room, &mut |Met { at, head, bytes, gaps }| {
            if head.kind == DATA {
                let mark = if head.size <= bytes.len() as u64 {
                    Data::read(at, head, bytes, layout).and_then(|data| scan.data(&data))
                } else {
                    self.scan_long(scan, Met { at, head, bytes, gaps })
                };
                if let Some(mark) = mark {
                    marks.push(at, mark, scan.is_shared(mark));
                }
            } else if head.kind == ENTRY
                && let Some(entry) = EntryHead::read(at, bytes)
                && found.accept(self, &entry, !gaps.is_empty())
            {
                let size = usize::try_from(head.size).unwrap_or(usize::MAX);
                let bytes = bytes.get(..size).unwrap_or(bytes);
                let bytes = item_bytes(bytes, layout);
                let flow = if gaps.is_empty() {
                    lists.show(scan, &marks, &entry, bytes)
                } else {
                    split.clear();
                    for at in items(bytes, layout) {
                        let late = || is_in(gaps, at).then(|| late.mark(self, scan, at)).flatten();
                        marks.get(at).or_else(late).into_iter().for_each(|marked| split.push(scan, marked));
                    }
                    split.show(scan, &entry)
                };
                if flow.is_break() {
                    stopped = true;
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        });
        if !stopped {
            self.scan_beyond(scan, &marks, late, &mut found, &walked);
        }
        found.damage(self, &walked)
    }

    /// Shows a DATA object that the walk shows only the first bytes of: whole, unless it would have to be copied and is a core
    /// dump or the like.
    #[cold]
    fn scan_long(&self, scan: &mut impl Scan, Met { at, head, bytes, .. }: Met<'_>) -> Option<u32> {
        let mut room = Vec::new();
        let is_whole = self.is_shared() || head.size <= MAX_COPIED;
        let whole = is_whole.then(|| self.data(at, &mut room)).flatten();
        scan.data(&whole.or_else(|| Data::read(at, head, bytes, self.layout()))?)
    }

    /// Shows the entries that the walk has not come by, and such of their DATA objects.
    fn scan_beyond(
        &self,
        scan: &mut impl Scan,
        marks: &Marks,
        mut late: Late,
        found: &mut Found,
        walked: &Walked,
    ) {
        let places = beyond(self, found, walked, &mut || self.entries_walked());
        let (mut room, mut offsets, mut split) = (Vec::new(), Vec::new(), Split::default());
        for place in places {
            let Some(head) = self.entry(place, &mut offsets, &mut room) else { continue };
            split.clear();
            for at in &offsets {
                let marked = marks.get(*at).or_else(|| late.mark(self, scan, *at));
                marked.into_iter().for_each(|marked| split.push(scan, marked));
            }
            if split.show(scan, &head).is_break() {
                return;
            }
        }
    }
}

/// DATA objects that the walk has not come by, shown when an entry leads to them.
#[derive(Default)]
struct Late {
    shown: BTreeMap<u64, Option<u32>>,
    room: Vec<u8>,
}

impl Late {
    fn mark(&mut self, file: &JournalFile, scan: &mut impl Scan, at: u64) -> Option<Marked> {
        let room = &mut self.room;
        let mark = *self.shown.entry(at).or_insert_with(|| scan.data(&file.data(at, room)?));
        mark.map(|mark| Marked { at, mark })
    }
}
