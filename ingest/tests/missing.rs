//! Holes in the numbers of journal files are events, in their place among the others.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing)]

use std::ffi::OsStr;
use std::sync::Arc;

use nwlog_corpora::journals::Entry;
use nwlog_corpora::journals::forge::{Forge, Form};
use nwlog_ingest::Event;
use nwlog_ingest::event::Fact;
use nwlog_ingest::event::gap::GapKind;
use nwlog_ingest::journal::{Check, FileName, JournalFile, Member};
use nwlog_ingest::scan::{FileScan, JournalSession, Missing, Told, first_key};

const START: u64 = 1_700_000_000_000_000;

/// The kernel's word that it left lines out: an event of its own.
fn entry(number: u64) -> Entry {
    let entry = Entry { realtime: START + number, monotonic: number, boot_id: 5, fields: Vec::new() };
    entry
        .with("_TRANSPORT", "kernel")
        .with("SYSLOG_FACILITY", "0")
        .with("_MACHINE_ID", format!("{:032x}", 9))
        .with("MESSAGE", format!("net_ratelimit: {number} callbacks suppressed"))
}

/// A file of the entries with these numbers, and its name.
fn file(numbers: std::ops::Range<u64>, is_last: bool) -> (String, Arc<JournalFile>) {
    let form = Form {
        seqnum: numbers.start,
        header_size: 264,
        file_id: u128::from(numbers.start),
        data_buckets: 4,
        field_buckets: 4,
        ..Form::default()
    };
    let (head, id) = (numbers.start, form.seqnum_id);
    let entries: Vec<Entry> = numbers.map(entry).collect();
    let name = match is_last {
        true => "system.journal".to_owned(),
        false => format!("system@{id:032x}-{head:016x}-{:016x}.journal", entries[0].realtime),
    };
    let bytes = Forge::file(form, &entries);
    (name, Arc::new(JournalFile::from_backing(Box::new(bytes)).unwrap()))
}

/// Reads files of these numbers; all are opened before, the last one first.
fn events(spans: &[std::ops::Range<u64>], prefilter: bool) -> Vec<Event> {
    let last = spans.len() - 1;
    let files: Vec<_> =
        spans.iter().enumerate().rev().map(|(n, span)| file(span.clone(), n == last)).collect();
    let keys: Vec<_> = files.iter().map(|(_, file)| first_key(file).unwrap()).collect();
    let members = files.iter().zip(&keys).map(|((name, file), key)| {
        Member::new((0, 0), FileName::parse(OsStr::new(name)), file.header(), Some(key.head.seqnum))
    });
    let check = Check::new(members.collect(), &[]);
    let read = files.iter().enumerate().map(|(place, (_, file))| (place, Arc::clone(file)));
    let mut session = JournalSession::new(&keys).with_missing(Missing::new(check, read.collect()));
    let mut events = Vec::new();
    let mut each = |told| {
        if let Told::Event(event) = told {
            events.push(event);
        }
    };
    for slot in session.order().to_vec() {
        session.load(slot, FileScan::with_prefilter(Arc::clone(&files[slot].1), prefilter));
        session.visit(&mut each);
    }
    session.visit(&mut each);
    events
}

/// What is missing: how many, from the time of the entry before to that of the entry behind.
fn holes(events: &[Event]) -> Vec<(u64, u64, u64)> {
    let hole = |event: &Event| match &event.fact {
        Fact::Gap(fact) if fact.what == GapKind::Sequence => {
            Some((fact.count.unwrap(), fact.since.unwrap().monotonic.unwrap(), event.at.monotonic.unwrap()))
        }
        _ => None,
    };
    events.iter().filter_map(hole).collect()
}

#[test]
fn a_hole_comes_before_what_is_behind_it() {
    for prefilter in [true, false] {
        let events = events(&[1..5, 5..9, 12..15, 15..20, 30..32], prefilter);
        assert_eq!(holes(&events), [(3, 8, 12), (10, 19, 30)]);
        assert!(events.is_sorted_by_key(|event| event.received.monotonic), "{events:?}");
        assert_eq!(events.len(), 4 + 4 + 3 + 5 + 2 + 2);
        assert!(events.iter().all(|event| event.origin.machine == events[0].origin.machine));
    }
}

#[test]
fn many_holes_are_told_together_beyond_a_thousand() {
    let spans: Vec<_> = (0..1_100).map(|n| n * 3 + 1..n * 3 + 3).collect();
    let holes = holes(&events(&spans, true));
    assert_eq!(holes.len(), 1_001);
    assert!(holes[..1_000].iter().all(|(count, ..)| *count == 1));
    assert_eq!(holes[1_000], (99, 3_002, 3_298));
}
