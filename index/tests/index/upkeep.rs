//! Stores of earlier versions, damaged ones, and what is forgotten.

use std::fs;
use std::path::{Path, PathBuf};

use nwlog_correlate::{Incident, IncidentId, State};
use nwlog_index::{Checkpoint, Error, Order, Query, Retention, SCHEMA_VERSION, Store, Writer, WriterOptions};
use tempfile::TempDir;

use super::night::{incident, night, now, stored, writer};

fn all(store: &Store) -> Vec<Incident> {
    let query = Query::parse("state:*", &now()).unwrap();
    let found = store.search(&query, usize::MAX, Order::Newest).unwrap();
    let mut incidents: Vec<_> = found.hits.into_iter().map(|hit| hit.incident).collect();
    incidents.sort_by_key(|incident| incident.id);
    incidents
}

fn open(dir: &Path) -> Writer {
    Store::open_writer(dir, WriterOptions::LIVE).unwrap()
}

/// A copy of a store that can be harmed.
fn copy(from: &Path) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), dir.path().join(file.file_name())).unwrap();
    }
    dir
}

fn earlier() -> TempDir {
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stores/schema-1"))
}

/// The files of a store whose names end like this.
fn named(dir: &Path, end: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(dir).unwrap().map(|file| file.unwrap().path());
    files.filter(|path| path.to_str().unwrap().ends_with(end)).collect()
}

