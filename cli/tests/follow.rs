//! Following comes to what analyzing comes to, and says it as it happens.

use std::fs;
use std::path::Path;

use nwlog_corpora::journals::or_skip;
use nwlog_corpora::scenario;
use rustix::process::Signal;
use serde_json::Value;

use crate::desk::Desk;
use crate::follower::{
    Follower, Manager, analyzed, append, assert_same, changes, committed, signal, stored, stories, wait,
};
use crate::journal;

/// An entry that was stored long after another, so that all has had the time to come: of the same machine and boot.
pub(crate) fn much_later(entry: &journal::Entry) -> Vec<u8> {
    let field = |name: &str| String::from_utf8(entry.field(name).unwrap().to_vec()).unwrap();
    let later = |name: &str| field(name).parse::<u64>().unwrap() + 86_400_000_000;
    format!(
        "__REALTIME_TIMESTAMP={}\n__MONOTONIC_TIMESTAMP={}\n_BOOT_ID={}\n_MACHINE_ID={}\n_HOSTNAME={}\n\
         _TRANSPORT=journal\nMESSAGE=a quiet day\n\n",
        later("__REALTIME_TIMESTAMP"),
        later("__MONOTONIC_TIMESTAMP"),
        field("_BOOT_ID"),
        field("_MACHINE_ID"),
        field("_HOSTNAME"),
    )
    .into_bytes()
}

/// The entries of a story, one by one, and one that comes long after them.
pub(crate) fn story(name: &str) -> Vec<Vec<u8>> {
    let (_, story) = scenario::all().unwrap().into_iter().find(|(known, _)| known == name).unwrap();
    let mut entries: Vec<_> = story.entries.into_iter().map(|entry| entry.bytes).collect();
    let last = journal::entries(entries.last().unwrap()).remove(0);
    entries.push(much_later(&last));
    entries
}

/// The same entries, so many days later.
pub(crate) fn later(entries: &[Vec<u8>], days: u64) -> Vec<u8> {
    let moved = |line: &[u8]| {
        let at = line.iter().position(|byte| *byte == b'=').unwrap_or(0);
        let (name, value) = line.split_at(at);
        let time =
            str::from_utf8(value).ok().and_then(|value| value.get(1..)?.trim_end().parse::<u64>().ok());
        match time.filter(|_| name.ends_with(b"_TIMESTAMP")) {
            Some(time) => {
                let time = time + days * 86_400_000_000;
                [name, format!("={time}\n").as_bytes()].concat()
            }
            None => line.to_vec(),
        }
    };
    entries.concat().split_inclusive(|byte| *byte == b'\n').flat_map(moved).collect()
}

/// A recorded machine, written piece by piece into a directory that is followed.
#[test]
fn a_day_in_pieces_is_a_day() {
    let desk = Desk::new();
    let journals = desk.path("journals");
    fs::create_dir(&journals).unwrap();
    let entries = journal::entries(&journal::plain());
    let pieces = 12;
    let file = journals.join("night.journal");
    let mut follower: Option<Follower> = None;
    let mut read = 0;
    for piece in entries.chunks(entries.len().div_ceil(pieces)) {
        if or_skip(append(&file, &journal::export(piece))).unwrap().is_none() {
            return;
        }
        // It begins with the first piece, however long that is there.
        let follower = follower.get_or_insert_with(|| {
            Follower::start(&desk, &["-D", journals.to_str().unwrap(), "--since", "@0"])
        });
        read += piece.len() as u64;
        follower.has_read(read);
    }
    let mut follower = follower.unwrap();
    append(&file, &much_later(entries.last().unwrap())).unwrap();
    follower.has_read(read + 1);
    let expected = analyzed(&desk, &journals);
    assert_eq!(expected.len(), 21);
    follower.until("all have closed", |said| changes(said, "closed").len() == expected.len());
    let (said, err) = follower.end();
    assert_eq!(err, "");
    assert_same(&stored(&desk), &expected);
    let closed = changes(&said, "closed").into_iter().cloned();
    assert_same(&stories(closed), &expected);
    holds_together(&said);
}

/// Each id opens once, and its revisions count up.
fn holds_together(said: &[Value]) {
    let mut known = std::collections::BTreeMap::new();
    for line in said {
        let (id, revision) = (line["id"].as_str().unwrap(), line["revision"].as_u64().unwrap());
        let before = known.insert(id, revision).unwrap_or(0);
        assert_eq!(revision, before + 1, "{line}");
        assert_eq!(line["change"] == "opened", before == 0, "{line}");
    }
}

