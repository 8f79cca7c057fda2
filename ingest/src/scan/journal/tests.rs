//! A part of a file, and the same entries out of a walk over all of it, make the same events.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::io::{Cursor, Read};
use std::sync::Arc;

use nwlog_corpora::journals::Entry;
use nwlog_corpora::journals::entry::read_export;
use nwlog_corpora::journals::forge::{Forge, Form};
use nwlog_corpora::recordings;
use nwlog_journal::{Id128, JournalFile};

use super::{FileScan, JournalSession, Told, first_key};
use crate::scan::Extent;
use crate::source::decompress;

fn entries(recording: &recordings::Recording) -> Vec<Entry> {
    let mut export = Vec::new();
    decompress(Cursor::new(recording.read().unwrap())).unwrap().read_to_end(&mut export).unwrap();
    read_export(&export).0.into_iter().map(|placed| placed.entry.sorted()).collect()
}

fn told(file: &JournalFile, scan: FileScan) -> Vec<String> {
    let mut session = JournalSession::new(&[first_key(file).unwrap()]);
    let mut told = Vec::new();
    session.load(0, scan);
    let ended = session.visit(&mut |one| match one {
        Told::Event(event) => told.push(format!("{event:?}")),
        Told::Seen(seen) => told.push(format!("{seen:?}")),
    });
    assert_eq!(ended, None);
    told
}

#[test]
fn a_part_tells_what_a_walk_tells() {
    let (mut parts, mut events) = (0, 0);
    for recording in recordings::all().unwrap() {
        let entries = entries(&recording);
        let file = Forge::file(Form::default(), &entries);
        let file = Arc::new(JournalFile::from_backing(Box::new(file)).unwrap());
        let at = |share: usize| Some(entries[(entries.len() - 1) * share / 100].realtime);
        let mut extents: Vec<Extent> = [(0, 3), (20, 35), (40, 41), (50, 70), (75, 98), (10, 95)]
            .map(|(from, to)| Extent { since: at(from), until: at(to), boot: None })
            .into();
        for share in [0, 50, 100] {
            let boot = Some(Id128::from_u128(entries[(entries.len() - 1) * share / 100].boot_id));
            extents.push(Extent { boot, ..Extent::default() });
            extents.push(Extent { boot, since: at(30), until: at(45) });
        }
        for extent in extents {
            let by_walk = told(&file, FileScan::by_walk(Arc::clone(&file), &extent));
            assert_eq!(told(&file, FileScan::within(Arc::clone(&file), &extent)), by_walk);
            let Some(part) = FileScan::by_part(&file, &extent) else { continue };
            parts += 1;
            events += by_walk.len();
            assert_eq!(told(&file, part), by_walk, "{} {extent:?}", recording.name);
        }
    }
    assert!(parts > 20 && events > 100, "{parts} parts, {events} events");
}

#[test]
fn most_of_a_file_and_a_broken_list_are_walked() {
    let entries = entries(&recordings::all().unwrap()[0]);
    let at = |share: usize| Some(entries[(entries.len() - 1) * share / 100].realtime);
    let mut bytes = Forge::file(Form::default(), &entries);
    let file = Arc::new(JournalFile::from_backing(Box::new(bytes.clone())).unwrap());
    let (few, most) =
        (Extent { until: at(5), ..Extent::default() }, Extent { until: at(90), ..Extent::default() });
    assert!(FileScan::by_part(&file, &few).is_some() && FileScan::by_part(&file, &most).is_none());
    // The header says where the list begins.
    bytes[176..184].fill(0);
    let broken = Arc::new(JournalFile::from_backing(Box::new(bytes)).unwrap());
    assert!(FileScan::by_part(&broken, &few).is_none());
    let scan = FileScan::within(broken, &few);
    assert!(!scan.seen().is_empty());
}
