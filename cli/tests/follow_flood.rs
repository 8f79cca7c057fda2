//! A flood costs bounded memory and never an incident.

use std::collections::BTreeSet;
use std::fs;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use nwlog_corpora::journals::daemon::{Settings, Wish};
use nwlog_corpora::journals::{Journald, or_skip};
use serde_json::Value;

use crate::desk::Desk;
use crate::follow_kernel::{KILLS, cgroup, is_readable};
use crate::follower::{Follower, committed, wait};

/// The most memory that a follower may ever have had, in KiB: what is mapped of files is not its own.
const MAX_OWN: u64 = 250 << 10;

/// The most memory of its own that a process has had while this looked, in KiB (Linux, Documentation/filesystems/proc.rst).
fn own_kib(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

/// The directories that are full: of one process no more are kept at once.
const FULL: u32 = 14;

/// The lines that are sent in one go.
const LINES: u64 = 10_000;

/// A kill every so often: the kernel names the cgroup of no more than 10 in 5 s (Linux, mm/oom_kill.c, oom_rs).
const EVERY: Duration = Duration::from_millis(650);

/// `NWLOG_FLOOD=60` is a minute of it, with 100 incidents among it.
#[test]
fn every_incident_in_a_flood_is_found() {
    let _alone = KILLS.lock().unwrap_or_else(PoisonError::into_inner);
    let seconds: u64 = std::env::var("NWLOG_FLOOD").map_or(3, |number| number.parse().unwrap());
    let desk = Desk::new();
    let folder = desk.path("journald");
    fs::create_dir(&folder).unwrap();
    let conf = "SystemMaxUse=3G\nSystemKeepFree=1M\nSystemMaxFileSize=32M\nCompress=no\nReadKMsg=yes";
    let settings = Settings { conf: conf.to_owned(), ..Settings::default() };
    let Some(journald) = or_skip(Journald::start(&folder, &settings)).unwrap() else { return };
    journald.print("first", b"here we are\n").unwrap();
    let journals = journald.journals();
    let mut follower = Follower::start(&desk, &["-D", journals.to_str().unwrap()]);
    wait("it is known where it began", || committed(&desk.path("store")).is_some());

    // So much at once that it is taken no faster than journald reads.
    let noise = |n| format!("GET /orders/{n} 200 in {n} ms, nothing to see\n");
    let noise: String = (0..LINES).map(noise).collect();
    let (began, mut lines, mut most) = (Instant::now(), 0_u64, 0);
    let (mut full, mut killed) = (0, Vec::new());
    let length = Duration::from_secs(seconds);
    let mut can_kill = is_readable();
    while began.elapsed() < length || full < FULL {
        journald.print("noise", noise.as_bytes()).unwrap();
        lines += LINES;
        let share = began.elapsed().as_millis() * u128::from(FULL) / length.as_millis();
        if full < FULL && u128::from(full) < share {
            let text = format!("open /srv/flood/{full}/a.wal: no space left on device\n");
            journald.print("shop", text.as_bytes()).unwrap();
            full += 1;
        }
        if can_kill && began.elapsed() >= EVERY * u32::try_from(killed.len()).unwrap() {
            let name = format!("nwlog-flood-{}-{}", std::process::id(), killed.len());
            match cgroup(&name) {
                Some(group) => {
                    group.kill().unwrap();
                    killed.push(format!("/{name}"));
                }
                None => can_kill = false,
            }
        }
        most = most.max(own_kib(follower.pid()));
    }
    let rate = lines as f64 / began.elapsed().as_secs_f64();
    let ended = Instant::now();
    journald.wish(Wish::Sync).unwrap();
    let full: Vec<_> = (0..FULL).map(|n| format!("/srv/flood/{n}")).collect();
    let wanted: BTreeSet<&str> = full.iter().chain(&killed).map(String::as_str).collect();
    let about = |line: &'_ Value| -> Option<String> {
        let about = line["disk"]["directory"].as_str().or(line["unit"].as_str());
        about.map(str::to_owned)
    };
    follower.until("all of them are told", |said| {
        let told: BTreeSet<_> = said.iter().filter_map(about).collect();
        wanted.iter().all(|wanted| told.contains(*wanted))
    });
    let behind = ended.elapsed();
    follower.has_read(lines);
    most = most.max(own_kib(follower.pid()));
    let (_, err) = follower.end();
    assert_eq!(err, "");
    eprintln!(
        "{rate:.0} lines a second, {lines} in all, with {} incidents; all were told {behind:?} after the last line; \
         {} MiB of its own at the most",
        wanted.len(),
        most >> 10
    );
    assert!(most < MAX_OWN, "{most} KiB");
}
