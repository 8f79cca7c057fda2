//! Files that grow entry by entry, seen at every moment of that. Needs no journald.

use std::fs;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use nwlog_corpora::journals::Entry;
use nwlog_corpora::journals::content::{FIRST_BOOT, SECOND_BOOT};
use nwlog_corpora::journals::forge::{Forge, Form};
use nwlog_journal::{Namespaces, Place, Search, Start};
use proptest::prelude::*;

use crate::follower::Follower;

/// Files are as long as this from the start, as journald's are. A file with more in it grows.
const LEN: usize = 256 << 10;

/// A journald of our own.
struct Writer {
    dir: PathBuf,
    form: Form,
    entries: Vec<Entry>,
    /// How many entries are in files that are no longer written.
    before: u64,
    boot_id: u128,
    /// What is added to the number in a message.
    numbered: u64,
}

/// How much of an entry has reached the file.
#[derive(Clone, Copy, Debug)]
enum Part {
    All,
    /// The entry, and what it has, but nothing leads to it.
    NotCounted,
    /// It is counted, and nothing of it is there.
    CountedOnly,
    /// It is counted and listed, and all zeroes.
    Zeroes,
}

impl Writer {
    fn new(dir: &Path) -> Self {
        let form = Form { state: 1, ..Form::default() };
        let writer = Self {
            dir: dir.to_owned(),
            form,
            entries: Vec::new(),
            before: 0,
            boot_id: FIRST_BOOT,
            numbered: 0,
        };
        writer.write(&writer.image(0), 0);
        writer
    }

    fn path(&self) -> PathBuf {
        self.dir.join("system.journal")
    }

    fn sent(&self) -> u64 {
        self.before + self.entries.len() as u64
    }

    fn image(&self, entries: usize) -> Vec<u8> {
        let mut bytes = Forge::file(self.form.clone(), &self.entries[..entries]);
        let len = bytes.len().next_multiple_of(LEN);
        bytes.resize(len, 0);
        bytes
    }

    fn write(&self, bytes: &[u8], at: usize) {
        let file = fs::File::options().create(true).truncate(false).write(true).open(self.path()).unwrap();
        file.write_all_at(&bytes[at..], at as u64).unwrap();
    }

    /// Adds an entry, or some part of one that another call completes.
    fn add(&mut self, part: Part) {
        let n = self.sent() + self.numbered;
        let fields = [format!("MESSAGE=message {n}"), format!("N={n}"), format!("K={}", n % 3)];
        self.entries.push(Entry {
            realtime: 1_700_000_000_000_000 + n * 10,
            monotonic: 1_000_000 + n * 10,
            boot_id: self.boot_id,
            fields: fields.map(String::into_bytes).to_vec(),
        });
        let header = usize::try_from(self.form.header_size).unwrap();
        let all = self.image(self.entries.len());
        let tail = usize::try_from(u64::from_le_bytes(all[264..272].try_into().unwrap())).unwrap();
        match part {
            Part::All => {
                self.write(&all, header);
                self.write(&all[..header], 0);
            }
            Part::NotCounted => self.write(&all, header),
            Part::CountedOnly => self.write(&all[..header], 0),
            Part::Zeroes => {
                let mut part = all;
                let len = u64::from_le_bytes(part[tail + 8..tail + 16].try_into().unwrap());
                part[tail..tail + usize::try_from(len).unwrap()].fill(0);
                self.write(&part, 0);
            }
        }
    }

    /// Completes the last entry.
    fn complete(&self) {
        let all = self.image(self.entries.len());
        self.write(&all, usize::try_from(self.form.header_size).unwrap());
        self.write(&all[..usize::try_from(self.form.header_size).unwrap()], 0);
    }

    /// Renames the file and begins another one. A clean file is cut to what it has.
    fn rotate(&mut self, is_clean: bool) {
        let Form { seqnum, seqnum_id, .. } = self.form;
        let name = match (is_clean, self.entries.first()) {
            (true, None) => return,
            (true, Some(first)) => {
                format!("system@{seqnum_id:032x}-{seqnum:016x}-{:016x}.journal", first.realtime)
            }
            (false, _) => {
                format!("system@{:016x}-{seqnum:016x}.journal~", 1_700_000_000_000_000 + self.sent())
            }
        };
        let archived = self.dir.join(name);
        fs::rename(self.path(), &archived).unwrap();
        let file_id = self.form.file_id + 1;
        if is_clean {
            let file = fs::File::options().write(true).open(&archived).unwrap();
            file.write_all_at(&[2], 16).unwrap();
            file.set_len(Forge::file(self.form.clone(), &self.entries).len() as u64).unwrap();
        }
        self.before += self.entries.len() as u64;
        self.form = Form { seqnum: self.before + 1, file_id, ..self.form.clone() };
        self.entries.clear();
        self.write(&self.image(0), 0);
    }
}

