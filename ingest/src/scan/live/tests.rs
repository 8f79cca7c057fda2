//! Entries that come one by one make the events that they make together.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::io::{Cursor, Read};
use std::sync::Arc;

use nwlog_corpora::journals::entry::read_export;
use nwlog_corpora::journals::forge::{Forge, Form};
use nwlog_corpora::{recordings, scenario};
use nwlog_journal::{JournalFile, Live, LiveItem, LiveOptions, Namespaces, Place, Search, Start};
use tempfile::TempDir;

use super::{KmsgHead, LiveSession, LiveTold, Own, OwnProcess};
use crate::decode::{Chunk, Format, Stats};
use crate::event::gap::GapKind;
use crate::event::{Event, Fact};
use crate::scan::{FileScan, JournalSession, Told, first_key};
use crate::source::decompress;
use crate::time::Moment;

fn export_of(recording: &recordings::Recording) -> Vec<u8> {
    let mut export = Vec::new();
    decompress(Cursor::new(recording.read().unwrap())).unwrap().read_to_end(&mut export).unwrap();
    export
}

fn logs() -> Vec<(String, Vec<u8>)> {
    let stories = scenario::all().unwrap().into_iter().map(|(name, story)| (name, story.export()));
    let recordings = recordings::all().unwrap();
    stories.chain(recordings.iter().map(|one| (one.name.to_owned(), export_of(one)))).collect()
}

/// A file with all entries of a log.
fn file_of(export: &[u8]) -> Vec<u8> {
    let entries: Vec<_> = read_export(export).0.into_iter().map(|placed| placed.entry.sorted()).collect();
    Forge::file(Form::default(), &entries)
}

fn by_batch(bytes: &[u8]) -> Vec<String> {
    let file = Arc::new(JournalFile::from_backing(Box::new(bytes.to_vec())).unwrap());
    let mut session = JournalSession::new(&[first_key(&file).unwrap()]);
    session.load(0, FileScan::of(file));
    let mut told = Vec::new();
    session.visit(&mut |one| {
        if let Told::Event(event) = one {
            told.push(format!("{event:?}"));
        }
    });
    told
}

fn event(told: LiveTold, events: &mut Vec<String>) {
    if let LiveTold::Event(event) = told {
        events.push(format!("{event:?}"));
    }
}

/// Follows a directory with one file, and saves the state after every so many entries.
fn by_entries(bytes: &[u8], save: usize) -> Vec<String> {
    let dir = TempDir::new().unwrap();
    std::fs::write(dir.path().join("system.journal"), bytes).unwrap();
    let place = Place::Directory(dir.path().to_owned());
    let search = Search { place, namespaces: Namespaces::Unnamed, all_machines: true };
    let mut live = Live::open(LiveOptions { search, start: Start::Oldest }).unwrap();
    let mut session = LiveSession::new(Own::default());
    let mut events = Vec::new();
    loop {
        let polled = live.poll(save, &mut |item| match item {
            LiveItem::Entry(entry) => session.journal(&entry, &mut |told| event(told, &mut events)),
            LiveItem::Gap(gap) => panic!("{gap:?}"),
        });
        session.seen(&mut |told| event(told, &mut events));
        session = LiveSession::restore(Own::default(), &session.snapshot()).unwrap();
        assert!(polled.trouble.is_empty(), "{:?}", polled.trouble);
        if polled.caught_up {
            break;
        }
    }
    session.parser.finish(&mut session.events);
    session.tell(&mut |told| event(told, &mut events));
    events
}

#[test]
fn entries_one_by_one_make_the_events_of_a_batch() {
    let mut events = 0;
    for (name, export) in logs() {
        let bytes = file_of(&export);
        let batch = by_batch(&bytes);
        events += batch.len();
        let save = if batch.len() < 100 { 1 } else { 501 };
        let live = by_entries(&bytes, save);
        for (one, other) in live.iter().zip(&batch) {
            assert_eq!(one, other, "{name}");
        }
        assert_eq!(live.len(), batch.len(), "{name}");
    }
    assert!(events > 1_000, "{events}");
}

fn head(at: u64) -> KmsgHead {
    KmsgHead {
        machine_id: "11111111111111111111111111111111".into(),
        boot_id: "22222222222222222222222222222222".into(),
        hostname: "box".into(),
        read: Moment::new(1_700_000_000_000_000 + at, at),
    }
}

const BLOCK: [&str; 2] = [
    "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/system.slice/a.service,task_memcg=/system.slice/a.service,task=a,pid=77,uid=0",
    "Memory cgroup out of memory: Killed process 77 (a) total-vm:9kB, anon-rss:8kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:1kB oom_score_adj:0",
];

