//! A journal that journalctl printed is the same story in every form of text.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use nwlog_corpora::journals::{Compact, Keyed, or_skip, remote};
use nwlog_corpora::recordings;
use serde_json::{Map, Value};

use crate::desk::Desk;
use crate::journal::{decompressed, entries, gzip, is_of_the_kernel, plain, xz};

/// Whose clocks the recordings are printed by: its name stands in the text, and it is an hour ahead of the desk's.
const ZONE: &str = "Europe/Berlin";

/// The recordings as journal files; none where the program that makes these is missing.
fn journals(desk: &Desk) -> Vec<(String, PathBuf)> {
    let mut journals = Vec::new();
    for recording in recordings::all().unwrap() {
        let path = desk.path(&format!("{}.journal", recording.name));
        let made = remote(&path, &decompressed(&recording.path), Compact::No, Keyed::Yes);
        if or_skip(made).unwrap().is_some() {
            journals.push((recording.name.to_owned(), path));
        }
    }
    journals
}

/// What journalctl prints of a file.
fn printed(desk: &Desk, journal: &Path, args: &[&str]) -> Vec<u8> {
    let mut journalctl = desk.command("journalctl");
    journalctl.env("TZ", ZONE).args(["--no-pager", "--file"]).arg(journal).args(args);
    journalctl.output().unwrap().stdout
}

/// A file that was last changed a day after the recordings were made.
fn put(desk: &Desk, name: &str, bytes: &[u8]) -> PathBuf {
    let path = desk.put(name, bytes);
    let changed = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_770_000);
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

/// What it is about: what hangs on no clock. The kernel's is another than journald's, and times since the boot are of both.
fn about(incident: &Value) -> Map<String, Value> {
    let mut incident = without_places(incident);
    incident.retain(|key, _| {
        matches!(key.as_str(), "kind" | "cause" | "unit" | "host" | "boot_id" | "occurrences")
    });
    incident
}

/// Holds incidents against others, in whatever order: those that end in one instant go by their ids.
#[track_caller]
fn assert_same(what: &str, found: &[Value], expected: &[Value], part: fn(&Value) -> Map<String, Value>) {
    let parts = |incidents: &[Value]| {
        let mut parts: Vec<_> = incidents.iter().map(part).collect();
        parts.sort_by_cached_key(|part| Value::from(part.clone()).to_string());
        parts
    };
    assert_eq!(found.len(), expected.len(), "{what}");
    for (found, expected) in parts(found).iter().zip(&parts(expected)) {
        assert_eq!(found, expected, "{what}");
    }
}

/// The same without the host, which the lines may leave out.
fn without_host(incident: &Value) -> Map<String, Value> {
    let mut incident = without_places(incident);
    incident.remove("host");
    incident
}

#[test]
fn every_form_tells_the_same() {
    let desk = Desk::new();
    for (name, journal) in journals(&desk) {
        let text = |args: &[&str]| {
            let file = format!("{name}{}.txt", args.join(""));
            incidents(&desk, &put(&desk, &file, &printed(&desk, &journal, args)))
        };
        let precise = text(&["-o", "short-iso-precise"]);
        for form in ["short-precise", "short-unix"] {
            assert_same(&format!("{name} {form}"), &text(&["-o", form]), &precise, without_places);
        }
        let no_host = text(&["-o", "short-precise", "--no-hostname"]);
        assert!(no_host.iter().all(|incident| incident.get("host").is_none()), "{name} without hosts");
        assert_same(&format!("{name} without hosts"), &no_host, &precise, without_host);
        // What is reckoned with times is that of whole seconds.
        let seconds = text(&["-o", "short-iso"]);
        for form in ["short", "short-full"] {
            assert_same(&format!("{name} {form}"), &text(&["-o", form]), &seconds, without_places);
        }
        for form in ["short-monotonic", "short-delta"] {
            let found = text(&["-o", form]);
            assert!(
                found.iter().all(|incident| incident.get("first").is_none_or(Value::is_null)),
                "{name} {form}"
            );
            // Its clock was set ahead and back: by that clock alone, what failed in between failed behind the shutdown.
            if name != "mill" {
                assert_same(&format!("{name} {form}"), &found, &precise, about);
            }
        }
    }
}

#[test]
fn packed_cut_off_or_from_elsewhere_it_tells_the_same() {
    let desk = Desk::new();
    let Some((_, journal)) = journals(&desk).into_iter().find(|(name, _)| name == "nightbox") else { return };
    let text = printed(&desk, &journal, &["-o", "short-precise"]);
    let plain = incidents(&desk, &put(&desk, "plain", &text));
    assert!(plain.len() > 20);
    assert_eq!(incidents(&desk, &put(&desk, "packed.gz", &gzip(&text))), plain);
    assert_eq!(incidents(&desk, &put(&desk, "packed.xz", &xz(&text))), plain);

    let lines = || text.split_inclusive(|byte| *byte == b'\n');
    let crlf: Vec<u8> = lines().flat_map(|line| [&line[..line.len() - 1], b"\r\n"].concat()).collect();
    let found = incidents(&desk, &put(&desk, "crlf", &crlf));
    assert_same("crlf", &found, &plain, without_places);

    // Latin-1 in a line that belongs to no incident, and lines that a pager cut.
    let last = lines().next_back().and_then(|line| line.get(..22)).unwrap();
    let odd = [&text, last, b" nightbox caf\xe9[7]: \xe9t\xe9\n"].concat();
    let found = incidents(&desk, &put(&desk, "odd", &odd));
    assert_same("odd", &found, &plain, without_places);
    let cut: Vec<u8> = lines()
        .flat_map(|line| match line.get(..79).filter(|_| line.len() > 80) {
            Some(head) => [head, b">\n"].concat(),
            None => line.to_vec(),
        })
        .collect();
    let path = put(&desk, "cut", &cut);
    let said = desk.nwlog(["analyze", "--no-store", "-o", "json", path.to_str().unwrap()]).with_status(0);
    assert!(!said.err.contains("could not be read"), "{}", said.err);
}

