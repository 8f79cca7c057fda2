//! A recorded machine, through the whole command: what really happened is found, however the journal is handed over.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use chrono::{DateTime, FixedOffset, TimeDelta};
use nwlog_corpora::{recordings, truth};
use serde_json::{Map, Value};

use crate::desk::Desk;
use crate::journal::{self, Entry, entries, export, is_of_the_kernel};

/// What the recording itself gives, as lines of JSON.
fn expected() -> &'static str {
    static LINES: OnceLock<String> = OnceLock::new();
    LINES.get_or_init(|| {
        let path = journal::path();
        let said = Desk::new().nwlog(["analyze", "-o", "json", "--no-store", path.to_str().unwrap()]);
        let said = said.with_status(0);
        assert_eq!(said.err, "");
        said.out
    })
}

/// Asserts that lines are the same in any order, for files tell when an incident closed as differently as they are cut.
/// What differs is said by id and key, for a whole incident is no message.
#[track_caller]
fn assert_same(what: &str, found: &str, expected: &str) {
    let by_id = |lines: &str| -> BTreeMap<String, Map<String, Value>> {
        let incidents = lines.lines().map(|line| serde_json::from_str::<Map<String, Value>>(line).unwrap());
        incidents.map(|incident| (incident["id"].as_str().unwrap().to_owned(), incident)).collect()
    };
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let (one, other) = (by_id(found), by_id(expected));
    let ids = |incidents: &BTreeMap<String, _>| incidents.keys().cloned().collect::<Vec<_>>();
    assert_eq!(ids(&one), ids(&other), "{what}");
    for (id, incident) in &one {
        let keys: BTreeSet<_> = incident.keys().chain(other[id].keys()).collect();
        for key in keys {
            assert_eq!(incident.get(key), other[id].get(key), "{what}: {id} {key}");
        }
    }
    assert!(found.lines().count() == one.len() && lines(found) == lines(expected), "{what}");
}

/// An incident without what only a whole journal can tell: a unit's lines before a kill are looked up in the kill's own
/// file, and how the kernel's clock differs from journald's shows where both have written.
fn story(line: &str) -> String {
    let mut incident: Map<String, Value> = serde_json::from_str(line).unwrap();
    incident.retain(|key, _| !matches!(key.as_str(), "context" | "first" | "last") && !key.ends_with("_us"));
    for item in incident["timeline"].as_array_mut().unwrap() {
        item.as_object_mut().unwrap().remove("at");
    }
    Value::Object(incident).to_string() + "\n"
}

/// When each incident began, by id.
fn beginnings(lines: &str) -> BTreeMap<String, DateTime<FixedOffset>> {
    let of = |incident: Value| {
        let text = |key: &str| incident[key].as_str().unwrap().to_owned();
        (text("id"), DateTime::parse_from_rfc3339(&text("first")).unwrap())
    };
    lines.lines().map(|line| of(serde_json::from_str(line).unwrap())).collect()
}

fn analyzed(files: &[(&str, Vec<u8>)]) -> String {
    let desk = Desk::new();
    let paths = files.iter().map(|(name, bytes)| desk.put(name, bytes).to_str().unwrap().to_owned());
    let args = ["analyze", "-o", "json", "--no-store"].map(str::to_owned).into_iter().chain(paths);
    let said = desk.nwlog(args).with_status(0);
    assert_eq!(said.err, "");
    said.out
}

#[test]
fn every_failure_is_found_and_none_invented() {
    let incidents: Vec<_> = expected().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let verdict = truth::check(&incidents, &journal::recording().rows);
    assert!(verdict.holds(), "{verdict}");
    assert_eq!((verdict.right, verdict.musts, verdict.invented), (21, 21, 0));
}

#[test]
fn every_failure_of_other_machines_is_found_and_none_invented() {
    for recording in recordings::all().unwrap() {
        let path = recording.path.to_str().unwrap();
        let said = Desk::new().nwlog(["analyze", "-o", "json", "--no-store", "-q", path]).with_status(0);
        let incidents: Vec<_> = said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let verdict = truth::check(&incidents, &recording.rows);
        assert!(verdict.holds(), "{}: {verdict}", recording.name);
    }
}

#[test]
fn a_wire_format_changes_nothing() {
    let plain = journal::plain();
    let entries = entries(&plain);
    assert_eq!(export(&entries), plain);
    let lines: String = entries.iter().map(|entry| entry.json() + "\n").collect();
    let seq: String = entries.iter().map(|entry| format!("\x1e{}\n", entry.json())).collect();
    for (name, bytes) in [("x.json", lines.into_bytes()), ("x.seq", seq.into_bytes())] {
        let found = analyzed(&[(name, bytes)]);
        assert_same(name, &found, expected());
        assert!(found == expected(), "{name}: the order");
    }
}

#[test]
fn compression_changes_nothing() {
    let plain = journal::plain();
    for (name, bytes) in
        [("x.gz", journal::gzip(&plain)), ("x.xz", journal::xz(&plain)), ("x.export", plain.clone())]
    {
        assert!(analyzed(&[(name, bytes)]) == expected(), "{name}");
    }
}

#[test]
fn how_a_pipe_is_cut_changes_nothing() {
    let plain = journal::plain();
    let compressed = journal::recording().read().unwrap();
    let (head, rest) = plain.split_at(20_000);
    let odd = head.chunks(1).chain(rest[..70_000].chunks(7)).chain(rest[70_000..].chunks(4_096));
    let desk = Desk::new();
    let words = "analyze -o json --no-store";
    assert!(desk.pipe(words, odd).with_status(0).out == expected(), "odd sizes");
    assert!(desk.pipe(&format!("{words} -"), plain.chunks(65_537)).with_status(0).out == expected(), "large");
    assert!(desk.pipe(words, compressed.chunks(13)).with_status(0).out == expected(), "compressed");
    assert!(
        desk.pipe(&format!("{words} -j 1"), plain.chunks(100_000)).with_status(0).out == expected(),
        "-j 1"
    );
}

