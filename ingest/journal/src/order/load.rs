//! In which order files are needed.

use std::collections::BTreeMap;

use super::{EntryKey, compare};
use crate::Id128;

/// The order in which a [`Merge`](super::Merge) asks for runs that it knows by these keys: places in `keys`.
///
/// Runs of one counter come by their numbers, however the clock went.
pub fn load_order(keys: &[EntryKey]) -> Vec<usize> {
    let mut counters: BTreeMap<Id128, Vec<usize>> = BTreeMap::new();
    for (slot, key) in keys.iter().enumerate() {
        counters.entry(key.seqnum_id).or_default().push(slot);
    }
    let mut queues: Vec<_> = counters
        .into_values()
        .map(|mut slots| {
            slots.sort_by_key(|slot| keys.get(*slot).map(EntryKey::rank));
            slots.into_iter().filter_map(|slot| keys.get(slot).map(|key| (slot, key))).peekable()
        })
        .collect();
    let mut order = Vec::with_capacity(keys.len());
    loop {
        let mut least: Option<(usize, &EntryKey)> = None;
        for (at, queue) in queues.iter_mut().enumerate() {
            if let Some((_, key)) = queue.peek()
                && least.is_none_or(|(_, known)| compare(key, known).is_lt())
            {
                least = Some((at, key));
            }
        }
        let Some(next) = least.and_then(|(at, _)| queues.get_mut(at)).and_then(Iterator::next) else {
            return order;
        };
        order.push(next.0);
    }
}
