//! What a store keeps, and whom it lets in.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use nwlog_correlate::{Incident, IncidentId, State};
use nwlog_index::{Checkpoint, Error, Order, Query, SCHEMA_VERSION, Store, WriterOptions};
use nwlog_ingest::Id128;
use nwlog_ingest::time::Moment;
use proptest::prelude::*;

use super::night::{incident, night, now, stored, writer};

fn all(store: &Store) -> Vec<Incident> {
    let found = store.search(&Query::parse("", &now()).unwrap(), 100, Order::Newest).unwrap();
    let mut incidents: Vec<_> = found.hits.into_iter().map(|hit| hit.incident).collect();
    incidents.sort_by_key(|incident| incident.id);
    incidents
}

fn files(dir: &Path) -> Vec<String> {
    let name = |file: std::io::Result<fs::DirEntry>| file.unwrap().file_name().into_string().unwrap();
    let mut names: Vec<_> = fs::read_dir(dir).unwrap().map(name).collect();
    names.sort();
    names
}

#[test]
fn writing_twice_keeps_one() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(&dir);
    let mut one = incident(1, "a.service", 1);
    for revision in 1..4 {
        // In one commit, in two, and after the writer was gone.
        one.revision = revision;
        one.state = if revision == 3 { State::Closed } else { State::Open };
        writer.write(one.clone()).unwrap();
        writer.write(one.clone()).unwrap();
        assert_eq!(writer.pending(), 1);
        writer.commit(None).unwrap();
        assert_eq!(all(writer.store()), std::slice::from_ref(&one));
        writer.close().unwrap();
        writer = super::night::writer(&dir);
        assert_eq!(all(writer.store()), std::slice::from_ref(&one));
    }
}

#[test]
fn a_story_that_covers_more_takes_the_others_over() {
    for commits in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let mut writer = writer(&dir);
        let lives = |ns: &[u128]| ns.iter().map(|&n| Id128::from_u128(n)).collect::<Vec<_>>();
        let two = Incident { invocations: lives(&[2, 3]), occurrences: 2, ..incident(2, "a.service", 2) };
        let four = Incident { invocations: lives(&[4, 5]), occurrences: 2, ..incident(4, "a.service", 4) };
        let mut whole = Incident { invocations: lives(&[1, 2, 3, 4, 5]), ..incident(1, "a.service", 1) };
        (whole.last, whole.occurrences) = (four.last, 5);
        for one in [&two, &four, &whole, &two] {
            writer.write(one.clone()).unwrap();
            if commits {
                writer.commit(None).unwrap();
            }
        }
        writer.commit(None).unwrap();
        let kept = all(writer.store());
        assert_eq!(kept.len(), 1, "{kept:?}");
        assert_eq!((kept[0].id, &kept[0].invocations), (whole.id, &whole.invocations));
        assert_eq!(kept[0].formerly, [two.id, four.id]);
        assert_eq!(writer.store().get(two.id).unwrap().unwrap().id, whole.id);
    }
}

#[test]
fn what_is_not_committed_is_not_there() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(&dir);
    writer.write(incident(1, "a.service", 1)).unwrap();
    let reader = Store::open_reader(dir.path()).unwrap();
    writer.commit(None).unwrap();
    assert_eq!(all(&reader).len(), 0);
    reader.reload().unwrap();
    assert_eq!(all(&reader).len(), 1);
    writer.write(incident(2, "a.service", 1)).unwrap();
    drop(writer);
    assert_eq!(all(&Store::open_reader(dir.path()).unwrap()).len(), 1);
}

#[test]
fn a_checkpoint_stays_until_the_next() {
    let dir = tempfile::tempdir().unwrap();
    let first = Checkpoint { version: 3, state: b"{\"open\":[\"\xff\"]}".to_vec(), positions: vec![0, 255] };
    let mut follow = writer(&dir);
    assert_eq!(follow.store().checkpoint().unwrap(), None);
    follow.commit(Some(&first)).unwrap();
    follow.close().unwrap();

    let mut analyze = writer(&dir);
    analyze.write(incident(1, "a.service", 1)).unwrap();
    analyze.commit(None).unwrap();
    analyze.close().unwrap();
    let reader = Store::open_reader(dir.path()).unwrap();
    assert_eq!(reader.checkpoint().unwrap().as_ref(), Some(&first));

    let second = Checkpoint { version: 4, ..first };
    let mut follow = writer(&dir);
    follow.commit(Some(&second)).unwrap();
    assert_eq!(reader.checkpoint().unwrap(), Some(second));
}

#[test]
fn one_writes_and_many_read() {
    let (dir, store) = stored(night());
    let writer = writer(&dir);
    let second = Store::open_writer(dir.path(), WriterOptions::LIVE);
    assert!(matches!(second, Err(Error::LockBusy(_))));
    assert_eq!(all(&Store::open_reader(dir.path()).unwrap()), all(&store));
    drop(writer);
    Store::open_writer(dir.path(), WriterOptions::LIVE).unwrap();
}

#[test]
fn a_reader_writes_nothing() {
    let (dir, _) = stored(night());
    for lock in files(dir.path()).iter().filter(|name| name.ends_with(".lock")) {
        fs::remove_file(dir.path().join(lock)).unwrap();
    }
    let before = files(dir.path());
    let store = Store::open_reader(dir.path()).unwrap();
    assert_eq!(all(&store).len(), 11);
    store.stats().unwrap();
    assert_eq!(files(dir.path()), before);
}