#[test]
fn files_that_overlap_are_one_journal() {
    let plain = journal::plain();
    let entries = entries(&plain);
    let (kernel, rest): (Vec<&Entry>, Vec<&Entry>) =
        entries.iter().partition(|entry| is_of_the_kernel(entry));
    let (first, second) = entries.split_at(entries.len() / 2);
    assert!(kernel.len() > 100);
    let kernel = || export(kernel.iter().copied());
    let rest = || export(rest.iter().copied());
    let stories = |lines: &str| lines.lines().map(story).collect::<String>();
    for (what, files) in [
        ("kernel and rest", [("kernel", kernel()), ("rest", rest())]),
        ("rest and kernel", [("a-rest", rest()), ("b-kernel", journal::gzip(&kernel()))]),
    ] {
        let found = analyzed(&files);
        assert_same(what, &stories(&found), &stories(expected()));
        for ((id, one), (_, other)) in beginnings(&found).iter().zip(&beginnings(expected())) {
            assert!((*one - *other).abs() < TimeDelta::milliseconds(100), "{what}: {id} {one} {other}");
        }
    }
    for (what, files) in [
        ("halves", [("first", export(first)), ("second", export(second))]),
        ("halves in reverse order", [("second", export(second)), ("first", export(first))]),
        ("twice", [("one", plain.clone()), ("same", plain.clone())]),
    ] {
        assert_same(what, &analyzed(&files), expected());
    }
}

#[test]
fn analyzing_again_doubles_nothing() {
    let desk = Desk::new();
    let path = journal::path();
    let analyze = || desk.nwlog(["analyze", "-o", "json", path.to_str().unwrap()]).with_status(0);
    let count = || desk.run("status -o json").with_status(0).json()[0]["incidents"].as_u64();
    let mut ids = analyze().column("id");
    ids.sort_unstable();
    assert_eq!(ids.len(), 21);
    assert_eq!(count(), Some(21));
    let whole = desk.run("search -n all -o json").with_status(0);

    analyze();
    assert_eq!(count(), Some(21));
    let again = desk.run("search -n all -o json").with_status(0);
    let mut found = again.column("id");
    found.sort_unstable();
    assert_eq!(found, ids);
    assert_same("again", &again.out, &whole.out);
    for id in ids {
        desk.run(&format!("show {id}")).with_status(0);
    }
}

#[test]
fn what_is_selected_is_printed_and_the_rest_is_kept() {
    let desk = Desk::new();
    let path = journal::path();
    let path = path.to_str().unwrap();
    let units = |args: &[&str]| {
        let said = desk.nwlog([&["analyze", "--no-store", "-o", "json"], args, &[path]].concat());
        let mut units = said.with_status(0).column("unit");
        units.sort_unstable();
        units.iter().map(|unit| unit.trim_end_matches(".service").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(units(&["-u", "myapp"]), ["myapp"]);
    assert_eq!(units(&["-u", "quiet*", "-u", "hog.service"]), ["hog", "quiet", "quiet3"]);
    assert_eq!(units(&["-p", "warning", "-g", "own memory limit"]), ["myapp"]);
    assert_eq!(units(&["-p", "critical"]).len(), 15);
    assert_eq!(units(&["-p", "notice"]).len(), 21);
    assert_eq!(units(&["-g", "READ-ONLY FILE SYSTEM"]), Vec::<String>::new());
    assert_eq!(units(&["-g", "read-only file system"]), ["rofill"]);
    assert_eq!(units(&["-t", "systemd", "-u", "hog"]), ["hog"]);
    assert_eq!(units(&["-t", "dbus-daemon"]), ["stk"]);
    assert_eq!(
        units(&["-S", "2026-11-23 01:14:50", "-p", "critical", "-g", "killed by the kernel"]),
        ["hog"]
    );
    assert_eq!(units(&["-U", "2026-11-23 01:13:39"]), ["api"]);
    assert_eq!(units(&["-S", "2026-11-24"]), Vec::<String>::new());
    assert_eq!(units(&["-n", "3"]).len(), 3);
    assert_eq!(units(&["-n", "all"]).len(), 21);
    assert_eq!(units(&["-n", "0"]), Vec::<String>::new());

    let last: Vec<_> = expected().lines().rev().take(3).collect();
    let three = desk.nwlog(["analyze", "--no-store", "-o", "json", "-n", "3", path]).with_status(0);
    assert_eq!(three.out.lines().rev().collect::<Vec<_>>(), last);

    // What is printed is no more than what was asked for; what is kept is all.
    desk.nwlog(["analyze", "-u", "myapp", path]).with_status(0);
    assert_eq!(desk.run("status -o json").json()[0]["incidents"], 21);
}

#[test]
fn a_script_asks_by_status() {
    let desk = Desk::new();
    let path = journal::path();
    for (args, status) in [
        (&["--fail-on", "critical"][..], 1),
        (&["--fail-on", "notice"], 1),
        (&["--fail-on", "critical", "-u", "myapp"], 0),
        (&["--fail-on", "warning", "-u", "myapp"], 1),
        (&["--fail-on", "warning", "-u", "quiet"], 0),
        (&["--fail-on", "notice", "-u", "nothing-of-that-name"], 0),
        (&[], 0),
    ] {
        let all = [&["analyze", "--no-store", "-q", "-o", "short"], args, &[path.to_str().unwrap()]].concat();
        assert_eq!(desk.nwlog(all).with_status(status).err, "", "{args:?}");
    }
}
