//! From object to object, in the order in which they lie in a file.
//!
//! This needs neither a hash table nor an entry array, and reads a file from front to back as a disk likes it: the way
//! of a full scan, and the way through a damaged file.

use std::ops::{ControlFlow, Range};

use crate::JournalFile;
use crate::object::{DATA, ENTRY, HEAD, Head};
use crate::sound::Soundness;

/// The most of a DATA object that is put before the eye of a walk where the bytes have to be copied for it, in bytes.
/// What is longer is read again by whoever wants it whole.
const MAX_COPY: u64 = 1 << 20;

/// How much is read at a time, in bytes: little at first, for who only wants to see how a file begins, and then what stays
/// in a core's own cache until it was looked at.
const FIRST_WINDOW: usize = 16 << 10;
const MAX_WINDOW: usize = 256 << 10;

/// What the walk met with that made no sense.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Walked {
    /// Bytes that were passed over because they are no object.
    pub(crate) passed: u64,
    /// Where the walk lost its way and found it again, in order.
    pub(crate) gaps: Vec<Range<u64>>,
    /// How many DATA objects it came by.
    pub(crate) data: u64,
}

/// Whether a place lies in one of the gaps.
pub(crate) fn is_in(gaps: &[Range<u64>], at: u64) -> bool {
    gaps.get(gaps.partition_point(|gap| gap.end <= at)).is_some_and(|gap| gap.contains(&at))
}

/// An object on the way.
pub(crate) struct Met<'a> {
    pub(crate) at: u64,
    pub(crate) head: Head,
    /// All of an ENTRY; of a DATA at least its first bytes; of others at least their heads.
    pub(crate) bytes: &'a [u8],
    /// Where the walk has lost its way before.
    pub(crate) gaps: &'a [Range<u64>],
}

/// Shows all objects from `from` on, until the visitor breaks off.
pub(crate) fn walk<'f>(
    file: &'f JournalFile,
    from: u64,
    room: &'f mut Vec<u8>,
    each: &mut impl FnMut(Met<'_>) -> ControlFlow<()>,
) -> Walked {
    let layout = file.layout();
    let mut walked = Walked::default();
    let mut soundness = Soundness::of(file);
    let mut last = None;
    let mut at = from.max(file.header().header_size).next_multiple_of(8);
    let (mut least, mut most) = (HEAD, FIRST_WINDOW);
    while let Some(left) = file.len().checked_sub(at).filter(|left| *left >= HEAD as u64) {
        let Some(window) = file.window(at, least, most, room) else { break };
        least = HEAD;
        most = (most * 2).min(MAX_WINDOW);
        let mut done: usize = 0;
        let mut lost = false;
        // Objects that lie whole in the window; the next one begins with the first that does not.
        let need = loop {
            let Some(bytes) = window.get(done..).filter(|bytes| bytes.len() >= HEAD) else { break 0 };
            let here = at + done as u64;
            let Some(head) = Head::read(bytes, layout, left - done as u64) else {
                lost = true;
                break 0;
            };
            let need = match head.kind {
                ENTRY => head.size,
                DATA => head.size.min(MAX_COPY),
                _ => HEAD as u64,
            };
            if need > bytes.len() as u64 {
                break need;
            }
            last = Some(here);
            walked.data += u64::from(head.kind == DATA);
            if each(Met { at: here, head, bytes, gaps: &walked.gaps }).is_break() {
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
        if lost {
            match search(file, at, last, &mut soundness, room, &mut walked) {
                Some(found) => at = found,
                None => return walked,
            }
        } else if need > 0 {
            least = usize::try_from(need).unwrap_or(usize::MAX);
        }
    }
    walked
}

/// Finds the next object, where `at` is none. The one before is not believed to be as long as it says, unless it is
/// proved: what it may have swallowed is searched as well.
fn search(
    file: &JournalFile,
    at: u64,
    last: Option<u64>,
    soundness: &mut Soundness,
    room: &mut Vec<u8>,
    walked: &mut Walked,
) -> Option<u64> {
    let unsound = last.filter(|last| soundness.may_hide(file, *last));
    let from = unsound.unwrap_or(at);
    let found = find_object(file, from + 8, room);
    // Behind the last object that the header knows, bytes that are no object are no damage: space that was set aside.
    if found.is_none() && at >= end_by_header(file) {
        return None;
    }
    let end = found.unwrap_or(file.len());
    walked.passed += end - if end > at { at } else { from };
    walked.gaps.push(from + 8..end);
    found
}

fn end_by_header(file: &JournalFile) -> u64 {
    let mut room = Vec::new();
    let tail = file.header().tail_object_offset;
    file.head_at(tail, &mut room).map_or(u64::MAX, |head| tail.saturating_add(head.size))
}

/// The next place from `at` on that looks like an object which another one follows.
fn find_object(file: &JournalFile, mut at: u64, room: &mut Vec<u8>) -> Option<u64> {
    let layout = file.layout();
    let mut next_room = Vec::new();
    while let Some(left) = file.len().checked_sub(at).filter(|left| *left >= HEAD as u64) {
        let window = file.run(at, HEAD, room)?;
        let mut done = 0;
        while let Some(bytes) = window.get(done..).filter(|bytes| bytes.len() >= HEAD) {
            let (here, left) = (at + done as u64, left - done as u64);
            // Zeroes are passed over by the word.
            if bytes.first() != Some(&0)
                && let Some(head) = Head::is_strict(bytes, layout, left)
                && let Some(next) =
                    here.checked_add(head.size).and_then(|end| end.checked_next_multiple_of(8))
                && follows(file, next, &mut next_room)
            {
                return Some(here);
            }
            done += 8;
        }
        at += done.max(8) as u64;
    }
    None
}

/// Whether an object begins at a place, or the file ends there.
fn follows(file: &JournalFile, at: u64, room: &mut Vec<u8>) -> bool {
    let Some(left) = file.len().checked_sub(at).filter(|left| *left >= HEAD as u64) else { return true };
    file.run(at, HEAD, room).is_some_and(|bytes| Head::is_strict(bytes, file.layout(), left).is_some())
}
