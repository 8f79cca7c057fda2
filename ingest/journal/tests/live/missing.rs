//! Files that are deleted, damaged or made up.

use std::fs;
use std::path::{Path, PathBuf};

use nwlog_corpora::journals::daemon::{Settings, Wish};
use nwlog_corpora::journals::forge::{Forge, Form};
use nwlog_corpora::journals::{Journald, content, damage};
use nwlog_journal::{JournalFile, Namespaces, Place, Search, Start};

use crate::follower::{Follower, folder, journald, search, send};

/// The files of the one machine in a folder's `var`, sorted by name: archived files come first, the oldest before all others.
fn files(folder: &Path) -> Vec<PathBuf> {
    let machine = fs::read_dir(folder.join("var")).unwrap().next().unwrap().unwrap().path();
    let mut files: Vec<_> = fs::read_dir(machine).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.sort_by_key(|path| !path.to_str().unwrap().contains('@'));
    files
}

/// Sends messages, a file of them at a time.
fn send_files(journald: &Journald, sent: &mut u64, files: u64) {
    for _ in 0..files {
        (0..50).for_each(|n| send(journald, *sent + n));
        *sent += 50;
        journald.wish(Wish::Rotate).unwrap();
    }
}

fn tail(path: &Path) -> u64 {
    JournalFile::open(path).unwrap().header().tail_entry_seqnum
}

/// What becomes of a follower while files are deleted.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Then {
    Sleeps,
    Stopped,
    HasThemOpen,
}

#[test]
fn files_that_are_deleted_before_their_turn_are_a_gap() {
    for then in [Then::Sleeps, Then::Stopped, Then::HasThemOpen] {
        let folder = folder();
        let Some(journald) = journald(folder.path(), &Settings::default()) else { return };
        let mut follower = Follower::new(search(folder.path()), Start::Oldest);
        let mut sent = 0;
        send_files(&journald, &mut sent, 1);
        follower.until(sent);
        let before = follower.seen.last.unwrap().head.seqnum;
        send_files(&journald, &mut sent, 6);
        journald.wish(Wish::Sync).unwrap();
        let all = files(folder.path());
        assert!(all.len() > 6);
        let (second, last) = (tail(&all[1]), tail(&all[4]));
        let delete = || all[..5].iter().for_each(|path| fs::remove_file(path).unwrap());
        match then {
            Then::Sleeps => delete(),
            Then::Stopped => {
                let (text, seen) = follower.stop();
                delete();
                follower = Follower::at(&text, search(folder.path()), seen);
            }
            Then::HasThemOpen => {
                follower.poll(0);
                delete();
            }
        }
        follower.until_so(&|seen| seen.numbers.contains_key(&(sent - 1)));
        let from = match then {
            Then::HasThemOpen => {
                follower.seen.assert_each_once(sent);
                continue;
            }
            // It has the file open that was written when it looked last.
            Then::Sleeps => second + 1,
            Then::Stopped => before + 1,
        };
        let [gap] = follower.seen.gaps[..] else { panic!("{then:?}: {:?}", follower.seen.gaps) };
        assert_eq!((gap.from, gap.to, gap.missing), (from, last, last + 1 - from), "{then:?}");
        assert_eq!((gap.before.seqnum, gap.after.seqnum), (from - 1, last + 1), "{then:?}");
    }
}

#[test]
fn what_journald_vacuums_is_a_gap_as_well() {
    let folder = folder();
    let Some(journald) = journald(folder.path(), &Settings::default()) else { return };
    let mut follower = Follower::new(search(folder.path()), Start::Oldest);
    let mut sent = 0;
    send_files(&journald, &mut sent, 5);
    // It has the files open, and has read none of them: journald takes their bytes as well.
    follower.poll(3);
    let mut vacuum = journald.inside("journalctl");
    vacuum.args(["-q", "--vacuum-files=2", "-D", "/var/log/journal"]);
    assert!(vacuum.status().unwrap().success());
    (0..10).for_each(|n| send(&journald, sent + n));
    follower.until_so(&|seen| seen.numbers.contains_key(&(sent + 9)));
    let [gap] = follower.seen.gaps[..] else { panic!("{:?}", follower.seen.gaps) };
    let mut last = follower.seen.last.unwrap();
    last.head.seqnum -= follower.seen.entries as u64;
    assert_eq!(gap.missing, last.head.seqnum);
    let told: Vec<_> = follower.seen.trouble.iter().map(|trouble| trouble.what.as_str()).collect();
    assert!(!told.is_empty());
    assert!(told.iter().all(|what| what.contains("deleted")), "{told:?}");
}

