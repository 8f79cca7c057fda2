//! Printed entries on their way out.

use std::cmp::Ordering;

use nwlog_ingest::Id128;

use crate::output::entry::Head;

/// Entries as they were printed, one after the other.
#[derive(Debug, Default)]
pub struct Sheet {
    /// What was printed.
    pub text: Vec<u8>,
    /// The entries in it.
    pub slots: Vec<Slot>,
}

/// One entry of a sheet.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// Where its text ends; it begins where that of the one before ends.
    pub end: usize,
    /// Its boot.
    pub boot: Option<Id128>,
    realtime: Option<u64>,
    monotonic: Option<u64>,
}

impl Sheet {
    /// The entry with this head was printed up to here.
    pub fn mark(&mut self, head: &Head) {
        let Head { boot_id: boot, realtime, monotonic, .. } = *head;
        self.slots.push(Slot { end: self.text.len(), boot, realtime, monotonic });
    }

    /// The entries, in order, with their text.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = (&[u8], &Slot)> {
        let starts = std::iter::once(0).chain(self.slots.iter().map(|slot| slot.end));
        let starts: Vec<_> = starts.take(self.slots.len()).collect();
        starts
            .into_iter()
            .zip(&self.slots)
            .map(|(start, slot)| (self.text.get(start..slot.end).unwrap_or_default(), slot))
    }
}

impl Slot {
    /// The same entry in another text.
    pub fn ending(self, end: usize) -> Self {
        Self { end, ..self }
    }

    /// Which of two entries of different sources comes first: by the time since the boot where they share one, else by
    /// the clock. Where neither tells, they keep their order.
    pub fn order(&self, other: &Self) -> Ordering {
        let same_boot = self.boot.is_some() && self.boot == other.boot;
        match self.monotonic.zip(other.monotonic).filter(|_| same_boot) {
            Some((own, others)) => own.cmp(&others),
            None => match self.realtime.zip(other.realtime) {
                Some((own, others)) => own.cmp(&others),
                None => Ordering::Equal,
            },
        }
    }
}
