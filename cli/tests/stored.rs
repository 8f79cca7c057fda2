//! What is kept is found again: search, show and status over a store.

use std::path::PathBuf;

use assert_cmd::Command;
use nwlog_correlate::{Incident, IncidentId};
use nwlog_index::{Store, WriterOptions};
use tempfile::TempDir;

use crate::incidents;

struct Kept {
    dir: TempDir,
}

impl Kept {
    fn new(incidents: Vec<Incident>) -> Self {
        let kept = Self { dir: TempDir::new().unwrap() };
        let mut writer = Store::open_writer(kept.store(), WriterOptions::LIVE).unwrap();
        for incident in incidents {
            writer.write(incident).unwrap();
        }
        writer.commit(None).unwrap();
        writer.close().unwrap();
        kept
    }

    /// Where the user's own store is.
    fn store(&self) -> PathBuf {
        self.dir.path().join(".local/state/nwlog")
    }

    fn run(&self, args: &[&str], status: i32) -> (String, String) {
        let mut command = Command::cargo_bin("nwlog").unwrap();
        let output =
            command.env_clear().env("HOME", self.dir.path()).arg("--utc").args(args).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(status), "{args:?}\nstdout: {out}\nstderr: {err}");
        (out, err)
    }
}

fn three() -> Kept {
    Kept::new(vec![incidents::oom(), incidents::go_panic(), incidents::disk()])
}

#[test]
fn search_finds_by_word_field_and_option() {
    let kept = three();
    for (args, ids) in [
        (&[][..], &["3f9c2a1b", "01020304", "d15c0000"][..]),
        (&["kind:oom-kill"], &["3f9c2a1b"]),
        (&["no", "space", "left"], &["d15c0000"]),
        (&["--kind", "go-panic"], &["01020304"]),
        (&["-u", "app", "-u", "db@*"], &["3f9c2a1b", "d15c0000"]),
        (&["--host", "nightbox", "-u", "web"], &["01020304"]),
        (&["-S", "2026-01-31 00:00", "-U", "2026-01-31 00:22:38.400"], &[]),
        (&["-S", "2026-01-31 00:22:39", "--kind", "disk-full"], &["d15c0000"]),
        (&["-b", "000000000000000000000000000000b2", "--kind", "go-panic"], &["01020304"]),
        (&["-b=-1", "--kind", "go-panic"], &["01020304"]),
        (&["-b", "-2"], &[]),
        (&["nowhere"], &[]),
    ] {
        let status = if ids.is_empty() { 1 } else { 0 };
        let (out, _) = kept.run(&[&["search"], args].concat(), status);
        let mut found: Vec<_> = out.lines().filter_map(|line| line.split_whitespace().nth(2)).collect();
        let mut expected = ids.to_vec();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{args:?}");
    }
}

#[test]
fn search_says_when_there_is_more() {
    let (out, err) = three().run(&["search", "-n", "1"], 0);
    assert_eq!(out.lines().count(), 1);
    assert_eq!(err, "nwlog: 1 of 3 incidents; -n all prints the rest\n");
}

#[test]
fn a_wrong_query_is_pointed_at() {
    let (out, err) = three().run(&["search", "killed", "kind:flood", "now"], 2);
    assert!(out.is_empty());
    insta::assert_snapshot!(err);
}

#[test]
fn show_takes_any_unique_beginning_of_an_id() {
    let twin = Incident { id: IncidentId(0x3f9c_ffff_0000_0000), ..incidents::go_panic() };
    let twin = Incident { unit: Some("other.service".into()), invocations: Vec::new(), ..twin };
    let kept = Kept::new(vec![incidents::oom(), twin]);
    let (out, _) = kept.run(&["show", "3f9c2", "3F9CF"], 0);
    assert!(out.starts_with("oom-kill  app.service on nightbox"), "{out}");
    assert!(out.contains("\n\ngo-panic  other.service"), "{out}");
    // An id that an incident absorbed still finds it.
    kept.run(&["show", "00000000deadbeef"], 0);

    let (out, err) = kept.run(&["show", "3f9c"], 2);
    assert!(out.is_empty());
    insta::assert_snapshot!(err);

    let (out, err) = kept.run(&["show", "ffff"], 1);
    assert!(out.is_empty());
    assert_eq!(err, "nwlog: no incident that is kept begins with ffff\n");
    kept.run(&["show", "3f9"], 2);
    kept.run(&["show", "nonsense"], 2);
}

#[test]
fn json_is_the_whole_incident_on_a_line() {
    let (out, _) = three().run(&["show", "-o", "json", "3f9c2a1b"], 0);
    assert_eq!(out.lines().count(), 1);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["schema"], 1);
    assert_eq!(json["id"], "3f9c2a1b00000001");
    assert_eq!(json["oom"]["victim"]["anon_rss_kb"], 97_689);
}

#[test]
fn status_counts_what_is_kept() {
    let kept = three();
    let (out, _) = kept.run(&["status", "-o", "json"], 0);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["incidents"], 3);
    assert_eq!(json["kinds"]["go-panic"], 1);
    assert_eq!(json["first"], "2026-01-31T00:22:38.495000Z");
    assert_eq!(json["store"], kept.store().to_str().unwrap());
    assert!(json["bytes"].as_u64().unwrap() > 0);

    let (out, _) = kept.run(&["status"], 0);
    assert!(out.contains("\nincidents  3, 0 open\n"), "{out}");
    assert!(out.contains("\nkinds      1 oom-kill, 1 disk-full, 1 go-panic\n"), "{out}");
}

#[test]
fn where_nothing_is_kept_that_is_no_error() {
    let kept = Kept { dir: TempDir::new().unwrap() };
    for (args, status) in [(&["search"][..], 1), (&["show", "3f9c2a1b"], 1), (&["status"], 0)] {
        let (out, err) = kept.run(args, status);
        assert!(out.is_empty() && err.starts_with("nwlog: "), "{err}");
    }
    let missing = kept.dir.path().join("missing");
    for args in [&["search", "--store"][..], &["status", "--store"]] {
        kept.run(&[args, &[missing.to_str().unwrap()]].concat(), 2);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let kept = three();
    let shell =
        format!("'{}' search -n all | true; echo \"${{PIPESTATUS[0]}}\"", env!("CARGO_BIN_EXE_nwlog"));
    let mut command = Command::new("bash");
    let output = command.env_clear().env("HOME", kept.dir.path()).args(["-c", &shell]).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "0\n");
    assert!(output.stderr.is_empty());
}
