//! From object to object, in the order in which they lie in a file.
//!
//! This needs neither a hash table nor an entry array, and reads a file from front to back as a disk likes it: the way
//! of a full scan, and the way through a damaged file.

use std::ops::ControlFlow;

use crate::JournalFile;
use crate::object::{DATA, ENTRY, ENTRY_ARRAY, HEAD, Head, Layout};

/// The most of a DATA object that is put before the eye of a walk where the bytes have to be copied for it, in bytes.
/// What is longer is read again by whoever wants it whole.
const MAX_COPY: u64 = 1 << 20;

/// What the walk met with that made no sense.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Walked {
    /// Bytes that were passed over because they are no object.
    pub(crate) passed: u64,
    /// How often the walk lost its way.
    pub(crate) breaks: u64,
}

/// An object on the way.
pub(crate) struct Met<'a> {
    pub(crate) at: u64,
    pub(crate) head: Head,
    /// All of an ENTRY; of a DATA at least its first bytes; of others at least their heads.
    pub(crate) bytes: &'a [u8],
    /// The walk has lost its way before.
    pub(crate) astray: bool,
}

/// Shows all objects from `from` on, until the visitor breaks off.
pub(crate) fn walk<'f>(
    file: &'f JournalFile,
    from: u64,
    room: &'f mut Vec<u8>,
    each: &mut impl FnMut(Met<'_>) -> ControlFlow<()>,
) -> Walked {
    let layout = file.layout();
    let nominal_end = end_by_header(file);
    let mut walked = Walked::default();
    let mut at = from.max(file.header().header_size).next_multiple_of(8);
    while let Some(left) = file.len().checked_sub(at).filter(|left| *left >= HEAD as u64) {
        let Some(window) = file.run(at, HEAD, room) else { break };
        let mut done: usize = 0;
        // Objects that lie whole in the window; the last one may need a window of its own.
        let need = loop {
            let Some(bytes) = window.get(done..).filter(|bytes| bytes.len() >= HEAD) else { break 0 };
            let here = at + done as u64;
            let Some(head) = Head::read(bytes, layout, left - done as u64) else {
                if here >= nominal_end {
                    return walked;
                }
                let passed = find_object(bytes, layout, left - done as u64);
                walked.breaks += 1;
                walked.passed += passed as u64;
                done += passed.max(8);
                continue;
            };
            let need = match head.kind {
                ENTRY => head.size,
                DATA => head.size.min(MAX_COPY),
                _ => HEAD as u64,
            };
            if need > bytes.len() as u64 {
                break need;
            }
            let astray = walked.breaks > 0;
            if each(Met { at: here, head, bytes, astray }).is_break() {
                return walked;
            }
            match usize::try_from(head.size).ok().and_then(|size| size.checked_next_multiple_of(8)) {
                Some(size) if size <= bytes.len() => done += size,
                Some(size) => {
                    done = done.saturating_add(size);
                    break 0;
                }
                None => return walked,
            }
        };
        at = at.saturating_add(done as u64);
        if need > 0 {
            let Some(bytes) = file.run(at, usize::try_from(need).unwrap_or(usize::MAX), room) else { break };
            let Some(head) = Head::read(bytes, layout, file.len() - at) else { break };
            let astray = walked.breaks > 0;
            if each(Met { at, head, bytes, astray }).is_break() {
                return walked;
            }
            at = at.saturating_add(head.size).saturating_add(7) & !7;
        }
    }
    walked
}

/// Behind the last object that the header knows, bytes that are no object are no damage: space that was set aside.
fn end_by_header(file: &JournalFile) -> u64 {
    let mut room = Vec::new();
    let tail = file.header().tail_object_offset;
    file.head_at(tail, &mut room).map_or(u64::MAX, |head| tail.saturating_add(head.size))
}

/// How many bytes to pass over before something looks like an object that another one follows.
fn find_object(bytes: &[u8], layout: Layout, left: u64) -> usize {
    let mut at = 8;
    while let Some(rest) = bytes.get(at..).filter(|rest| rest.len() >= HEAD) {
        let room = left - at as u64;
        // Zeroes are passed over by the word.
        if rest.first() != Some(&0)
            && let Some(head) = Head::is_strict(rest, layout, room)
        {
            let next = usize::try_from(head.size).ok().and_then(|size| size.checked_next_multiple_of(8));
            let follows = next.is_some_and(|next| match rest.get(next..).filter(|rest| rest.len() >= HEAD) {
                Some(after) => Head::is_strict(after, layout, room.saturating_sub(next as u64)).is_some(),
                None => true,
            });
            if follows && matches!(head.kind, DATA | ENTRY | ENTRY_ARRAY | 2 | 4 | 5 | 7) {
                return at;
            }
        }
        at += 8;
    }
    bytes.len() & !7
}