#[test]
fn an_incident_opens_with_its_proof_and_closes_when_it_is_over() {
    let desk = Desk::new();
    let journals = desk.path("journals");
    fs::create_dir(&journals).unwrap();
    let file = journals.join("box.journal");
    let entries = story("oom-crash-loop");
    let Some(mut follower) = first_entry(&desk, &journals, &file, &entries) else { return };
    let (last, before) = entries.split_last().unwrap();
    append(&file, &before[1..].concat()).unwrap();
    follower.has_read(before.len() as u64);
    let said = follower.until("it opens", |said| !said.is_empty());
    assert_eq!((&said[0]["change"], &said[0]["state"]), (&"opened".into(), &"open".into()));
    assert_eq!(said[0]["kind"], "oom-kill");
    append(&file, last).unwrap();
    follower.until("it closes", |said| changes(said, "closed").len() == 1);
    let (said, _) = follower.end();
    holds_together(&said);
    assert_same(&stored(&desk), &analyzed(&desk, &journals));
}

/// Starts to follow a file with one entry.
fn first_entry(desk: &Desk, journals: &Path, file: &Path, entries: &[Vec<u8>]) -> Option<Follower> {
    or_skip(append(file, &entries[0])).unwrap()?;
    let mut follower = Follower::start(desk, &["-D", journals.to_str().unwrap(), "--since", "@0"]);
    follower.has_read(1);
    Some(follower)
}

#[test]
fn what_was_said_too_early_is_taken_back() {
    let desk = Desk::new();
    let journals = desk.path("journals");
    fs::create_dir(&journals).unwrap();
    let file = journals.join("box.journal");
    let entries = story("oom-child-unit-survives");
    let Some(mut follower) = first_entry(&desk, &journals, &file, &entries) else { return };
    for (n, entry) in entries.iter().enumerate().skip(1) {
        append(&file, entry).unwrap();
        follower.has_read(n as u64 + 1);
    }
    follower.until("all is told", |said| !changes(said, "closed").is_empty());
    let (said, _) = follower.end();
    let withdrawn = changes(&said, "withdrawn");
    let ids: Vec<_> = said.iter().map(|line| &line["id"]).collect();
    assert_eq!(withdrawn.len(), 1);
    assert!(ids.contains(&&withdrawn[0]["into"]), "{}", withdrawn[0]);
    assert_same(&stored(&desk), &analyzed(&desk, &journals));
}

#[test]
fn where_nothing_is_said_all_of_it_is_read() {
    let desk = Desk::new();
    let journals = desk.path("journals");
    fs::create_dir(&journals).unwrap();
    let mut follower = Follower::start(&desk, &["-D", journals.to_str().unwrap()]);
    follower.has_read(0);
    follower.end();
}

/// Nothing is told of what was there before, and everything of what comes.
#[test]
fn the_first_start_is_from_now_on_and_the_second_from_where_the_first_stood() {
    let desk = Desk::new();
    let journals = desk.path("journals");
    fs::create_dir(&journals).unwrap();
    let file = journals.join("box.journal");
    let (old, new) = (story("start-timeout"), story("enospc-then-panic"));
    if or_skip(append(&file, &old.concat())).unwrap().is_none() {
        return;
    }
    let args = ["-D", journals.to_str().unwrap()];
    let follower = Follower::start(&desk, &args);
    wait("it has written down where it began", || committed(&desk.path("store")).is_some());
    let (said, _) = follower.end();
    assert_eq!(said, [] as [Value; 0]);

    // What comes while nobody follows is read later.
    append(&file, &later(&new, 2)).unwrap();
    let mut follower = Follower::start(&desk, &args);
    follower.until("it opens", |said| !said.is_empty());
    follower.has_read(new.len() as u64);
    let (said, err) = follower.end();
    assert_eq!(err, "");
    assert!(said.iter().all(|line| line["kind"] == "disk-full"), "{said:?}");

    // And nothing is told twice.
    let follower = Follower::start(&desk, &args);
    let before = committed(&desk.path("store")).unwrap();
    append(&file, &later(&story("oom-group"), 4)).unwrap();
    wait("more is committed", || {
        committed(&desk.path("store")).unwrap().counts.entries > before.counts.entries
    });
    let (said, _) = follower.end();
    assert!(said.iter().all(|line| line["kind"] == "oom-kill"), "{said:?}");
    let ids: Vec<_> = stored(&desk).into_values().map(|incident| incident["kind"].clone()).collect();
    assert!(ids.contains(&"disk-full".into()) && !ids.contains(&"unit-failure".into()), "{ids:?}");
}

