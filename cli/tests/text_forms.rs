//! A journal that journalctl printed is the same story in every form of text.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use nwlog_corpora::journals::{Compact, Keyed, or_skip, remote};
use nwlog_corpora::recordings;
use serde_json::{Map, Value};

use crate::desk::Desk;
use crate::journal::{decompressed, gzip, xz};

/// Whose clocks the recordings are printed by: its name stands in the text, and it is an hour ahead of the desk's.
const ZONE: &str = "Europe/Berlin";

/// The recordings as journal files; none where the program that makes these is missing.
fn journals(desk: &Desk) -> Vec<(String, PathBuf)> {
    let mut journals = Vec::new();
    for recording in recordings::all().unwrap() {
        let path = desk.path(&format!("{}.journal", recording.name));
        let made = remote(&path, &decompressed(&recording.path), Compact::No, Keyed::Yes);
        if or_skip(made).unwrap().is_some() {
            journals.push((recording.name, path));
        }
    }
    journals
}

/// What journalctl prints of a file.
fn printed(desk: &Desk, journal: &Path, args: &[&str]) -> Vec<u8> {
    let mut journalctl = desk.command("journalctl");
    journalctl.env("TZ", ZONE).args(["--no-pager", "-q", "--file"]).arg(journal).args(args);
    journalctl.output().unwrap().stdout
}

/// A file that was last changed a day after the recordings were made.
fn put(desk: &Desk, name: &str, bytes: &[u8]) -> PathBuf {
    let path = desk.put(name, bytes);
    let changed = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_500_000);
    File::options().write(true).open(&path).unwrap().set_modified(changed).unwrap();
    path
}

/// The incidents in a file.
fn incidents(desk: &Desk, path: &Path) -> Vec<Value> {
    let mut nwlog = desk.command(env!("CARGO_BIN_EXE_nwlog"));
    nwlog.env("TZ", ZONE).args(["analyze", "--no-store", "-q", "-o", "json"]).arg(path);
    let output = nwlog.output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && err.is_empty(), "{}: {err}", path.display());
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What an incident says without what hangs on where its lines stood.
fn without_places(incident: &Value) -> Map<String, Value> {
    let mut incident = incident.as_object().unwrap().clone();
    for key in ["id", "formerly", "links"] {
        incident.remove(key);
    }
    incident
}

/// The same without times, and what is reckoned with them.
fn without_times(incident: &Value) -> Map<String, Value> {
    let mut incident = without_places(incident);
    for key in ["first", "last", "down_us", "detect_us", "recover_us", "headline"] {
        incident.remove(key);
    }
    for list in ["timeline", "context"] {
        let Some(Value::Array(items)) = incident.get_mut(list) else { continue };
        for item in items.iter_mut() {
            item.as_object_mut().unwrap().remove("at");
        }
        // Records of one second have no order of their own.
        items.sort_by_key(Value::to_string);
    }
    incident
}

#[track_caller]
fn assert_same<K: PartialEq + std::fmt::Debug>(what: &str, found: Vec<K>, expected: &[K]) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found, expected, "{what}");
    }
}

#[test]
fn every_form_tells_the_same() {
    let desk = Desk::new();
    for (name, journal) in journals(&desk) {
        let text = |args: &[&str]| {
            let file = format!("{name}{}.txt", args.join(""));
            incidents(&desk, &put(&desk, &file, &printed(&desk, &journal, args)))
        };
        let iso = text(&["-o", "short-iso-precise"]);
        let places: Vec<_> = iso.iter().map(without_places).collect();
        for form in ["short-precise", "short-unix"] {
            assert_same(
                &format!("{name} {form}"),
                text(&["-o", form]).iter().map(without_places).collect(),
                &places,
            );
        }
        let iso = text(&["-o", "short-iso"]);
        let places: Vec<_> = iso.iter().map(without_places).collect();
        for args in [&["-o", "short"][..], &["-o", "short-full"]] {
            assert_same(
                &format!("{name} {args:?}"),
                text(args).iter().map(without_places).collect(),
                &places,
            );
        }
    }
}
