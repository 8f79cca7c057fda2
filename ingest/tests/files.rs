//! Journal files to events: how entries are spread over files, and what the prefilter leaves out, changes nothing.
#![allow(missing_docs, clippy::print_stderr, clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::HashSet;
use std::io::{Cursor, Read};
use std::sync::Arc;

use nwlog_corpora::journals::Entry;
use nwlog_corpora::journals::entry::read_export;
use nwlog_corpora::journals::forge::{Forge, Form};
use nwlog_corpora::{recordings, scenario};
use nwlog_ingest::journal::JournalFile;
use nwlog_ingest::scan::{FileScan, JournalSession, Told, first_key};
use nwlog_ingest::source::decompress;

/// Entries in as many files as there are cuts and one.
fn files(entries: &[Entry], cuts: &[usize], compact: bool) -> Vec<Arc<JournalFile>> {
    let mut bounds = vec![0];
    bounds.extend(cuts.iter().copied().filter(|cut| (1..entries.len()).contains(cut)));
    bounds.push(entries.len());
    bounds.dedup();
    let spans = bounds.windows(2).map(|span| (span[0], span[1]));
    spans
        .map(|(from, to)| {
            let form =
                Form { seqnum: from as u64 + 1, file_id: 7 + from as u128, compact, ..Form::default() };
            let bytes = Forge::file(form, &entries[from..to]);
            Arc::new(JournalFile::from_backing(Box::new(bytes)).unwrap())
        })
        .collect()
}

fn told(files: &[Arc<JournalFile>], prefilter: bool) -> Vec<String> {
    let keys: Vec<_> = files.iter().map(|file| first_key(file).unwrap()).collect();
    let mut session = JournalSession::new(&keys);
    let mut told = Vec::new();
    let mut each = |one| {
        if let Told::Event(event) = one {
            told.push(format!("{event:?}"));
        }
    };
    for slot in session.order().to_vec() {
        session.load(slot, FileScan::with_prefilter(Arc::clone(&files[slot]), prefilter));
        session.visit(&mut each);
    }
    assert_eq!(session.visit(&mut each), None);
    // Dumps whose writers fell silent end with the next visit, whatever that is: the correlator puts them in order.
    told.sort();
    told
}

#[track_caller]
fn assert_same(one: &[String], other: &[String], what: &str) {
    for (n, (a, b)) in one.iter().zip(other).enumerate() {
        assert_eq!(a, b, "{what}: event {n}");
    }
    assert_eq!(one.len(), other.len(), "{what}");
}

fn entries(export: &[u8]) -> Vec<Entry> {
    let (placed, _) = read_export(export);
    placed.into_iter().map(|placed| placed.entry.sorted()).collect()
}

#[test]
fn a_recording_tells_the_same_in_one_file_and_in_many_and_without_the_prefilter() {
    for recording in recordings::all().unwrap() {
        let mut export = Vec::new();
        decompress(Cursor::new(recording.read().unwrap())).unwrap().read_to_end(&mut export).unwrap();
        let entries = entries(&export);
        let one = told(&files(&entries, &[], false), true);
        assert!(one.len() > 10, "{}", recording.name);
        let cuts: Vec<usize> = (1..12).map(|n| entries.len() * n / 12 + n).collect();
        assert_same(&one, &told(&files(&entries, &cuts, true), true), recording.name);
        assert_same(&one, &told(&files(&entries, &cuts, false), false), recording.name);
    }
}

/// Entries dealt to files that lie beside each other, as a system's and a user's do. Each has a counter of its own, so that
/// what orders them is the time since the boot.
fn dealt(entries: &[Entry], hands: usize, seed: usize) -> Vec<Arc<JournalFile>> {
    let mut dealt = vec![Vec::new(); hands];
    for (n, entry) in entries.iter().enumerate() {
        let card = (n + 1).wrapping_mul(seed * 2 + 0x9e37_79b9) >> 7;
        dealt[card % hands].push(entry.clone());
    }
    let files = dealt.iter().enumerate().filter(|(_, entries)| !entries.is_empty());
    files
        .map(|(hand, entries)| {
            let (file_id, seqnum_id) = (70 + hand as u128, 700 + hand as u128);
            let bytes = Forge::file(Form { file_id, seqnum_id, ..Form::default() }, entries);
            Arc::new(JournalFile::from_backing(Box::new(bytes)).unwrap())
        })
        .collect()
}

/// What a dump or an OOM block goes on with may lie in a file whose reader has passed it by.
#[test]
fn files_that_overlap_tell_the_same_as_one() {
    let mut compared = 0;
    for (name, story) in scenario::all().unwrap() {
        let entries = entries(&story.export());
        // In one file and in several, entries of one moment are ordered by different things.
        let times: HashSet<_> = entries.iter().map(|entry| (entry.boot_id, entry.monotonic)).collect();
        if times.len() < entries.len() {
            continue;
        }
        let whole = told(&dealt(&entries, 1, 0), true);
        let whole: Vec<_> = whole.iter().map(|event| uncounted(event)).collect();
        for seed in 0..8 {
            let several = told(&dealt(&entries, 2 + seed % 3, seed), true);
            let several: Vec<_> = several.iter().map(|event| uncounted(event)).collect();
            assert_same(&whole, &several, &format!("{name} {seed}"));
        }
        compared += 1;
    }
    assert!(compared > 20, "{compared}");
}

/// An event without its cursor, which says in which file it is.
fn uncounted(event: &str) -> String {
    let Some((before, cursor)) = event.split_once("cursor: Some(\"") else { return event.to_owned() };
    let (_, after) = cursor.split_once("\")").unwrap();
    format!("{before}{after}")
}

/// A dump and an OOM block are of many entries: a rotation may come between any two of them.
#[test]
fn a_rotation_anywhere_changes_nothing() {
    let mut dumps = 0;
    for (name, story) in scenario::all().unwrap() {
        let entries = entries(&story.export());
        let whole = files(&entries, &[], false);
        let one = told(&whole, true);
        let is_long = |event: &&String| event.contains("fact: Go") || event.contains("fact: Oom");
        if one.iter().filter(is_long).count() == 0 {
            continue;
        }
        dumps += 1;
        for cut in 1..entries.len().min(150) {
            assert_same(&one, &told(&files(&entries, &[cut], false), true), &format!("{name} {cut}"));
        }
    }
    assert!(dumps > 5);
}

/// Whether the kernel's log can be read depends on the machine; what is read has to be what `dmesg` has.
#[test]
fn the_kernels_log_is_read_record_by_record() {
    use nwlog_ingest::source::KernelLog;

    let mut log = match KernelLog::open(std::path::Path::new("/dev/kmsg")) {
        Ok(log) => log,
        Err(error) => {
            eprintln!("skipped: {error}");
            return;
        }
    };
    let mut numbers = Vec::new();
    while let Some(record) = log.record().unwrap() {
        let number = std::str::from_utf8(record).unwrap().split(',').nth(1).unwrap();
        numbers.push(number.parse::<u64>().unwrap());
    }
    assert!(numbers.is_sorted(), "{numbers:?}");
    log.skip().unwrap();
    let next = log.record().unwrap();
    assert!(next.is_none_or(|record| record.contains(&b';')));
}