/// A record of the kernel's that the journal stored, both times since the boot.
fn journal(session: &mut LiveSession, stored: u64, written: u64, text: &str, each: &mut dyn FnMut(LiveTold)) {
    let text = format!(
        "__CURSOR=s=a;i={written};b=b;m=m;t=t;x={written}\n__REALTIME_TIMESTAMP={}\n__MONOTONIC_TIMESTAMP={stored}\n_BOOT_ID={}\n_MACHINE_ID={}\n_HOSTNAME=box\n_TRANSPORT=kernel\nSYSLOG_FACILITY=0\nPRIORITY=3\n_SOURCE_MONOTONIC_TIMESTAMP={written}\nMESSAGE={text}\n\n",
        1_700_000_000_000_000 + stored,
        head(0).boot_id,
        head(0).machine_id,
    );
    let chunk = Chunk {
        format: Format::Export,
        offset: 0,
        bytes: text.into_bytes(),
        calendar: Default::default(),
        boots: Vec::new(),
    };
    chunk.visit(&mut Stats::default(), &mut |_, entry| session.entry(entry, each));
}

/// The same two records, out of /dev/kmsg and out of the journal, which had them `late` microseconds later.
fn both(order: [bool; 4], late: u64) -> Vec<Event> {
    let mut session = LiveSession::new(Own::default());
    session.read_kmsg();
    let mut events = Vec::new();
    let (mut from_kmsg, mut from_journal) = (0, 0);
    for is_kmsg in order {
        let mut each = |told| {
            if let LiveTold::Event(event) = told {
                events.push(*event);
            }
        };
        let at = |n: usize| 5_000_000 + n as u64;
        if is_kmsg {
            let record = format!("3,{},{},-;{}\n", 100 + from_kmsg, at(from_kmsg), BLOCK[from_kmsg]);
            session.kmsg(record.as_bytes(), &head(at(from_kmsg)), &mut each);
            from_kmsg += 1;
        } else {
            let (n, stored) = (from_journal, at(from_journal) + late);
            journal(&mut session, stored, at(n), BLOCK[n], &mut each);
            from_journal += 1;
        }
    }
    events
}

#[test]
fn a_record_of_the_kernel_out_of_both_is_one() {
    let alone = both([true, true, false, false], 300_000);
    assert_eq!(alone.len(), 1, "{alone:?}");
    let without_times = |event: &Event| (event.identity, event.origin.clone(), event.fact.clone());
    for order in [
        [false, false, true, true],
        [true, false, true, false],
        [false, true, false, true],
        [true, false, false, true],
        [false, true, true, false],
    ] {
        let events = both(order, 300_000);
        assert_eq!(events.len(), 1, "{order:?}");
        assert_eq!(without_times(&events[0]), without_times(&alone[0]), "{order:?}");
    }
}

#[test]
fn numbers_that_jump_are_a_gap() {
    let mut session = LiveSession::new(Own::default());
    session.read_kmsg();
    let mut gaps = Vec::new();
    for number in [5_u64, 6, 7, 40, 40, 41] {
        let record = format!("6,{number},{},-;nothing to see\n", number * 1_000);
        session.kmsg(record.as_bytes(), &head(number * 1_000), &mut |told| {
            if let LiveTold::Event(event) = told
                && let Fact::Gap(gap) = event.fact
            {
                gaps.push((gap.what, gap.count));
            }
        });
        session = LiveSession::restore(Own::default(), &session.snapshot()).unwrap();
    }
    assert_eq!(gaps, [(GapKind::KmsgSequence, Some(32))]);
    assert_eq!(session.last_kmsg(&head(0).boot_id), Some(41));
    assert_eq!(session.last_kmsg("another"), None);
}

#[test]
fn what_the_journal_told_before_is_no_gap() {
    let mut session = LiveSession::new(Own::default());
    session.read_kmsg();
    let mut gaps = Vec::new();
    let mut each = |told| {
        if let LiveTold::Event(event) = told
            && let Fact::Gap(gap) = event.fact
        {
            gaps.push(gap);
        }
    };
    let at = |number: u64| number * 1_000;
    for number in 1..=200_u64 {
        if number == 51 {
            // Here the journal is ahead.
            (51..=100).for_each(|n| journal(&mut session, at(n) + 9, at(n), "a word", &mut each));
        }
        let record = format!("3,{number},{},-;a word\n", at(number));
        session.kmsg(record.as_bytes(), &head(at(number)), &mut each);
    }
    assert_eq!(gaps, []);
}

#[test]
fn its_own_words_are_passed_over() {
    let own = Own {
        units: vec![b"nwlog.service".as_slice().into()],
        process: Some(OwnProcess { boot_id: b"22".as_slice().into(), pid: b"9".as_slice().into() }),
    };
    let entry = |fields: &[(&'static str, &'static str)]| {
        let mut known = crate::entry::Known::default();
        for (name, value) in fields {
            match *name {
                "_SYSTEMD_UNIT" => known.systemd_unit = Some(value.as_bytes()),
                "_PID" => known.pid = Some(value.as_bytes()),
                "_BOOT_ID" => known.boot_id = Some(value.as_bytes()),
                _ => panic!("{name}"),
            }
        }
        own.wrote(&known)
    };
    assert!(entry(&[("_SYSTEMD_UNIT", "nwlog.service")]));
    assert!(entry(&[("_PID", "9"), ("_BOOT_ID", "22")]));
    assert!(!entry(&[("_PID", "9"), ("_BOOT_ID", "23")]));
    assert!(!entry(&[("_PID", "1"), ("_BOOT_ID", "22"), ("_SYSTEMD_UNIT", "init.scope")]));
}
