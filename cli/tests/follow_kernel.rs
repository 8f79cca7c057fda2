//! The kernel's own log, with kills that this machine's kernel makes.

use std::fs;
use std::io::Write as _;
use std::sync::{Mutex, PoisonError};

use nwlog_corpora::cgroup::Cgroup;
use nwlog_corpora::journals::or_skip;
use serde_json::Value;

use crate::desk::Desk;
use crate::follow::story;
use crate::follower::{Follower, append, committed, wait};

/// A memory cgroup with a small limit, or a message where this process may not make one.
pub(crate) fn cgroup(name: &str) -> Option<Cgroup> {
    Cgroup::make(name).map_err(|error| eprintln!("skipped: {error}")).ok()
}

/// Whether the kernel's log is there, and takes a word.
pub(crate) fn is_readable() -> bool {
    let read = fs::File::open("/dev/kmsg");
    if let Err(error) = &read {
        eprintln!("skipped: /dev/kmsg: {error}");
    }
    read.is_ok()
}

/// The kernel tells whose cgroup it was for no more than 10 kills in 5 s (Linux, mm/oom_kill.c, oom_rs), and tells every reader of its log: one
/// test at a time.
pub(crate) static KILLS: Mutex<()> = Mutex::new(());

/// Whether an incident tells of the kill of a process.
fn is_of(line: &Value, pid: u32) -> bool {
    let text = format!("killed process {pid} (");
    let items = line["timeline"].as_array().into_iter().flatten();
    items.into_iter().any(|item| item["text"].as_str().is_some_and(|said| said.starts_with(&text)))
}

#[test]
fn a_kill_by_this_machines_kernel_is_printed_at_once() {
    let _alone = KILLS.lock().unwrap_or_else(PoisonError::into_inner);
    let name = format!("nwlog-test-{}", std::process::id());
    let Some(group) = is_readable().then(|| cgroup(&name)).flatten() else { return };
    let desk = Desk::new();
    let journals = desk.path("journals");
    fs::create_dir(&journals).unwrap();
    let mut follower = Follower::start(&desk, &["--kmsg", "-D", journals.to_str().unwrap()]);
    wait("it is known where it began", || committed(&desk.path("store")).is_some());
    // A word of a program's is none of the kernel's.
    let mut log = fs::OpenOptions::new().write(true).open("/dev/kmsg").unwrap();
    log.write_all(b"<3>Memory cgroup out of memory: Killed process 1 (forged)\n").unwrap();
    follower.has_read(1);
    for _ in 0..3 {
        let pid = group.kill().unwrap();
        let said = follower.until("the kill is printed", |said| said.iter().any(|line| is_of(line, pid)));
        let line = said.iter().find(|line| is_of(line, pid)).unwrap();
        if line["unit"].as_str().is_none_or(|unit| !unit.ends_with(&name)) {
            // Others have had the kernel say too much: whose it was it did not say.
            eprintln!("skipped: this machine's processes are killed too often");
            return;
        }
        assert_eq!((&line["kind"], &line["cause"]), (&"oom-kill".into(), &"memcg-limit".into()), "{line}");
    }
    let (said, err) = follower.end();
    assert_eq!(err, "");
    assert!(!said.iter().any(|line| is_of(line, 1)), "{said:?}");
    // Others may be killed on this machine meanwhile.
    let is_ours = |line: &&Value| line["unit"].as_str().is_some_and(|unit| unit.ends_with(&name));
    let opened = said.iter().filter(is_ours).filter(|line| line["change"] == "opened").count();
    assert_eq!(opened, 1, "one story: {said:?}");
}

/// What the kernel said while nobody followed is in its ring still.
#[test]
fn what_the_kernel_said_meanwhile_is_read_after_a_restart() {
    let _alone = KILLS.lock().unwrap_or_else(PoisonError::into_inner);
    let name = format!("nwlog-again-{}", std::process::id());
    let Some(group) = is_readable().then(|| cgroup(&name)).flatten() else { return };
    let desk = Desk::new();
    let journals = desk.path("journals");
    fs::create_dir(&journals).unwrap();
    let args = ["--kmsg", "-D", journals.to_str().unwrap()];
    let mut follower = Follower::start(&desk, &args);
    wait("it is known where it began", || committed(&desk.path("store")).is_some());
    let pid = group.kill().unwrap();
    follower.until("the first kill is printed", |said| said.iter().any(|line| is_of(line, pid)));
    let (said, _) = follower.end();
    let id = said.iter().find(|line| is_of(line, pid)).unwrap()["id"].clone();
    let pid = group.kill().unwrap();
    let mut follower = Follower::start(&desk, &args);
    let said = follower.until("the second kill is printed", |said| said.iter().any(|line| is_of(line, pid)));
    let line = said.iter().find(|line| is_of(line, pid)).unwrap();
    if line["unit"].as_str().is_none_or(|unit| !unit.ends_with(&name)) {
        eprintln!("skipped: this machine's processes are killed too often");
        return;
    }
    assert_eq!((&line["id"], &line["change"]), (&id, &"updated".into()), "it is the same story: {line}");
    follower.end();
}

/// Whoever begins to follow the kernel's log goes on from where the journal was read.
#[test]
fn the_kernels_log_can_come_later() {
    let _alone = KILLS.lock().unwrap_or_else(PoisonError::into_inner);
    let name = format!("nwlog-later-{}", std::process::id());
    let Some(group) = is_readable().then(|| cgroup(&name)).flatten() else { return };
    let desk = Desk::new();
    let journals = desk.path("journals");
    fs::create_dir(&journals).unwrap();
    if or_skip(append(&journals.join("box.journal"), &story("exec-failed")[0])).unwrap().is_none() {
        return;
    }
    let args = ["-D", journals.to_str().unwrap()];
    let mut follower = Follower::start(&desk, &[&args[..], &["--since", "@0"]].concat());
    follower.has_read(1);
    wait("it is committed", || committed(&desk.path("store")).is_some_and(|stood| stood.read.is_some()));
    follower.end();
    let pid = group.kill().unwrap();
    let mut follower = Follower::start(&desk, &[&args[..], &["--kmsg"]].concat());
    follower.until("the kill is printed", |said| said.iter().any(|line| is_of(line, pid)));
    let (_, err) = follower.end();
    assert_eq!(err, "");
}