/// Changes bytes in the middle of a file.
fn corrupt(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let (from, to) = (bytes.len() / 3, bytes.len() / 3 + bytes.len() / 8 + 1);
    bytes[from..to].iter_mut().for_each(|byte| *byte ^= 0x5a);
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_store_of_an_earlier_version_is_told_and_written_anew() {
    let dir = earlier();
    let error = Store::open_reader(dir.path()).err().unwrap();
    assert!(matches!(error, Error::Older { found: 1, known: SCHEMA_VERSION, .. }), "{error:?}");
    assert!(error.to_string().contains("nwlog store upgrade"), "{error}");

    let writer = open(dir.path());
    assert_eq!(writer.store().stats().unwrap().incidents, 11);
    assert!(matches!(Store::open_writer(dir.path(), WriterOptions::LIVE), Err(Error::LockBusy(_))));
    writer.close().unwrap();
    let store = Store::open_reader(dir.path()).unwrap();
    let found = store.search(&Query::parse("ledger limit:40M", &now()).unwrap(), 9, Order::Newest).unwrap();
    assert_eq!(
        found.hits.iter().map(|hit| hit.incident.unit.as_deref()).collect::<Vec<_>>(),
        [Some("ledger.service")]
    );
    // The old one is gone, and the next writer goes on in the new one.
    assert_eq!(named(dir.path(), ".store"), [] as [PathBuf; 0]);
    let mut writer = open(dir.path());
    writer.write(incident(1, "a.service", 1)).unwrap();
    writer.commit(None).unwrap();
    writer.close().unwrap();
    assert_eq!(all(&Store::open_reader(dir.path()).unwrap()).len(), 12);
}

#[test]
fn an_upgrade_keeps_the_position_of_follow() {
    let dir = tempfile::tempdir().unwrap();
    let mut first = writer(&dir);
    let checkpoint = Checkpoint { version: 7, state: b"state".to_vec(), positions: b"there".to_vec() };
    first.write(incident(1, "a.service", 1)).unwrap();
    first.commit(Some(&checkpoint)).unwrap();
    first.close().unwrap();
    // As an earlier version would have written it, had it had the same fields.
    fs::write(dir.path().join("nwlog.json"), r#"{"schema":1}"#).unwrap();
    open(dir.path()).close().unwrap();
    let store = Store::open_reader(dir.path()).unwrap();
    assert_eq!(store.checkpoint().unwrap(), Some(checkpoint));
    assert_eq!(all(&store).len(), 1);
}

#[test]
fn what_is_damaged_is_told_and_the_rest_is_saved() {
    let (sound, store) = stored(night());
    let whole = all(&store);
    assert_eq!(store.verify().unwrap(), [] as [PathBuf; 0]);
    for end in [".idx", ".term", ".pos", ".fast", ".store", ".fieldnorm"] {
        let dir = copy(sound.path());
        named(dir.path(), end).iter().for_each(|path| corrupt(path));
        // Whether it is told at once depends on what was hit: nothing panics, and a check tells it in any case.
        let told = Store::open_reader(dir.path()).and_then(|store| {
            let _ = store.search(
                &Query::parse("killed OR kind:* lib/ng* -x", &now()).unwrap(),
                99,
                Order::Relevance,
            );
            let _ = store.visit(&Query::default(), &mut |_| {});
            store.verify()
        });
        match told {
            Ok(bad) => assert_eq!(bad.len(), 1, "{end}"),
            Err(Error::Damaged { .. }) => {}
            Err(other) => panic!("{end}: {other:?}"),
        }
        let repaired = Store::repair(dir.path(), WriterOptions::LIVE).unwrap();
        let store = Store::open_reader(dir.path()).unwrap();
        assert_eq!(store.verify().unwrap(), [] as [PathBuf; 0], "{end}");
        let saved = all(&store);
        assert!(saved.iter().all(|one| whole.contains(one)), "{end}: {saved:?}");
        if end != ".store" {
            assert_eq!(saved, whole, "{end}");
        } else {
            assert!(repaired.lost + repaired.segments_lost > 0 && repaired.aside.unwrap().exists());
        }
    }
}

#[test]
fn missing_files_are_told_and_the_rest_is_saved() {
    let (sound, store) = stored(night());
    let whole = all(&store);
    for name in ["meta.json", "nwlog.json", ".managed.json", ".idx", ".fast"] {
        let dir = copy(sound.path());
        named(dir.path(), name).iter().for_each(|path| fs::remove_file(path).unwrap());
        if name != ".managed.json" {
            for error in [
                Store::open_reader(dir.path()).err().unwrap(),
                Store::open_writer(dir.path(), WriterOptions::LIVE).err().unwrap(),
            ] {
                assert!(matches!(error, Error::Damaged { .. }), "{name}: {error:?}");
                assert!(error.to_string().contains("nwlog store repair"), "{error}");
            }
        }
        Store::repair(dir.path(), WriterOptions::LIVE).unwrap();
        assert_eq!(all(&Store::open_reader(dir.path()).unwrap()), whole, "{name}");
    }
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(Store::repair(empty.path(), WriterOptions::LIVE), Err(Error::NoStore(_))));
}

#[test]
fn nothing_is_repaired_under_a_writer() {
    let (dir, _) = stored(night());
    let _writer = writer(&dir);
    assert!(matches!(Store::repair(dir.path(), WriterOptions::LIVE), Err(Error::LockBusy(_))));
    assert!(fs::read_dir(dir.path()).unwrap().all(|file| !file.unwrap().path().is_dir()));
}

fn many(n: u64) -> (TempDir, Writer) {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(&dir);
    for n in 1..=n {
        let mut one = incident(n, &format!("u{n}.service"), n);
        one.state = if n == 2 { State::Open } else { State::Closed };
        writer.write(one).unwrap();
    }
    writer.commit(None).unwrap();
    (dir, writer)
}

#[test]
fn the_oldest_are_forgotten_and_never_what_is_open() {
    let minute = 60_000_000;
    let start = incident(1, "x", 0).last.realtime.unwrap();
    let cases: [(Retention, u64, &[u64]); 5] = [
        (Retention::default(), 0, &[1, 2, 3, 4, 5, 6]),
        (Retention { max_incidents: Some(3), ..Retention::default() }, 3, &[2, 5, 6]),
        (Retention { max_incidents: Some(0), ..Retention::default() }, 5, &[2]),
        (Retention { max_age_us: Some(2 * minute), ..Retention::default() }, 3, &[2, 5, 6]),
        (Retention { max_age_us: Some(2 * minute), max_incidents: Some(5), max_bytes: None }, 3, &[2, 5, 6]),
    ];
    for (retention, forgotten, left) in cases {
        let (_dir, mut writer) = many(6);
        assert_eq!(writer.retain(&retention, start + 7 * minute).unwrap(), forgotten, "{retention:?}");
        writer.commit(None).unwrap();
        let ids: Vec<_> = all(writer.store()).iter().map(|one| one.id.0 >> 32).collect();
        assert_eq!(ids, left, "{retention:?}");
        assert_eq!(writer.retain(&retention, start + 7 * minute).unwrap(), 0, "{retention:?}");
    }
}

#[test]
fn so_many_bytes_are_kept() {
    let (dir, mut writer) = many(600);
    let size = || Store::open_reader(dir.path()).unwrap().stats().unwrap().bytes;
    let before = size();
    let retention = Retention { max_bytes: Some(before / 2), ..Retention::default() };
    assert!((200..400).contains(&writer.retain(&retention, 0).unwrap()));
    writer.commit(None).unwrap();
    let writer = writer.compact().unwrap();
    assert!(size() < before * 2 / 3, "{} of {before}", size());
    assert_eq!(writer.store().stats().unwrap().segments, 1);
    // What is left are the newest.
    assert!(writer.store().get(IncidentId(600 << 32)).unwrap().is_some());
    assert!(writer.store().get(IncidentId(1 << 32)).unwrap().is_none());
}
