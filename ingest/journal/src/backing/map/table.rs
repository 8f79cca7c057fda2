//! The live maps of this process, in a form that a signal handler can read.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, AtomicU64, AtomicUsize, Ordering, fence};

use crate::backing::lost::Lost;

/// Up to `N` maps. Whoever looks into it takes no lock and allocates nothing.
#[derive(Debug)]
pub(super) struct Table<const N: usize> {
    slots: [Slot; N],
    /// No slot from here on was ever taken.
    used: AtomicUsize,
}

/// A place for a map: a sequence lock around its address.
#[derive(Debug)]
pub(super) struct Slot {
    /// Odd while the other members change.
    version: AtomicU64,
    /// 0 where the place is free.
    start: AtomicUsize,
    len: AtomicUsize,
    lost: AtomicPtr<Lost>,
}

/// A map that an address lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mapped {
    pub(super) start: usize,
    pub(super) len: usize,
    pub(super) lost: *const Lost,
}

impl<const N: usize> Table<N> {
    pub(super) const fn new() -> Self {
        Self { slots: [const { Slot::new() }; N], used: AtomicUsize::new(0) }
    }

    /// Puts a map into a free place. None where all are taken.
    pub(super) fn insert(&self, mapped: Mapped) -> Option<&Slot> {
        let (index, slot) = self.slots.iter().enumerate().find(|(_, slot)| slot.take(mapped))?;
        self.used.fetch_max(index + 1, Ordering::Release);
        Some(slot)
    }

    /// The map that has `address`. Async-signal-safe.
    ///
    /// A place that changes meanwhile is passed over: a map that is being read is neither being made nor dropped, so
    /// it is not the one.
    pub(super) fn find(&self, address: usize) -> Option<Mapped> {
        let used = self.used.load(Ordering::Acquire);
        let mut maps = self.slots.iter().take(used).filter_map(Slot::get);
        maps.find(|mapped| address.checked_sub(mapped.start).is_some_and(|at| at < mapped.len))
    }
}

impl Slot {
    const fn new() -> Self {
        Self {
            version: AtomicU64::new(0),
            start: AtomicUsize::new(0),
            len: AtomicUsize::new(0),
            lost: AtomicPtr::new(null_mut()),
        }
    }

    fn take(&self, mapped: Mapped) -> bool {
        let version = self.version.load(Ordering::Acquire);
        let is_free = version & 1 == 0 && self.start.load(Ordering::Acquire) == 0;
        // The version is still the one that was free, or somebody else was faster.
        let odd = version | 1;
        if !is_free
            || self.version.compare_exchange(version, odd, Ordering::Acquire, Ordering::Relaxed).is_err()
        {
            return false;
        }
        self.set(mapped, odd);
        true
    }

    /// Makes the place free. Only who took it may do so.
    pub(super) fn free(&self) {
        let odd = self.version.fetch_add(1, Ordering::Acquire) | 1;
        self.set(Mapped { start: 0, len: 0, lost: null_mut() }, odd);
    }

    fn set(&self, mapped: Mapped, odd: u64) {
        // Who sees one of the new members sees the odd version too.
        fence(Ordering::Release);
        self.start.store(mapped.start, Ordering::Relaxed);
        self.len.store(mapped.len, Ordering::Relaxed);
        self.lost.store(mapped.lost.cast_mut(), Ordering::Relaxed);
        self.version.store(odd.wrapping_add(1), Ordering::Release);
    }

    fn get(&self) -> Option<Mapped> {
        let version = self.version.load(Ordering::Acquire);
        let mapped = Mapped {
            start: self.start.load(Ordering::Relaxed),
            len: self.len.load(Ordering::Relaxed),
            lost: self.lost.load(Ordering::Relaxed),
        };
        fence(Ordering::Acquire);
        let is_whole = version & 1 == 0 && self.version.load(Ordering::Relaxed) == version;
        (is_whole && mapped.start != 0).then_some(mapped)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::ptr::without_provenance;
    use std::thread;

    use super::*;

    fn at(start: usize, len: usize) -> Mapped {
        // Never followed: it ties the members of a place together.
        Mapped { start, len, lost: without_provenance(start ^ len) }
    }

    #[test]
    fn finds_by_address_until_the_place_is_freed() {
        let table = Table::<3>::new();
        let first = table.insert(at(4096, 100)).unwrap();
        table.insert(at(8192, 4096)).unwrap();
        let cases =
            [(4095, 0), (4096, 4096), (4195, 4096), (4196, 0), (8192, 8192), (12_287, 8192), (12_288, 0)];
        for (address, start) in cases {
            assert_eq!(table.find(address).map_or(0, |mapped| mapped.start), start, "{address}");
        }
        first.free();
        assert_eq!(table.find(4096), None);
        assert_eq!(table.find(8192), Some(at(8192, 4096)));
    }

    #[test]
    fn is_full_until_a_place_is_freed() {
        let table = Table::<2>::new();
        let first = table.insert(at(4096, 1)).unwrap();
        assert!(table.insert(at(8192, 1)).is_some());
        assert!(table.insert(at(12_288, 1)).is_none());
        first.free();
        assert!(table.insert(at(12_288, 1)).is_some());
        assert_eq!(table.find(12_288), Some(at(12_288, 1)));
    }

    #[test]
    fn who_looks_while_others_change_sees_whole_maps_only() {
        let table = Table::<4>::new();
        let steady = at(1 << 40, 4096);
        table.insert(steady).unwrap();
        thread::scope(|scope| {
            for writer in 1..3_usize {
                let table = &table;
                scope.spawn(move || {
                    for round in 1..4_000_usize {
                        let slot = table.insert(at(writer << 20, round)).unwrap();
                        slot.free();
                    }
                });
            }
            for _ in 0..4_000 {
                assert_eq!(table.find(1 << 40), Some(steady));
                if let Some(mapped) = table.find(1 << 20) {
                    assert_eq!(mapped, at(mapped.start, mapped.len));
                    assert_eq!(mapped.start, 1 << 20);
                }
            }
        });
    }
}
