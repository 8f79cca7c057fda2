//! Which record an entry is, however it was exported, flushed or rotated.

use super::{clip, origin::hash};
use crate::entry::Known;
use crate::event::Identity;
use crate::{Entry, Id128, Provenance};

/// The longest cursor that is kept, in bytes; systemd's are about 130.
const MAX_CURSOR: usize = 256;

/// The identity of an entry that is not the kernel's.
pub fn of(entry: &Entry<'_>, known: &Known<'_>) -> Identity {
    // Times of text may be whole seconds, in which one line comes twice.
    let is_text = entry.provenance() == Provenance::Text;
    let (Some(realtime), Some(boot), false) = (known.realtime, known.boot_id, is_text) else {
        return of_place(entry, known);
    };
    let xor = known.cursor.and_then(xor_hash).unwrap_or_default();
    // Without a cursor's x= two entries of one microsecond are told apart by their text.
    let text = if xor.is_empty() { known.message.unwrap_or_default() } else { b"" };
    Identity(hash(&[b"entry", boot, known.monotonic.unwrap_or_default(), realtime, xor, text]))
}

/// The identity of a kernel record: /dev/kmsg has the same three.
pub fn of_kernel(entry: &Entry<'_>, known: &Known<'_>) -> Identity {
    let Some(source) = known.source_monotonic else { return of(entry, known) };
    let boot = known.boot_id.unwrap_or_default();
    Identity(hash(&[b"kernel", boot, source, known.message.unwrap_or_default()]))
}

/// What tells an entry from all but its own copies: the whole cursor, and what it stands for. None where there is no
/// cursor.
pub(crate) fn copy_of(known: &Known<'_>) -> Option<u64> {
    let cursor = known.cursor?;
    let what = [known.boot_id, known.monotonic, known.realtime, known.message];
    let [boot, monotonic, realtime, text] = what.map(Option::unwrap_or_default);
    Some(hash(&[cursor, boot, monotonic, realtime, text]))
}

/// A line of text is its words and its place.
fn of_place(entry: &Entry<'_>, known: &Known<'_>) -> Identity {
    let place = entry.place().to_le_bytes();
    Identity(hash(&[b"text", known.realtime.unwrap_or_default(), &place, known.message.unwrap_or_default()]))
}

/// Entries that no file has: the same as long as the same are missing.
pub fn of_hole(counter: Id128, from: u64, to: u64) -> Identity {
    let counter = counter.as_u128().to_le_bytes();
    Identity(hash(&[b"hole", &counter, &from.to_le_bytes(), &to.to_le_bytes()]))
}

/// Numbers of /dev/kmsg that no record has: the record behind them names them.
pub fn of_kmsg_hole(known: &Known<'_>, number: u64) -> Identity {
    let who = [known.machine_id, known.boot_id].map(Option::unwrap_or_default);
    let [machine, boot] = who;
    Identity(hash(&[b"kmsg-hole", machine, boot, &number.to_le_bytes()]))
}

/// The cursor, for `journalctl --cursor`.
pub fn cursor(known: &Known<'_>) -> Option<Box<str>> {
    known.cursor.filter(|cursor| cursor.len() <= MAX_CURSOR).map(|cursor| clip(cursor, MAX_CURSOR))
}

/// The `x=` of a cursor: the hash over the entry's data, which stays when a journal is flushed or imported.
fn xor_hash(cursor: &[u8]) -> Option<&[u8]> {
    cursor.split(|byte| *byte == b';').find_map(|part| part.strip_prefix(b"x="))
}
