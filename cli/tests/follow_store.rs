//! A store that is full, read-only, removed or another's: detecting and printing go on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use nwlog_corpora::journals::or_skip;
use rustix::process::Signal;

use crate::desk::Desk;
use crate::follow::{later, story};
use crate::follower::{Follower, analyzed, append, assert_same, changes, committed, signal, stored, wait};

/// A followed directory with one entry in it.
fn followed(desk: &Desk, first: &[u8]) -> Option<(PathBuf, PathBuf)> {
    let journals = desk.path("journals");
    fs::create_dir(&journals).unwrap();
    let file = journals.join("box.journal");
    or_skip(append(&file, first)).unwrap()?;
    Some((journals, file))
}

/// A small file system of its own, or a message where this process may not make one.
struct Tmpfs(PathBuf);

impl Tmpfs {
    fn mount(at: &Path, size: &str) -> Option<Self> {
        fs::create_dir_all(at).unwrap();
        let made = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(at)
            .output();
        match made {
            Ok(made) if made.status.success() => Some(Self(at.to_owned())),
            made => {
                eprintln!("skipped: no file system can be mounted: {made:?}");
                None
            }
        }
    }

    fn remount(&self, options: &str) {
        let done = Command::new("mount").args(["-o", &format!("remount,{options}")]).arg(&self.0).status();
        assert!(done.unwrap().success());
    }
}

impl Drop for Tmpfs {
    fn drop(&mut self) {
        // Whoever looks at it still keeps it no longer than that.
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// Whoever else fills the disk: what becomes free is taken at once, until this is dropped.
///
/// A store that cannot be written deletes what it no longer needs, so that a disk is not full for long that was filled once.
struct Ballast {
    path: PathBuf,
    ends: Arc<AtomicBool>,
    fills: Option<JoinHandle<()>>,
}

impl Ballast {
    fn on(dir: &Path) -> Self {
        use std::io::Write as _;
        let path = dir.join("ballast");
        let mut file = fs::File::create(&path).unwrap();
        let ends = Arc::new(AtomicBool::new(false));
        let end = Arc::clone(&ends);
        let fills = thread::spawn(move || {
            while !end.load(Ordering::Relaxed) {
                for size in [65_536, 4_096, 1] {
                    while file.write_all(&vec![0; size]).is_ok() {}
                }
                thread::sleep(Duration::from_millis(1));
            }
        });
        Self { path, ends, fills: Some(fills) }
    }
}

impl Drop for Ballast {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::Relaxed);
        self.fills.take().unwrap().join().unwrap();
        fs::remove_file(&self.path).unwrap();
    }
}

#[test]
fn a_full_file_system_stops_nothing_and_is_written_to_once_there_is_room() {
    let desk = Desk::new();
    let entries = story("oom-crash-loop");
    let Some((journals, file)) = followed(&desk, &entries[0]) else { return };
    let disk = desk.path("store");
    let Some(_disk) = Tmpfs::mount(&disk, "4M") else { return };
    let mut follower = Follower::start(&desk, &["-D", journals.to_str().unwrap(), "--since", "@0"]);
    follower.has_read(1);
    wait("it is known where it began", || committed(&disk).is_some());
    let ballast = Ballast::on(&disk);
    append(&file, &entries[1..].concat()).unwrap();
    follower.until("it is printed all the same", |said| changes(said, "closed").len() == 1);
    let mut days = 0;
    wait("it says that it cannot be stored", || {
        // Each commit is another attempt to write.
        days += 1;
        append(&file, &later(&entries[..1], 10 * days)).unwrap();
        follower.err().contains("held in memory")
    });
    drop(ballast);
    wait("it is stored", || !stored(&desk).is_empty());
    follower.has_read(entries.len() as u64 + days);
    wait("it says so", || follower.err().contains("kept again"));
    follower.end();
    assert_same(&stored(&desk), &analyzed(&desk, &journals));
}

#[test]
fn a_read_only_file_system_is_the_same() {
    let desk = Desk::new();
    let entries = story("enospc-then-exit");
    let Some((journals, file)) = followed(&desk, &entries[0]) else { return };
    let Some(disk) = Tmpfs::mount(&desk.path("store"), "8M") else { return };
    // It is so from the first moment on.
    disk.remount("ro");
    let mut follower = Follower::start(&desk, &["-D", journals.to_str().unwrap(), "--since", "@0"]);
    append(&file, &entries[1..].concat()).unwrap();
    follower.until("it is printed", |said| !changes(said, "closed").is_empty());
    disk.remount("rw");
    wait("it is stored", || !stored(&desk).is_empty());
    follower.has_read(entries.len() as u64);
    let (_, err) = follower.end();
    assert!(err.contains("ead-only") && err.contains("kept again"), "{err}");
    assert_same(&stored(&desk), &analyzed(&desk, &journals));
}

