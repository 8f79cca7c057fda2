//! journalctl tells whether what is made is what it should be.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use super::daemon::{Settings, Wish};
use super::forge::{Forge, Form, Pack};
use super::zoo::contents;
use super::*;

/// What journalctl reads, in the order of the file.
fn read(path: &Path) -> Option<Vec<Entry>> {
    let mut placed = or_skip(oracle::entries(path)).unwrap()?;
    placed.sort_by_key(|placed| placed.seqnum);
    Some(placed.into_iter().map(|placed| placed.entry.sorted()).collect())
}

fn assert_says(what: &str, path: &Path, entries: &[Entry]) {
    let Some(read) = read(path) else { return };
    let wanted: Vec<Entry> = entries.iter().map(|entry| entry.clone().sorted()).collect();
    assert_eq!(read.len(), wanted.len(), "{what}");
    for (read, wanted) in read.iter().zip(&wanted) {
        assert!(read == wanted, "{what}: {read:?}\n{wanted:?}");
    }
    let said = oracle::verify(path, None).unwrap();
    let is_known = !said.as_ref().is_some_and(|said| said.contains("unknown extensions"));
    assert!(said.is_none() || !is_known, "{what}: {said:?}");
}

#[test]
fn an_export_reads_back() {
    for (name, entries) in contents() {
        let export = entry::export(&entries);
        let (read, rest) = entry::read_export(&export);
        let read: Vec<Entry> = read.into_iter().map(|placed| placed.entry).collect();
        assert!(rest.is_empty(), "{name}");
        assert!(read == entries, "{name}");
    }
}

#[test]
fn what_is_forged_is_sound() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("forged.journal");
    let mut forms = Vec::new();
    for pack in [Pack::None, Pack::Xz, Pack::Lz4, Pack::Zstd] {
        for (compact, keyed) in [(false, false), (false, true), (true, true), (true, false)] {
            forms.push(Form { pack, compact, keyed, ..Form::default() });
        }
    }
    for header_size in (208..=272).step_by(8).chain([280, 512]) {
        forms.push(Form { header_size, ..Form::default() });
    }
    forms.extend([
        Form { state: 2, ..Form::default() },
        Form { seqnum: 1 << 40, ..Form::default() },
        Form { room: 1 << 20, ..Form::default() },
        Form { compatible: 1 << 20, ..Form::default() },
        Form { data_buckets: 1, field_buckets: 1, ..Form::default() },
        Form { pack: Pack::Zstd, pack_from: 8, ..Form::default() },
    ]);
    for (nth, form) in forms.into_iter().enumerate() {
        // How it is packed shows in all of them; the rest shows in any.
        for (name, entries) in contents().into_iter().take(if nth < 16 { 10 } else { 2 }) {
            fs::write(&path, Forge::file(form.clone(), &entries)).unwrap();
            assert_says(&format!("{name}, {form:?}"), &path, &entries);
        }
    }
}

#[test]
fn journal_remote_writes_what_it_is_given() {
    let folder = tempfile::tempdir().unwrap();
    for compact in [Compact::Yes, Compact::No] {
        for keyed in [Keyed::Yes, Keyed::No] {
            for (name, entries) in contents() {
                let folder = folder.path().join(format!("{name} {compact:?} {keyed:?}"));
                fs::create_dir(&folder).unwrap();
                let made = remote(&folder.join("zoo.journal"), &entry::export(&entries), compact, keyed);
                if or_skip(made).unwrap().is_none() {
                    return;
                }
                assert_says(name, &folder, &entries);
            }
        }
    }
}

#[test]
fn a_journald_keeps_what_it_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings { is_sealed: true, ..Settings::default() };
    let Some(journald) = or_skip(Journald::start(folder.path(), &settings)).unwrap() else { return };
    journald.send(["MESSAGE=native", "TAG=one", "TAG=two"]).unwrap();
    journald.send([b"MESSAGE=large".to_vec(), [&b"CORE="[..], &[7; 2 << 20]].concat()]).unwrap();
    journald.print("printer", b"first\nsecond\n").unwrap();
    journald.syslog(b"<11>teller[7]: by syslog").unwrap();
    journald.wish(Wish::Sync).unwrap();
    journald.wish(Wish::Rotate).unwrap();
    journald.send(["MESSAGE=behind the rotation"]).unwrap();
    journald.wish(Wish::Sync).unwrap();
    let key = journald.key().unwrap();
    let journals = journald.journals();
    journald.stop().unwrap();

    let read = oracle::entries(&journals).unwrap();
    let has = |field: &[u8]| read.iter().any(|placed| placed.entry.fields.iter().any(|have| have == field));
    for field in [
        "MESSAGE=native",
        "TAG=one",
        "TAG=two",
        "MESSAGE=first",
        "MESSAGE=second",
        "MESSAGE=by syslog",
        "MESSAGE=behind the rotation",
    ] {
        assert!(has(field.as_bytes()), "{field}");
    }
    assert!(has(&[&b"CORE="[..], &[7; 2 << 20]].concat()));
    let files: Vec<_> = fs::read_dir(journals.join(format!("{:032x}", content::MACHINE)))
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "journal"))
        .collect();
    assert_eq!(files.len(), 2, "{files:?}");
    for file in files {
        assert_eq!(oracle::verify(&file, Some(&key)).unwrap(), None);
    }
}

#[test]
fn a_journald_that_was_killed_leaves_a_file_with_a_tilde() {
    let folder = tempfile::tempdir().unwrap();
    for round in ["one", "two"] {
        let started = Journald::start(folder.path(), &Settings::default());
        let Some(journald) = or_skip(started).unwrap() else { return };
        journald.send([format!("MESSAGE={round}")]).unwrap();
        journald.wish(Wish::Sync).unwrap();
        journald.kill().unwrap();
    }
    let names: Vec<_> = fs::read_dir(folder.path().join("var").join(format!("{:032x}", content::MACHINE)))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(names.iter().any(|name| name.ends_with(".journal~")), "{names:?}");
}

#[test]
fn what_is_kept_is_sound_and_has_an_origin() {
    let sources = fs::read_to_string(crate::root().join("SOURCES.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let kept = kept::all().unwrap();
    assert!(!kept.is_empty());
    for file in kept {
        assert!(sources.contains(&format!("`journals/{}.zst`", file.name)), "{}", file.name);
        let path = folder.path().join("kept.journal");
        fs::write(&path, file.read().unwrap()).unwrap();
        let Some(read) = read(&path) else { return };
        assert!(read.len() > 20, "{}: {}", file.name, read.len());
    }
}