#[test]
fn what_was_settled_is_told_once() {
    let desk = Desk::new();
    let year = "dates without a year are taken to be of the last year";
    let zone = "times without a zone are read as this machine's";
    let name = "a zone's name that means several is read as this machine's";
    for (text, told) in [
        ("Nov 23 02:13:37 host a[1]: b\n", &[year, zone][..]),
        ("[Mon Nov 23 02:13:37 2026] a\n", &[zone]),
        ("Mon 2026-11-23 02:13:37 CST host a[1]: b\n", &[name]),
        ("Mon 2026-11-23 02:13:37 CET host a[1]: b\n", &[]),
        ("2026-11-23T02:13:37+01:00 host a[1]: b\n", &[]),
        ("[    1.000000] host kernel: b\n", &[]),
    ] {
        let (one, two) = (put(&desk, "one", text.as_bytes()), put(&desk, "two", text.as_bytes()));
        for verb in [&["analyze", "--no-store"][..], &["cat"]] {
            let said =
                desk.nwlog([verb, &[one.to_str().unwrap(), two.to_str().unwrap()]].concat()).with_status(0);
            for remark in [year, zone, name] {
                let times = usize::from(told.contains(&remark));
                assert_eq!(said.err.matches(remark).count(), times, "{verb:?} {text}{}", said.err);
            }
        }
    }
}

#[test]
fn a_year_is_the_last_before_the_file_was_changed_and_a_zone_the_readers() {
    let desk = Desk::new();
    let text = "Nov 20 02:13:37 host a[1]: b\nNov 24 23:13:37 host a[1]: b\nDec 31 02:13:37 host a[1]: b\n";
    let path = put(&desk, "syslog", text.as_bytes());
    for (zone, expected) in [
        ("UTC", ["2026-11-20T02:13:37", "2026-11-24T23:13:37", "2025-12-31T02:13:37"]),
        ("Europe/Berlin", ["2026-11-20T01:13:37", "2026-11-24T22:13:37", "2025-12-31T01:13:37"]),
    ] {
        let mut nwlog = desk.command(env!("CARGO_BIN_EXE_nwlog"));
        nwlog.env("TZ", zone).args(["cat", "-q", "--utc", "-o", "short-iso-precise"]).arg(&path);
        let out = String::from_utf8(nwlog.output().unwrap().stdout).unwrap();
        let times: Vec<_> = out.lines().map(|line| &line[..19]).collect();
        assert_eq!(times, expected, "{zone}");
    }
}

/// The kernel's records of the recorded machine that are one line each, as `dmesg -r` prints them.
fn raw() -> Vec<u8> {
    let mut raw = Vec::new();
    for entry in entries(&plain()).iter().filter(|entry| is_of_the_kernel(entry)) {
        let number = |name| entry.field(name).and_then(nwlog_ingest::decimal::<u64>).unwrap_or_default();
        let text = entry.field("MESSAGE").unwrap_or_default();
        if number("SYSLOG_FACILITY") > 0 || text.iter().any(u8::is_ascii_control) || text.starts_with(b"[") {
            continue;
        }
        let at = number("_SOURCE_MONOTONIC_TIMESTAMP");
        let head = format!("<{}>[{:5}.{:06}] ", number("PRIORITY"), at / 1_000_000, at % 1_000_000);
        raw.extend_from_slice(&[head.as_bytes(), text, b"\n"].concat());
    }
    raw
}

#[test]
fn dmesg_says_the_same_in_every_form() {
    let desk = Desk::new();
    let raw = put(&desk, "raw", &raw());
    let said = |path: &Path| {
        let path = path.to_str().unwrap();
        let killed = desk.nwlog(["analyze", "--no-store", "-q", "-o", "json", path]).with_status(0);
        let said = desk.nwlog(["cat", "-q", "-o", "cat", path]).with_status(0);
        let mut units = killed.column("unit");
        units.sort();
        (said.out, units)
    };
    let (text, killed) = said(&raw);
    assert!(killed.iter().any(|unit| unit == "myapp.service"), "{killed:?}");
    for form in [
        &[][..],
        &["-T"],
        &["-x"],
        &["-x", "-T"],
        &["-d"],
        &["-d", "-T"],
        &["--time-format", "iso"],
        &["-x", "--time-format", "iso"],
        &["--time-format", "reltime"],
        &["--time-format", "delta"],
    ] {
        let printed = Command::new("dmesg").env("LC_ALL", "C").arg("-F").arg(&raw).args(form).output();
        let Some(printed) = printed.ok().filter(|printed| printed.status.success()) else {
            eprintln!("skipped: dmesg (util-linux) does not read files here");
            return;
        };
        let (found, units) = said(&put(&desk, "printed", &printed.stdout));
        assert_eq!(found, text, "{form:?}");
        assert_eq!(units, killed, "{form:?}");
    }
}