#[test]
fn what_is_excluded_can_change_while_it_runs() {
    let desk = Desk::new();
    let journals = desk.path("journals");
    fs::create_dir(&journals).unwrap();
    let file = journals.join("box.journal");
    let config = desk.put("config.toml", "exclude = ['*']\n");
    if or_skip(append(&file, &story("start-timeout").concat())).unwrap().is_none() {
        return;
    }
    let manager = Manager::listen(&desk);
    let store = desk.path("store");
    let env = [("NOTIFY_SOCKET", manager.path.to_str().unwrap()), ("WATCHDOG_USEC", "100000")];
    let words = ["follow", "-o", "json", "--store", store.to_str().unwrap(), "--since", "@0"];
    let places = ["-D", journals.to_str().unwrap(), "--config", config.to_str().unwrap()];
    let mut follower = Follower::of(&desk, &[&words[..], &places[..]].concat(), &env, store.clone());
    manager.hears("READY=1");
    follower.has_read(1);
    manager.hears("WATCHDOG=1");
    fs::write(&config, "exclude = []\n").unwrap();
    signal(follower.pid(), Signal::HUP);
    manager.hears("RELOADING=1");
    manager.hears("READY=1");
    append(&file, &later(&story("oom-group"), 2)).unwrap();
    let said = follower.until("it is told of", |said| !said.is_empty());
    assert!(said.iter().all(|line| line["kind"] == "oom-kill"), "{said:?}");
    // What makes no sense changes nothing, and is said.
    fs::write(&config, "exclude = 5\n").unwrap();
    signal(follower.pid(), Signal::HUP);
    manager.hears("READY=1");
    append(&file, &later(&story("exec-failed"), 4)).unwrap();
    follower.until("it goes on", |said| said.iter().any(|line| line["kind"] == "unit-failure"));
    let (_, err) = follower.end();
    manager.hears("STOPPING=1");
    assert!(err.contains("the configuration stays as it was") && err.contains("line 1"), "{err}");
}

#[test]
fn what_is_too_much_goes_from_the_store() {
    let desk = Desk::new();
    let journals = desk.path("journals");
    fs::create_dir(&journals).unwrap();
    let store = desk.path("store");
    let place = store.to_str().unwrap();
    let recording = nwlog_corpora::root().join("recordings/nightbox.export.zst");
    desk.nwlog(["analyze", "-q", "--store", place, recording.to_str().unwrap()]).with_status(0);
    let kept = || stored(&desk).len();
    let all = kept();
    assert!(all > 10, "{all}");
    if or_skip(append(&journals.join("box.journal"), &story("exec-failed").concat())).unwrap().is_none() {
        return;
    }
    let config = desk.put("config.toml", "max_count = 5\n");
    let words = ["follow", "-o", "json", "--store", place, "--since", "@0", "-D", journals.to_str().unwrap()];
    let follower = Follower::of(
        &desk,
        &[&words[..], &["--config", config.to_str().unwrap()]].concat(),
        &[],
        store.clone(),
    );
    // What it looked at was committed before: its own incidents come on top.
    wait("the oldest are forgotten", || kept() <= 7);
    follower.end();
    assert!(kept() >= 5);
}

#[test]
fn status_says_how_far_it_has_come() {
    let desk = Desk::new();
    let journals = desk.path("journals");
    fs::create_dir(&journals).unwrap();
    let file = journals.join("box.journal");
    let entries = story("losses");
    let Some(mut follower) = first_entry(&desk, &journals, &file, &entries) else { return };
    append(&file, &entries[1..].concat()).unwrap();
    follower.has_read(entries.len() as u64);
    let store = desk.path("store");
    let status = |format: &str| {
        desk.nwlog(["status", "--store", store.to_str().unwrap(), "-o", format]).with_status(0)
    };
    wait("it is committed", || {
        committed(&store).is_some_and(|stood| stood.counts.entries == entries.len() as u64)
    });
    let json = status("json").json().remove(0);
    let follow = &json["follow"];
    assert_eq!(follow["pid"], follower.pid());
    assert_eq!((&follow["caught_up"], &follow["lag_us"]), (&true.into(), &0.into()));
    assert_eq!(follow["entries"], entries.len());
    assert!(follow["gaps"].as_u64().unwrap() > 0, "{json}");
    assert_eq!(follow["committed"]["entries"], entries.len());
    assert!(json["bytes"].as_u64().unwrap() > 0);
    let text = status("short").out;
    assert!(text.contains(&format!("by process {}: all of it", follower.pid())), "{text}");
    follower.end();
    let json = status("json").json().remove(0);
    assert_eq!(json["follow"].get("pid"), None, "{json}");
    assert!(status("short").out.contains("by none now"));
}

/// Stories that end in different ways: a boot that another one follows, a machine that goes down, what rests on absence.
const STORIES: [&str; 8] = [
    "two-boots",
    "shutdown",
    "silent-exit",
    "restart-loop-clean",
    "user-unit-oom",
    "disk-cascade",
    "failure-in-requested-stop",
    "oom-systemd-first",
];

#[test]
fn however_a_story_ends_it_ends_so_live() {
    for name in STORIES {
        let desk = Desk::new();
        let journals = desk.path("journals");
        fs::create_dir(&journals).unwrap();
        let file = journals.join("box.journal");
        let entries = story(name);
        let Some(follower) = first_entry(&desk, &journals, &file, &entries) else { return };
        for piece in entries[1..].chunks(3) {
            append(&file, &piece.concat()).unwrap();
        }
        let expected = analyzed(&desk, &journals);
        let is_told = || {
            let stood = committed(&desk.path("store"));
            let is_read = stood.is_some_and(|stood| stood.counts.entries == entries.len() as u64);
            is_read && stored(&desk) == expected
        };
        wait(&format!("{name} is told as it is analyzed"), is_told);
        follower.end();
        assert_same(&stored(&desk), &expected);
    }
}