fn search(dir: &Path) -> Search {
    let place = Place::Directory(dir.to_owned());
    Search { place, namespaces: Namespaces::All, all_machines: false }
}

#[test]
fn an_entry_that_is_half_written_is_not_there_yet() {
    for part in [Part::NotCounted, Part::CountedOnly, Part::Zeroes] {
        let dir = tempfile::tempdir().unwrap();
        let mut writer = Writer::new(dir.path());
        let mut follower = Follower::new(search(dir.path()), Start::Oldest);
        for n in 0..40 {
            writer.add(part);
            for _ in 0..3 {
                follower.poll(100);
            }
            assert_eq!(follower.seen.entries, n, "{part:?}");
            writer.complete();
            follower.poll(100);
            assert_eq!(follower.seen.entries, n + 1, "{part:?}");
        }
        follower.seen.assert_each_once(40);
    }
}

#[test]
fn what_a_crash_left_behind_is_read_as_far_as_it_goes() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = Writer::new(dir.path());
    let mut follower = Follower::new(search(dir.path()), Start::Oldest);
    for round in 0..6 {
        (0..10).for_each(|_| writer.add(Part::All));
        if round % 2 == 0 {
            follower.poll(100);
        }
        // It was written, and the crash came before it was counted.
        writer.add(Part::NotCounted);
        if round % 3 == 0 {
            follower.poll(100);
        }
        writer.rotate(false);
    }
    follower.until(writer.sent());
    follower.seen.assert_each_once(66);
}

#[test]
fn it_can_go_to_another_thread() {
    fn goes<T: Send>(_: T) {}
    let dir = tempfile::tempdir().unwrap();
    goes(Follower::new(search(dir.path()), Start::Now).live);
}

#[test]
fn a_journal_that_is_not_there_yet() {
    let dir = tempfile::tempdir().unwrap();
    let later = dir.path().join("some/where");
    let mut follower = Follower::new(search(&later), Start::Oldest);
    assert!(follower.poll(10).caught_up);
    fs::create_dir_all(&later).unwrap();
    let mut writer = Writer::new(&later);
    writer.add(Part::All);
    follower.until(1);
    follower.seen.assert_each_once(1);
}

#[test]
fn where_it_may_begin() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = Writer::new(dir.path());
    (0..10).for_each(|_| writer.add(Part::All));
    writer.rotate(true);
    (0..10).for_each(|_| writer.add(Part::All));
    let begin = |start| {
        let mut follower = Follower::new(search(dir.path()), start);
        assert!(follower.poll(100).caught_up);
        let numbers: Vec<u64> = follower.seen.numbers.keys().copied().collect();
        (follower, numbers)
    };
    let time = |n: u64| 1_700_000_000_000_000 + n * 10;
    assert_eq!(begin(Start::Oldest).1, Vec::from_iter(0..20));
    for n in [0, 3, 9, 10, 15, 19, 20] {
        assert_eq!(begin(Start::Since(time(n))).1, Vec::from_iter(n..20), "{n}");
        if n > 0 {
            assert_eq!(begin(Start::Since(time(n) - 1)).1, Vec::from_iter(n..20), "{n}");
        }
    }
    let (mut follower, none) = begin(Start::Now);
    assert!(none.is_empty());
    // Nothing was given, and still it knows where it stands.
    let position = follower.live.position();
    (0..5).for_each(|_| writer.add(Part::All));
    assert_eq!(begin(Start::At(position)).1, Vec::from_iter(20..25));
    follower.until_so(&|seen| seen.numbers.len() == 5);
}

