//! What is told where journal files are missing.

use std::fs;
use std::path::{Path, PathBuf};

use nwlog_corpora::journals::daemon::{Journald, Settings, Wish};
use nwlog_corpora::journals::forge::{Forge, Form};
use nwlog_corpora::journals::{Entry, or_skip};
use serde_json::Value;
use tempfile::TempDir;

use crate::desk::{Desk, Said};

const COUNTER: u128 = 0x5e5e_5e5e_0000_4000_8000_0000_0000_0005;
const BOOT: u128 = 0x1b00_7000_0000_4000_8000_0000_0000_0001;
const START: u64 = 1_700_000_000_000_000;
const SECOND: u64 = 1_000_000;

/// A service that says something every second, and is killed over and over: a crash loop that spans the whole log.
fn entries(count: u64) -> Vec<Entry> {
    (0..count)
        .map(|n| {
            let entry = Entry {
                realtime: START + n * SECOND,
                monotonic: 50 * SECOND + n * SECOND,
                boot_id: BOOT,
                fields: Vec::new(),
            };
            let entry = entry.with("_MACHINE_ID", format!("{:032x}", 3)).with("_HOSTNAME", "box");
            if n % 10 != 5 {
                let entry = entry.with("_TRANSPORT", "stdout").with("_SYSTEMD_UNIT", "myapp.service");
                return entry.with("_PID", "77").with("_UID", "0").with("MESSAGE", format!("request {n}"));
            }
            let life = format!("{:032x}", 0xabc + n);
            entry
                .with("_TRANSPORT", "journal")
                .with("_PID", "1")
                .with("_UID", "0")
                .with("MESSAGE_ID", "98e322203f7a4ed290d09fe03c09fe15")
                .with("MESSAGE", "myapp.service: Main process exited, code=killed, status=9/KILL")
                .with("UNIT", "myapp.service")
                .with("INVOCATION_ID", life)
                .with("EXIT_CODE", "killed")
                .with("EXIT_STATUS", "9")
        })
        .collect()
}

/// A directory of journal files, a hundred entries in each: rotated ones and one that is written.
struct House {
    dir: TempDir,
    files: Vec<PathBuf>,
}

impl House {
    fn new(count: u64) -> Self {
        let dir = TempDir::new().unwrap();
        let entries = entries(count * 100);
        let files = entries.chunks(100).zip(0..).map(|(part, n): (_, u64)| {
            let first = n * 100 + 1;
            let name = if n + 1 == count {
                "system.journal".to_owned()
            } else {
                format!("system@{COUNTER:032x}-{first:016x}-{:016x}.journal", part[0].realtime)
            };
            let state = if n + 1 == count { 0 } else { 2 };
            let form = Form {
                seqnum: first,
                seqnum_id: COUNTER,
                header_size: 264,
                file_id: 7 + u128::from(n),
                state,
                ..Form::default()
            };
            let path = dir.path().join(name);
            fs::write(&path, Forge::file(form, part)).unwrap();
            path
        });
        let files = files.collect();
        Self { dir, files }
    }

    fn without(count: u64, gone: &[usize]) -> Self {
        let house = Self::new(count);
        gone.iter().for_each(|n| fs::remove_file(&house.files[*n]).unwrap());
        house
    }

    fn analyze(&self) -> Said {
        analyze(self.dir.path(), &[])
    }
}

fn analyze(path: &Path, more: &[&str]) -> Said {
    let desk = Desk::new();
    let mut command = desk.command(env!("CARGO_BIN_EXE_nwlog"));
    command.args(["analyze", "--no-store", "-ojson"]).args(more).arg(path);
    Said::of(command.output().unwrap())
}

fn gaps(said: &Said) -> Vec<Value> {
    said.json().iter().flat_map(|incident| incident["gaps"].as_array().cloned().unwrap_or_default()).collect()
}

#[test]
fn a_whole_journal_misses_nothing() {
    let said = House::new(5).analyze().with_status(0);
    assert!(said.err.contains("no entry is missing between others"), "{}", said.err);
    assert!(gaps(&said).is_empty());
    assert_eq!(said.json().len(), 1);
}

#[test]
fn a_file_that_is_gone_is_a_gap_in_what_it_interrupts() {
    let said = House::without(5, &[2]).analyze().with_status(0);
    assert!(
        said.err.contains("warning: 100 entries are missing from the journal, in one place"),
        "{}",
        said.err
    );
    let gaps = gaps(&said);
    let [gap] = gaps.as_slice() else { panic!("{gaps:?}") };
    assert_eq!((&gap["what"], &gap["count"]), (&"sequence".into(), &100.into()));
    // From the last entry before it to the first one behind.
    assert_eq!(gap["from"], "2023-11-14T22:16:39.000000Z");
    assert_eq!(gap["to"], "2023-11-14T22:18:20.000000Z");
}

#[test]
fn it_is_the_same_however_it_is_read() {
    let house = House::without(7, &[1, 4]);
    let said = house.analyze().with_status(0);
    assert!(said.err.contains("200 entries are missing from the journal, in 2 places, 100 in the largest"));
    assert_eq!(gaps(&said).len(), 2);
    for jobs in ["-j1", "-j3"] {
        assert_eq!(analyze(house.dir.path(), &[jobs]).with_status(0).out, said.out);
    }
}

