//! Sound files: every reader reads the same.

use std::fs;

use nwlog_corpora::journals::entry::Placed;
use nwlog_corpora::journals::forge::{Forge, Form, Pack};
use nwlog_corpora::journals::zoo::{self, Animal};
use nwlog_corpora::journals::{Entry, content};
use nwlog_journal::{JournalFile, OpenError};

use crate::readers::{journalctl, ours, read, sdjournal};

/// Holds us against both oracles.
fn hold(Animal { name, bytes }: &Animal) -> Vec<Placed> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("held.journal");
    fs::write(&path, bytes).unwrap();
    let by_bytes = ours(bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
    let by_path = read(&JournalFile::open(&path).unwrap());
    assert_same(name, "a file in memory", &by_path.entries, &by_bytes.entries);
    assert_eq!(by_bytes.lost, 0, "{name}");
    assert!(by_bytes.damage.is_none(), "{name}: {:?}", by_bytes.damage);

    if let Some(theirs) = journalctl(&path) {
        assert_same(name, "journalctl", &by_bytes.entries, &theirs);
    }
    let theirs = sdjournal(bytes);
    // It has no xz here, and refuses names that it does not like.
    if !name.contains("Xz") {
        let less = |placed: &Placed| Placed { seqnum_id: 0, xor_hash: 0, ..placed.clone() };
        let ours: Vec<Placed> = by_bytes.entries.iter().map(less).collect();
        assert_same(name, "sdjournal", &ours, &theirs);
    }
    by_bytes.entries
}

fn assert_same(name: &str, by: &str, ours: &[Placed], theirs: &[Placed]) {
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert!(ours == theirs, "{name}: {by} reads {}\nnot {}", told(theirs), told(ours));
    }
    assert_eq!(ours.len(), theirs.len(), "{name}: entries, ours and those of {by}");
}

/// An entry, short enough to be looked at.
fn told(placed: &Placed) -> String {
    let fields: Vec<_> = placed
        .entry
        .fields
        .iter()
        .map(|field| String::from_utf8_lossy(field.get(..80).unwrap_or(field)).into_owned())
        .take(40)
        .collect();
    format!(
        "{} {:x} {} {} {:x} ({} fields) {fields:?}",
        placed.seqnum,
        placed.xor_hash,
        placed.entry.realtime,
        placed.entry.monotonic,
        placed.entry.boot_id,
        placed.entry.fields.len()
    )
}

#[test]
fn forged_files_read_as_they_were_written() {
    for (form_name, form) in zoo::forms() {
        for (name, entries) in zoo::contents() {
            let bytes = Forge::file(form.clone(), &entries);
            let read = hold(&Animal { name: format!("{form_name}, {name}"), bytes });
            let read: Vec<Entry> = read.into_iter().map(|placed| placed.entry.sorted()).collect();
            let written: Vec<Entry> = entries.into_iter().map(Entry::sorted).collect();
            assert!(read == written, "{form_name}, {name}");
        }
    }
}

#[test]
fn odd_files_read_as_plain_ones() {
    let entries = content::everyday(300);
    for (name, form) in zoo::odd_forms() {
        let bytes = Forge::file(form, &entries);
        assert_eq!(hold(&Animal { name, bytes }).len(), entries.len());
    }
    hold(&zoo::strange_objects());
    let empty = Animal { name: "no entries".to_owned(), bytes: Forge::file(Form::default(), []) };
    assert_eq!(hold(&empty).len(), 0);
}

#[test]
fn files_of_journal_remote_read_as_journalctl_does() {
    for animal in zoo::remotes().unwrap() {
        hold(&animal);
    }
}

#[test]
fn files_of_a_journald_read_as_journalctl_does() {
    for household in zoo::journalds() {
        let folder = tempfile::tempdir().unwrap();
        zoo::journald(folder.path(), &household).unwrap().iter().for_each(|animal| drop(hold(animal)));
    }
}

#[test]
fn files_of_other_versions_read_as_journalctl_does() {
    for animal in zoo::kept_files().unwrap() {
        assert!(hold(&animal).len() > 20, "{}", animal.name);
    }
}

#[test]
fn unknown_incompatible_flags_are_refused_by_number() {
    let form = Form { incompatible: 1 << 7 | 1 << 30, pack: Pack::Zstd, ..Form::default() };
    let refused = ours(&Forge::file(form, &content::multi_valued())).unwrap_err();
    assert!(matches!(refused, OpenError::UnknownFlags(flags) if flags == 1 << 7 | 1 << 30), "{refused}");
}