#[test]
fn what_was_given_and_is_lost_gives_its_numbers_to_others() {
    for (lost, later) in [(1, 0), (5, 0), (5, 2), (5, 5), (5, 12), (20, 7), (0, 3)] {
        for is_put_aside in [false, true] {
            let dir = tempfile::tempdir().unwrap();
            let mut writer = Writer::new(dir.path());
            (0..20).for_each(|_| writer.add(Part::All));
            let mut follower = Follower::new(search(dir.path()), Start::Oldest);
            follower.until(20);
            let (text, seen) = follower.stop();
            // The power is cut, and the disk has not all of it.
            writer.entries.truncate(20 - lost);
            fs::remove_file(writer.path()).unwrap();
            writer.write(&writer.image(writer.entries.len()), 0);
            if is_put_aside {
                writer.rotate(false);
            }
            writer.numbered = 1_000;
            let add = |writer: &mut Writer| {
                writer.boot_id = SECOND_BOOT;
                writer.add(Part::All);
            };
            (0..later).for_each(|_| add(&mut writer));
            let mut follower = Follower::at(&text, search(dir.path()), seen);
            follower.poll(later / 2);
            follower = follower.again(search(dir.path()));
            follower.poll(100);
            (0..2).for_each(|_| add(&mut writer));
            writer.rotate(true);
            (0..25).for_each(|_| add(&mut writer));
            follower = follower.again(search(dir.path()));
            follower.poll(100);
            let numbers: Vec<u64> = follower.seen.numbers.keys().copied().collect();
            let then = 1_000 + 20 - lost as u64..1_000 + 20 - lost as u64 + later as u64 + 27;
            assert_eq!(numbers, (0..20).chain(then).collect::<Vec<_>>(), "{lost} {later} {is_put_aside}");
            assert!(follower.seen.numbers.values().all(|from| from.len() == 1), "{lost} {later}");
        }
    }
}

#[test]
fn many_files_take_few_descriptors_and_fewer_maps() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = Writer::new(dir.path());
    for _ in 0..420 {
        (0..2).for_each(|_| writer.add(Part::All));
        writer.rotate(true);
    }
    let mut follower = Follower::new(search(dir.path()), Start::Oldest);
    let descriptors = || {
        let links =
            fs::read_dir("/proc/self/fd").unwrap().filter_map(|fd| fs::read_link(fd.ok()?.path()).ok());
        links.filter(|link| link.starts_with(dir.path())).count()
    };
    let maps = || {
        let maps = fs::read_to_string("/proc/self/maps").unwrap();
        maps.lines().filter(|map| map.contains(dir.path().to_str().unwrap())).count()
    };
    let mut most = (descriptors(), maps());
    while !follower.poll(50).caught_up {
        most = (most.0.max(descriptors()), most.1.max(maps()));
    }
    assert!(most.0 < 400 && most.1 < 10, "{most:?}");
    // What is through is let go.
    assert!(descriptors() < 10 && maps() < 10, "{} {}", descriptors(), maps());
    follower.seen.assert_each_once(840);
}

#[derive(Clone, Debug)]
enum Deed {
    Add(Part, u8),
    Rotate(bool),
    Poll(u8),
    Again,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let part = prop_oneof![Just(Part::NotCounted), Just(Part::CountedOnly), Just(Part::Zeroes)];
    let deed = prop_oneof![
        (0..40u8).prop_map(|n| Deed::Add(Part::All, n)),
        part.prop_map(|part| Deed::Add(part, 1)),
        Just(Deed::Rotate(true)),
        Just(Deed::Rotate(false)),
        (0..50u8).prop_map(Deed::Poll),
        (0..50u8).prop_map(Deed::Poll),
        Just(Deed::Again),
    ];
    proptest::collection::vec(deed, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn every_entry_comes_once_and_in_order(deeds in deeds()) {
        let dir = tempfile::tempdir().unwrap();
        let mut writer = Writer::new(dir.path());
        let mut follower = Follower::new(search(dir.path()), Start::Oldest);
        for deed in deeds {
            match deed {
                Deed::Add(part, count) => {
                    for _ in 0..count {
                        writer.add(part);
                    }
                    follower.poll(3);
                    writer.complete();
                }
                Deed::Rotate(is_clean) => writer.rotate(is_clean),
                Deed::Poll(limit) => {
                    follower.poll(limit.into());
                }
                Deed::Again => follower = follower.again(search(dir.path())),
            }
        }
        let sent = writer.sent();
        follower.until(sent);
        follower.seen.assert_each_once(sent);
        prop_assert!(follower.seen.order.is_sorted());
    }
}