#[test]
fn a_new_store_is_not_for_everybody() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("state/nwlog");
    Store::open_writer(&path, WriterOptions::LIVE).unwrap().close().unwrap();
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o027, 0, "{mode:o}");
    assert_eq!(mode & 0o700, 0o700, "{mode:o}");
    // What the umask lets the group read of one file, it may read of all.
    let readable = |name: &String| fs::metadata(path.join(name)).unwrap().permissions().mode() & 0o040;
    let modes: BTreeSet<u32> = files(&path).iter().map(readable).collect();
    assert_eq!(modes.len(), 1, "{modes:?}");
}

#[test]
fn what_cannot_be_read_is_refused() {
    let (dir, _) = stored(night());
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("store");
    let fresh = || {
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).unwrap();
        for name in files(dir.path()) {
            fs::copy(dir.path().join(&name), path.join(&name)).unwrap();
        }
    };
    let both = || {
        let reader = Store::open_reader(&path).err().unwrap();
        let writer = Store::open_writer(&path, WriterOptions::LIVE).err().unwrap();
        assert_eq!(reader.to_string(), writer.to_string());
        reader
    };

    fresh();
    fs::write(path.join("nwlog.json"), r#"{"schema":999,"more":true}"#).unwrap();
    let error = both();
    assert!(matches!(error, Error::SchemaVersion { found: 999, known: SCHEMA_VERSION, .. }), "{error}");
    assert!(error.to_string().contains("999"), "{error}");

    for (file, bytes) in [("nwlog.json", &b"{"[..]), ("meta.json", b"{"), ("meta.json", b"{\"segments\":[]}")]
    {
        fresh();
        fs::write(path.join(file), bytes).unwrap();
        let error = both();
        assert!(matches!(error, Error::Damaged { .. }), "{file}: {error:?}");
        assert!(error.to_string().contains("nwlog store repair"), "{error}");
    }

    fresh();
    for name in files(&path).iter().filter(|name| name.ends_with(".store")) {
        fs::write(path.join(name), b"").unwrap();
    }
    let opened = Store::open_reader(&path);
    let read = opened.and_then(|store| store.get(IncidentId(1 << 32)));
    assert!(matches!(read, Err(Error::Damaged { .. })), "{read:?}");

    fresh();
    for name in files(&path).iter().filter(|name| name.ends_with(".idx")) {
        fs::remove_file(path.join(name)).unwrap();
    }
    let error = Store::open_reader(&path).err().unwrap();
    assert!(matches!(error, Error::Damaged { .. }), "{error:?}");
}

#[test]
fn a_store_that_is_not_there_is_named() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("store");
    for make in [|_: &Path| {}, |path: &Path| fs::create_dir(path).unwrap()] {
        make(&path);
        let error = Store::open_reader(&path).err().unwrap();
        assert!(matches!(error, Error::NoStore(_)), "{error:?}");
        assert!(error.to_string().contains(path.to_str().unwrap()), "{error}");
    }
    // Its maker was stopped half-way: the next one goes on.
    fs::write(path.join("nwlog.json"), format!("{{\"schema\":{SCHEMA_VERSION}}}")).unwrap();
    assert!(matches!(Store::open_reader(&path), Err(Error::NoStore(_))));
    Store::open_writer(&path, WriterOptions::LIVE).unwrap().close().unwrap();
    assert_eq!(all(&Store::open_reader(&path).unwrap()), []);

    let file = root.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(matches!(Store::open_reader(&file), Err(Error::NoStore(_))));
    assert!(matches!(Store::open_writer(&file, WriterOptions::LIVE), Err(Error::Io { .. })));
}

#[test]
fn many_commits_leave_few_segments() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(&dir);
    for n in 1..40 {
        writer.write(incident(n, "a.service", n)).unwrap();
        writer.commit(None).unwrap();
    }
    writer.close().unwrap();
    let stats = Store::open_reader(dir.path()).unwrap().stats().unwrap();
    assert_eq!(stats.incidents, 39);
    assert!(stats.segments <= 8, "{}", stats.segments);
}

#[test]
fn many_writers_leave_few_segments() {
    let dir = tempfile::tempdir().unwrap();
    for n in 1..30 {
        let mut writer = writer(&dir);
        writer.write(incident(n, "a.service", n)).unwrap();
        writer.commit(None).unwrap();
        writer.settle().unwrap();
        assert_eq!(all(writer.store()).len(), usize::try_from(n).unwrap());
        // It goes on, too.
        writer.write(incident(n, "a.service", n)).unwrap();
        writer.commit(None).unwrap();
    }
    let stats = Store::open_reader(dir.path()).unwrap().stats().unwrap();
    assert!(stats.segments <= 9, "{}", stats.segments);
}

/// An analysis of the lives from one to another of one unit.
fn told((from, to): (u64, u64)) -> Incident {
    let mut one = incident(from + 1, "a.service", from);
    one.invocations = (from..=to).map(|n| Id128::from_u128(u128::from(n))).collect();
    one.occurrences = to - from + 1;
    one.last = Moment::new(one.first.realtime.unwrap() + (to - from) * 60_000_000, to * 60_000_000);
    one
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// However commits cut the writes, the store ends the same.
    #[test]
    fn commits_change_nothing(
        windows in prop::collection::vec((0..6_u64, 0..6_u64, any::<bool>()), 1..6),
    ) {
        let written = |cut: bool| {
            let dir = tempfile::tempdir().unwrap();
            let mut writer = writer(&dir);
            for &(a, b, commit) in &windows {
                writer.write(told((a.min(b), a.max(b)))).unwrap();
                if cut && commit {
                    writer.commit(None).unwrap();
                }
            }
            writer.commit(None).unwrap();
            all(writer.store())
        };
        prop_assert_eq!(written(false), written(true));
    }
}
