//! Killed at any moment, a follower loses nothing and doubles nothing.

use std::fs;
use std::thread;
use std::time::Duration;

use nwlog_corpora::journals::or_skip;

use crate::desk::Desk;
use crate::follow::{much_later, story};
use crate::follower::{Follower, analyzed, append, assert_same, changes, committed, stored, wait};
use crate::journal;

/// Stories that have a dump half read, an episode open, or an absence pending between any two of their entries.
const STORIES: [&str; 3] = ["panic-stored-late", "oom-crash-loop", "unknown-sigkill"];

#[test]
fn killed_between_each_two_entries_it_comes_to_the_same() {
    for name in STORIES {
        let desk = Desk::new();
        let journals = desk.path("journals");
        fs::create_dir(&journals).unwrap();
        let file = journals.join("box.journal");
        let entries = story(name);
        for (n, entry) in entries.iter().enumerate() {
            if or_skip(append(&file, entry)).unwrap().is_none() {
                return;
            }
            let mut args = vec!["-D", journals.to_str().unwrap()];
            if n == 0 {
                args.extend(["--since", "@0"]);
            }
            let follower = Follower::start(&desk, &args);
            // Every other time before it has committed anything, if it gets so far.
            let wanted = n as u64 + 1;
            if n % 2 == 0 {
                wait("it is committed", || {
                    committed(&desk.path("store")).is_some_and(|stood| stood.counts.entries >= wanted)
                });
            }
            follower.kill();
        }
        let mut follower = Follower::start(&desk, &["-D", journals.to_str().unwrap()]);
        let expected = analyzed(&desk, &journals);
        wait("all is stored", || {
            committed(&desk.path("store")).is_some_and(|stood| stood.counts.entries >= entries.len() as u64)
        });
        follower.has_read(entries.len() as u64);
        follower.end();
        assert_same(&stored(&desk), &expected);
        let stood = committed(&desk.path("store")).unwrap();
        assert_eq!(stood.counts.entries, entries.len() as u64, "{name}: an entry was read twice, or never");
    }
}

/// `NWLOG_KILLS=200` is the full number.
#[test]
fn killed_at_any_moment_it_comes_to_the_same() {
    let kills: u64 = std::env::var("NWLOG_KILLS").map_or(8, |number| number.parse().unwrap());
    let desk = Desk::new();
    let journals = desk.path("journals");
    fs::create_dir(&journals).unwrap();
    let file = journals.join("night.journal");
    let entries = journal::entries(&journal::plain());
    let size = entries.len().div_ceil(usize::try_from(kills).unwrap());
    let mut seed: u64 = 0x9e37_79b9_7f4a_7c15;
    for (n, piece) in entries.chunks(size).enumerate() {
        let mut args = vec!["-D", journals.to_str().unwrap()];
        if n == 0 {
            args.extend(["--since", "@0"]);
            if or_skip(append(&file, &piece[0].bytes)).unwrap().is_none() {
                return;
            }
            let first = Follower::start(&desk, &args);
            wait("it is known where it began", || committed(&desk.path("store")).is_some());
            first.kill();
            args.truncate(2);
            append(&file, &journal::export(&piece[1..])).unwrap();
        } else {
            append(&file, &journal::export(piece)).unwrap();
        }
        let follower = Follower::start(&desk, &args);
        // Any moment will do: nothing waits for anything here.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        thread::sleep(Duration::from_millis((seed >> 33) % 1_500));
        follower.kill();
    }
    append(&file, &much_later(entries.last().unwrap())).unwrap();
    let mut follower = Follower::start(&desk, &["-D", journals.to_str().unwrap()]);
    follower.has_read(entries.len() as u64 + 1);
    let (said, _) = follower.end();
    assert!(changes(&said, "closed").len() <= 21);
    assert_same(&stored(&desk), &analyzed(&desk, &journals));
    let stood = committed(&desk.path("store")).unwrap();
    assert_eq!(stood.counts.entries, entries.len() as u64 + 1);
}
