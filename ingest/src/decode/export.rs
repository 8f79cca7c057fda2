//! The journal export format (systemd, docs/JOURNAL_EXPORT_FORMATS.md).
//!
//! A field is `NAME=value\n`, or `NAME\n`, the value's length as 64 bits little-endian, the value and `\n`. An entry
//! ends with an empty line; the last one may lack it. This is the path that bulk data takes: values are lent, and one
//! vector serves all entries of a chunk.

mod skip;
mod step;

use std::ops::ControlFlow;

use memchr::memmem;

pub(crate) use skip::Skip;
pub(crate) use step::{Step, step};

use super::chunk::{Visitor, span};
use super::draft::tells;
use super::{Frame, MAX_FIELDS, Stats};
use crate::entry::{Entry, Field, Provenance};

/// Shows the entries of records that begin at `place` of their stream. Returns how many bytes were read before the
/// visitor broke off.
pub(super) fn decode(bytes: &[u8], place: u64, stats: &mut Stats, each: &mut Visitor<'_>) -> usize {
    let mut fields: Vec<Field<'_>> = Vec::with_capacity(64);
    let mut dropped: u64 = 0;
    let mut start = 0;
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let mut cut = false;
        match step(rest) {
            Step::Field(field, len) => {
                at += len;
                if fields.len() < MAX_FIELDS {
                    fields.push(field);
                } else {
                    dropped += 1;
                }
                if at < bytes.len() {
                    continue;
                }
            }
            Step::Dropped(len) => {
                at += len;
                dropped += 1;
                if at < bytes.len() {
                    continue;
                }
            }
            Step::Blank => at += 1,
            Step::Bad => {
                at += past_blank_line(rest).unwrap_or(rest.len());
                stats.skipped = stats.skipped.saturating_add(1);
                fields.clear();
                dropped = 0;
                start = at;
                continue;
            }
            Step::Open(_) => {
                at = bytes.len();
                cut = true;
                stats.truncated = stats.truncated.saturating_add(1);
            }
        }
        let mut flow = ControlFlow::Continue(());
        if cut && !fields.iter().any(|field| tells(field.name)) {
            fields.clear();
        } else if !fields.is_empty() {
            let entry = Entry::new(&fields, Provenance::Journal, place.saturating_add(start as u64));
            stats.entries = stats.entries.saturating_add(1);
            stats.fields_dropped = stats.fields_dropped.saturating_add(dropped);
            flow = each(span(start, at - start), &entry);
            fields.clear();
        } else if dropped > 0 {
            stats.skipped = stats.skipped.saturating_add(1);
        }
        dropped = 0;
        start = at;
        if flow.is_break() {
            return at;
        }
    }
    bytes.len()
}

/// How long the record is that these bytes begin with.
pub(super) fn frame(bytes: &[u8], last: bool) -> Frame {
    let mut at: usize = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        match step(rest) {
            Step::Field(_, len) | Step::Dropped(len) => at += len,
            Step::Blank => return Frame::Whole(at + 1),
            Step::Bad => match past_blank_line(rest) {
                Some(len) => return Frame::Whole(at + len),
                None if last => return Frame::Whole(bytes.len()),
                None => return Frame::Open(0),
            },
            Step::Open(need) => {
                let need = (at as u64).saturating_add(need);
                return if last && need <= bytes.len() as u64 {
                    Frame::Whole(bytes.len())
                } else {
                    Frame::Open(need)
                };
            }
        }
    }
    if last { Frame::Whole(bytes.len()) } else { Frame::Open(0) }
}

fn past_blank_line(bytes: &[u8]) -> Option<usize> {
    memmem::find(bytes, b"\n\n").map(|at| at + 2)
}
