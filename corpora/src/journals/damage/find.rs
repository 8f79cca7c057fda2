//! Finds what is to be damaged.

use std::iter::successors;

/// An object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) at: usize,
    pub(super) kind: u8,
    pub(super) size: usize,
}

pub(super) fn get(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub(super) fn put(bytes: &mut [u8], at: usize, value: u64) {
    if let Some(place) = bytes.get_mut(at..).and_then(<[u8]>::first_chunk_mut) {
        *place = value.to_le_bytes();
    }
}

fn object(bytes: &[u8], at: u64) -> Option<Found> {
    let at = usize::try_from(at).ok()?;
    let size = usize::try_from(get(bytes, at + 8)?).ok()?;
    (size >= 16).then_some(Found { at, kind: *bytes.get(at)?, size })
}

/// All objects of a sound file.
pub(super) fn objects(bytes: &[u8]) -> impl Iterator<Item = Found> {
    let tail = get(bytes, 136).unwrap_or_default();
    let first = get(bytes, 88).and_then(|at| object(bytes, at));
    successors(first, move |before| {
        let next = (before.at + before.size).next_multiple_of(8) as u64;
        (next <= tail).then(|| object(bytes, next)).flatten()
    })
}

/// The arrays that lead to all entries.
pub(super) fn chain(bytes: &[u8]) -> impl Iterator<Item = Found> {
    let follow = |at: Option<u64>| at.filter(|at| *at != 0).and_then(|at| object(bytes, at));
    successors(follow(get(bytes, 176)), move |before| follow(get(bytes, before.at + 16)))
}

/// Where the slots are that are used.
pub(super) fn slots(bytes: &[u8], chain: &[Found], compact: bool) -> Vec<usize> {
    let width = if compact { 4 } else { 8 };
    let entries = get(bytes, 152).and_then(|count| usize::try_from(count).ok()).unwrap_or_default();
    chain
        .iter()
        .flat_map(|array| (array.at + 24..array.at + array.size).step_by(width))
        .take(entries)
        .collect()
}
