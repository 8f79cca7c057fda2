//! A day in the life, written to a followed directory as it was written then, and faster.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use nwlog_corpora::journals::{Remote, or_skip};
use nwlog_corpora::recordings;

use crate::desk::Desk;
use crate::follow::much_later;
use crate::follower::{Follower, PATIENCE, analyzed, append, assert_same, changes, stored, stories};
use crate::journal::{self, Entry};

/// How many times faster.
const SPEED: u32 = 100;

/// When an entry was stored, in microseconds since 1970.
fn time(entry: &Entry) -> u64 {
    str::from_utf8(entry.field("__REALTIME_TIMESTAMP").unwrap()).unwrap().parse().unwrap()
}

/// `NWLOG_REPLAY=100` replays all recordings, at that many times their speed.
#[test]
fn a_day_that_is_replayed_is_a_day() {
    let (speed, all) = match std::env::var("NWLOG_REPLAY") {
        Ok(speed) => (speed.parse().unwrap(), true),
        Err(_) => (SPEED, false),
    };
    let days = recordings::all().unwrap().into_iter().filter(|day| all || day.name == "nightbox");
    for day in days {
        let entries = journal::entries(&journal::decompressed(&day.path));
        replay(day.name, &entries, speed);
    }
}

fn replay(name: &str, entries: &[Entry], speed: u32) {
    let desk = Desk::new();
    let journals = desk.path("journals");
    fs::create_dir(&journals).unwrap();
    let file = journals.join("day.journal");
    // What is followed is there when it begins.
    let (first, rest) = entries.split_first().unwrap();
    if or_skip(append(&file, &first.bytes)).unwrap().is_none() {
        return;
    }
    let mut follower = Follower::start(&desk, &["-D", journals.to_str().unwrap(), "--since", "@0"]);
    follower.has_read(1);
    let mut writer = Remote::start(&file).unwrap();
    let (began, begin) = (Instant::now(), time(first));
    for entry in rest {
        // The clock may have been set back.
        let due = Duration::from_micros(time(entry).saturating_sub(begin)) / speed;
        thread::sleep(due.saturating_sub(began.elapsed()));
        writer.write(&entry.bytes).unwrap();
    }
    let took = began.elapsed();
    writer.end().unwrap();
    append(&file, &much_later(entries.last().unwrap())).unwrap();
    follower.has_read(entries.len() as u64 + 1);
    let expected = analyzed(&desk, &journals);
    let until = Instant::now() + PATIENCE;
    while stored(&desk) != expected && Instant::now() < until {
        thread::sleep(Duration::from_millis(50));
    }
    let (said, err) = follower.end();
    assert_eq!(err, "");
    assert_same(&stored(&desk), &expected);
    let closed = stories(changes(&said, "closed").into_iter().cloned());
    for (id, incident) in &closed {
        assert_eq!(incident, &expected[id]);
    }
    let span = Duration::from_micros(entries.iter().map(time).max().unwrap().saturating_sub(begin));
    let keys: usize = expected.values().map(serde_json::Map::len).sum();
    eprintln!(
        "{name}: {} entries of {span:.1?} in {took:.1?}, {:.0} times as fast; {} incidents with the ids of `analyze`, \
         and the same in all {keys} keys; {} were printed as closed",
        entries.len(),
        span.as_secs_f64() / took.as_secs_f64(),
        expected.len(),
        closed.len(),
    );
}