#[test]
fn a_store_that_is_removed_is_made_again() {
    let desk = Desk::new();
    let (first, second) = (story("oom-group"), story("exec-failed"));
    let Some((journals, file)) = followed(&desk, &first[0]) else { return };
    let store = desk.path("store");
    let mut follower = Follower::start(&desk, &["-D", journals.to_str().unwrap(), "--since", "@0"]);
    append(&file, &first[1..].concat()).unwrap();
    wait("it is stored", || !stored(&desk).is_empty());
    fs::remove_dir_all(&store).unwrap();
    append(&file, &second.concat()).unwrap();
    follower.until("it goes on", |said| said.iter().any(|line| line["kind"] == "unit-failure"));
    wait("what comes is stored again", || {
        store.exists() && stored(&desk).values().any(|incident| incident["kind"] == "unit-failure")
    });
    follower.end();
}

#[test]
fn the_second_writer_says_who_holds_the_store() {
    let desk = Desk::new();
    let Some((journals, _)) = followed(&desk, &story("oom-group")[0]) else { return };
    let (journals, store) = (journals.to_str().unwrap(), desk.path("store"));
    let mut follower = Follower::start(&desk, &["-D", journals, "--since", "@0"]);
    follower.has_read(1);
    let store = store.to_str().unwrap();
    for words in [["follow", "-D"], ["analyze", "-D"]] {
        let said = desk.nwlog([&words[..], &[journals, "--store", store]].concat()).with_status(2);
        let holder = format!("process {} (nwlog) writes to {store}", follower.pid());
        assert!(said.err.contains(&holder), "{}", said.err);
        assert!(said.err.contains("hint: "), "{}", said.err);
    }
    follower.end();
}

#[test]
fn nothing_is_kept_where_that_is_not_wanted() {
    let desk = Desk::new();
    let entries = story("oom-group");
    let Some((journals, _)) = followed(&desk, &entries.concat()) else { return };
    let args = ["follow", "-o", "json", "--no-store", "--since", "@0", "-D", journals.to_str().unwrap()];
    let mut follower = Follower::of(&desk, &args, &[], desk.path("store"));
    follower.until("it is told", |said| changes(said, "closed").len() == 1);
    follower.end();
    assert!(!desk.path("store").exists());
    let own = desk.path(".local");
    assert!(!own.exists(), "{own:?}");
}

/// What is opened to be written and never answers.
fn silent_file(path: &Path) {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    // A draft may lie there for a moment.
    wait("there is room for it", || {
        mknodat(CWD, path, FileType::Fifo, Mode::from_raw_mode(0o600), 0).is_ok()
    });
}

#[test]
fn a_disk_that_does_not_answer_stops_nothing() {
    let desk = Desk::new();
    let entries = story("oom-group");
    let Some((journals, file)) = followed(&desk, &entries[0]) else { return };
    let mut follower = Follower::start(&desk, &["-D", journals.to_str().unwrap(), "--since", "@0"]);
    follower.has_read(1);
    silent_file(&desk.path("store").join("follow.json.new"));
    append(&file, &entries[1..].concat()).unwrap();
    follower.until("it is printed", |said| !changes(said, "closed").is_empty());
    wait("it is stored", || !stored(&desk).is_empty());
    follower.end();
}

/// Whether a process waits in a call on what it prints to; none where the kernel does not say (proc_pid_syscall(5)).
fn waits_to_print(pid: u32) -> Option<bool> {
    let call = fs::read_to_string(format!("/proc/{pid}/syscall")).ok()?;
    Some(call.split_whitespace().nth(1) == Some("0x1"))
}

/// Who reads what is printed stops to, and it cannot be told.
#[test]
fn it_ends_when_it_is_told_to_though_nobody_takes_what_it_prints() {
    let desk = Desk::new();
    let entries = story("oom-crash-loop");
    let Some((journals, file)) = followed(&desk, &entries.concat()) else { return };
    let mut command = desk.command(env!("CARGO_BIN_EXE_nwlog"));
    command.args(["follow", "-o", "json", "--no-store", "--since", "@0", "-D"]).arg(&journals);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    if waits_to_print(child.id()).is_none() {
        eprintln!("skipped: the kernel does not say what a process waits for");
        child.kill().unwrap();
        child.wait().unwrap();
        return;
    }
    let mut days = 0;
    wait("the pipe is full", || {
        days += 2;
        append(&file, &later(&entries, days)).unwrap();
        waits_to_print(child.id()) == Some(true)
    });
    signal(child.id(), Signal::TERM);
    wait("it ends", || child.try_wait().unwrap().is_some());
    assert_eq!(child.wait().unwrap().code(), Some(2));
}
