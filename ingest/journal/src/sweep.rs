//! Entries that neither a walk nor the file's own list leads to.
//!
//! A damaged object leads the walk past its neighbours, or into the middle of others. So that nothing which is intact is
//! missed, all bytes that are not proved to be part of something else are looked at: what stands in a DATA whose payload
//! hashes to what it says is that payload, whatever a program may have written there.

use std::ops::{ControlFlow, Range};

use crate::JournalFile;
use crate::object::{ENTRY, EntryHead, HEAD, Head};
use crate::sound::Soundness;
use crate::walk::{Met, walk};

/// Shows every place where an entry may begin that the walk has not come by.
pub(crate) fn sweep(file: &JournalFile, each: &mut impl FnMut(EntryHead)) {
    let mut soundness = Soundness::of(file);
    let mut room = Vec::new();
    let mut spans: Vec<Range<u64>> = Vec::new();
    let walked = walk(file, 0, &mut room, &mut |Met { at, head, .. }| {
        if soundness.may_hide(file, at) {
            join(&mut spans, at + 8..at.saturating_add(head.size));
        }
        ControlFlow::Continue(())
    });
    spans.extend(walked.gaps);
    spans.sort_unstable_by_key(|span| span.start);
    let mut joined = Vec::with_capacity(spans.len());
    spans.into_iter().for_each(|span| join(&mut joined, span));
    for span in joined {
        look_through(file, span, &mut room, each);
    }
}

/// Adds a span behind others. Where they touch they are one: no place is looked at twice.
fn join(spans: &mut Vec<Range<u64>>, span: Range<u64>) {
    match spans.last_mut().filter(|last| span.start <= last.end.saturating_add(16)) {
        Some(last) => last.end = last.end.max(span.end),
        None => spans.push(span),
    }
}

fn look_through(file: &JournalFile, span: Range<u64>, room: &mut Vec<u8>, each: &mut impl FnMut(EntryHead)) {
    let layout = file.layout();
    let mut at = span.start;
    while at < span.end
        && let Some(left) = file.len().checked_sub(at).filter(|left| *left >= HEAD as u64)
    {
        let Some(window) = file.run(at, HEAD, room) else { return };
        let mut done = 0;
        while at + (done as u64) < span.end
            && let Some(bytes) = window.get(done..).filter(|bytes| bytes.len() >= HEAD)
        {
            if bytes.first() == Some(&ENTRY)
                && Head::is_strict(bytes, layout, left - done as u64).is_some()
                && let Some(head) = file.entry_head(at + done as u64, &mut Vec::new())
            {
                each(head);
            }
            done += 8;
        }
        at += done.max(8) as u64;
    }
}