#[test]
fn a_damaged_file_is_told_of_once_and_the_others_are_read() {
    let folder = folder();
    let Some(journald) = journald(folder.path(), &Settings::default()) else { return };
    let mut sent = 0;
    send_files(&journald, &mut sent, 3);
    let all = files(folder.path());
    let machine = all[0].parent().unwrap();
    fs::write(machine.join("user-1000.journal"), "no journal").unwrap();
    let empty = fs::File::create(machine.join("user-1001.journal")).unwrap();
    // It is not one that is just being made.
    empty.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(60)).unwrap();
    // Zeroes in the middle of the second file's entries.
    let mut bytes = fs::read(&all[1]).unwrap();
    let file = JournalFile::from_backing(Box::new(bytes.clone())).unwrap();
    let places = file.entries().places;
    let (from, to) = (places[20] as usize, places[25] as usize);
    bytes[from..to].fill(0);
    fs::write(&all[1], bytes).unwrap();
    let mut follower = Follower::new(search(folder.path()), Start::Oldest);
    (0..10).for_each(|n| send(&journald, sent + n));
    sent += 10;
    let is_told = |name: &str, seen: &crate::follower::Seen| {
        seen.trouble.iter().filter(|trouble| trouble.path.ends_with(name)).count()
    };
    follower.until_so(&|seen| {
        seen.numbers.contains_key(&(sent - 1))
            && is_told("user-1000.journal", seen) == 1
            && is_told("user-1001.journal", seen) == 1
    });
    let seen = &follower.seen;
    assert!(seen.numbers.len() as u64 >= sent - 6, "{}", seen.numbers.len());
    assert!(seen.numbers.values().all(|from| from.len() == 1));
    // Other entries may be in what is damaged.
    assert!(seen.gaps.is_empty(), "{:?}", seen.gaps);
    assert!(seen.trouble.iter().all(|trouble| !trouble.hint.is_empty()));
    let damaged =
        seen.trouble.iter().filter(|trouble| trouble.path.file_name() == all[1].file_name()).count();
    assert_eq!((damaged, seen.trouble.len()), (1, 3), "{:?}", seen.trouble);
}

/// Needs no journald.
#[test]
fn of_a_damaged_file_all_is_given_that_a_walk_finds() {
    let sound = Forge::file(Form { state: 2, ..Form::default() }, &content::everyday(300));
    let mut seen = 0;
    for damaged in damage::all(&sound) {
        let Ok(file) = JournalFile::from_backing(Box::new(damaged.bytes.clone())) else { continue };
        let entries = file.entries().places.len();
        for name in [
            "system@5e5e5e5e000040008000000000000005-0000000000000001-000600000000abcd.journal",
            "system@000600000000abcd-0000000000000001.journal~",
            "system.journal",
        ] {
            let dir = tempfile::tempdir().unwrap();
            fs::write(dir.path().join(name), &damaged.bytes).unwrap();
            let place = Place::Directory(dir.path().to_owned());
            let search = Search { place, namespaces: Namespaces::All, all_machines: false };
            let mut follower = Follower::new(search, Start::Oldest);
            while !follower.poll(100).caught_up {}
            let given = follower.seen.entries;
            // What is still written is read by its list.
            assert!(given == entries || name == "system.journal", "{}: {given} of {entries}", damaged.name);
            seen += given;
        }
    }
    assert!(seen > 300);
}