#[test]
fn what_may_have_been_vacuumed_is_no_gap() {
    // Nothing is known of the time before the file that followed the oldest one: of 101 to 200.
    let said = House::without(5, &[0, 2]).analyze().with_status(0);
    assert!(!said.err.contains("missing from"), "{}", said.err);
    assert!(
        said.err.contains(
            "not checked whether entries are missing: 100 numbers without an entry, and older files may have \
             been vacuumed"
        ),
        "{}",
        said.err
    );
    assert!(gaps(&said).is_empty());
    let plain = House::without(5, &[0, 1]).analyze().with_status(0);
    assert!(plain.err.contains("no entry is missing between others"), "{}", plain.err);
    let behind = House::without(6, &[0, 3]).analyze().with_status(0);
    assert!(behind.err.contains("100 entries are missing from the journal"), "{}", behind.err);
}

#[test]
fn a_file_that_cannot_be_read_may_have_them() {
    let house = House::without(5, &[2]);
    fs::write(house.dir.path().join("user-1000.journal"), "not one").unwrap();
    let said = house.analyze().with_status(2);
    assert!(said.err.contains("numbers without an entry, and files were not read"), "{}", said.err);
    assert!(gaps(&said).is_empty());
}

#[test]
fn a_file_that_was_packed_by_hand_may_have_them() {
    let house = House::without(5, &[2]);
    let gone = house.files[2].with_extension("journal.xyz");
    fs::write(&gone, "packed").unwrap();
    let said = house.analyze();
    assert!(said.err.contains("100 numbers without an entry, and files were not read"), "{}", said.err);
    fs::remove_file(gone).unwrap();
    fs::write(house.files[0].with_extension("journal.xyz"), "another one").unwrap();
    let said = house.analyze();
    assert!(is_said_to_miss(&said), "{}", said.err);
}

#[test]
fn a_damaged_file_may_have_them() {
    let house = House::without(5, &[2]);
    let path = &house.files[1];
    let mut bytes = fs::read(path).unwrap();
    bytes.truncate(bytes.len() * 4 / 5);
    fs::write(path, bytes).unwrap();
    let said = house.analyze().with_status(2);
    assert!(said.err.contains("and files are damaged"), "{}", said.err);
    assert!(gaps(&said).is_empty());
}

#[test]
fn a_file_that_is_named_alone_is_not_spoken_of() {
    let house = House::without(5, &[2]);
    for path in &[&house.files[0], &house.files[4]] {
        let said = analyze(path, &[]).with_status(0);
        assert!(!said.err.contains("missing"), "{}", said.err);
    }
    let quiet = analyze(house.dir.path(), &["-q"]).with_status(0);
    assert_eq!(quiet.err, "");
}

#[test]
fn files_that_were_left_out_are_not_missed() {
    let house = House::without(6, &[2]);
    // Reading begins half an hour before.
    let since = format!("@{}", START / SECOND + 1_800 + 350);
    for (bound, time) in [("-S", since.as_str()), ("-U", "@1700000250")] {
        let said = analyze(house.dir.path(), &[bound, time]).with_status(0);
        assert!(said.err.contains("no entry is missing between others"), "{}", said.err);
    }
}

fn is_said_to_miss(said: &Said) -> bool {
    said.err.contains("missing from the journal")
}

fn say(journald: &Journald, count: u64) {
    (0..count).for_each(|n| journald.send([format!("MESSAGE=word {n}")]).unwrap());
}

/// Needs root, and a journald.
#[test]
fn of_a_real_journald_nothing_is_missed_but_what_is_gone() {
    let folder = TempDir::new().unwrap();
    let Some(journald) = or_skip(Journald::start(folder.path(), &Settings::default())).unwrap() else {
        return;
    };
    for _ in 0..4 {
        say(&journald, 60);
        journald.wish(Wish::Rotate).unwrap();
    }
    let said = analyze(&journald.journals(), &[]);
    assert!(said.err.contains("no entry is missing between others"), "{}", said.err);

    // It goes on while the files are read.
    let text = "one line of many that a service prints\n".repeat(50);
    for round in 0..12 {
        journald.print("writer", text.as_bytes()).unwrap();
        if round % 4 == 3 {
            journald.wish(Wish::Rotate).unwrap();
        }
        let said = analyze(&journald.journals(), &[]);
        assert!(!is_said_to_miss(&said), "{}", said.err);
    }
    journald.stop().unwrap();

    let again = Journald::start(folder.path(), &Settings::default()).unwrap();
    say(&again, 30);
    again.wish(Wish::Rotate).unwrap();
    say(&again, 30);
    again.wish(Wish::Sync).unwrap();
    let journals = again.journals();
    again.stop().unwrap();
    assert!(!is_said_to_miss(&analyze(&journals, &[])));

    let machine = fs::read_dir(&journals).unwrap().next().unwrap().unwrap().path();
    let mut files: Vec<PathBuf> = fs::read_dir(machine).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|path| path.to_string_lossy().contains("system@"));
    files.sort();
    // The oldest is what would be vacuumed next.
    fs::remove_file(&files[0]).unwrap();
    let said = analyze(&journals, &[]);
    assert!(!is_said_to_miss(&said), "{}", said.err);
    fs::remove_file(&files[3]).unwrap();
    let said = analyze(&journals, &[]);
    assert!(is_said_to_miss(&said), "{}", said.err);
}

/// Needs root, and a journald. Numbers go to files in /run meanwhile, under another counter.
#[test]
fn of_a_journal_that_is_moved_to_var_nothing_is_missed() {
    let folder = TempDir::new().unwrap();
    let settings = Settings { is_volatile: true, ..Settings::default() };
    let Some(journald) = or_skip(Journald::start(folder.path(), &settings)).unwrap() else { return };
    for wish in [Wish::Flush, Wish::Rotate, Wish::Flush, Wish::Rotate, Wish::Flush] {
        say(&journald, 40);
        journald.wish(wish).unwrap();
        let said = analyze(folder.path(), &[]);
        assert!(!is_said_to_miss(&said), "{wish:?}: {}", said.err);
    }
}
