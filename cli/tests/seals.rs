//! `--verify-key` on files that a journald sealed, beside what `journalctl --verify` says of them.

use std::fs;
use std::path::{Path, PathBuf};

use nwlog_corpora::journals::daemon::{Settings, Wish};
use nwlog_corpora::journals::{Journald, or_skip, oracle};

use crate::desk::{Desk, Said};

/// What a journald has sealed.
struct Made {
    /// The file that it had open when it ended.
    closed: PathBuf,
    /// The one before.
    archived: PathBuf,
    /// A copy of the first while it was open.
    open: PathBuf,
    key: String,
}

/// None where there is no journald to make files, which is told.
fn sealed(desk: &Desk) -> Option<Made> {
    let house = desk.path("house");
    fs::create_dir(&house).unwrap();
    let settings = Settings { is_sealed: true, ..Settings::default() };
    let journald = or_skip(Journald::start(&house, &settings)).unwrap()?;
    journald.send(["MESSAGE=before the rotation"]).unwrap();
    journald.wish(Wish::Sync).unwrap();
    journald.wish(Wish::Rotate).unwrap();
    for n in 0..40 {
        journald.send([format!("MESSAGE=sealed line {n}"), format!("NUMBER={n}")]).unwrap();
    }
    // Compressed.
    journald.send([format!("MESSAGE={}", "long ".repeat(2_000))]).unwrap();
    journald.wish(Wish::Sync).unwrap();
    let (key, journals) = (journald.key().unwrap(), journald.journals());
    let machine = fs::read_dir(journals).unwrap().next().unwrap().unwrap().path();
    let (closed, open) = (machine.join("system.journal"), desk.path("open.journal"));
    fs::copy(&closed, &open).unwrap();
    journald.stop().unwrap();
    let mut files = fs::read_dir(machine).unwrap().map(|file| file.unwrap().path());
    let archived = files.find(|path| path.to_str().unwrap().contains("system@")).unwrap();
    Some(Made { closed, archived, open, key })
}

fn verify(desk: &Desk, key: &str, paths: &[&Path]) -> Said {
    let args = ["analyze", "--no-store", "--verify-key", key].map(Path::new);
    desk.nwlog(args.into_iter().chain(paths.iter().copied()))
}

#[test]
fn what_was_sealed_is_told_from_what_was_changed() {
    let desk = Desk::new();
    let Some(Made { closed, archived, open, key }) = sealed(&desk) else { return };
    let paths = [&*closed, &*archived];
    for path in [&closed, &archived, &open] {
        assert_eq!(oracle::verify(path, Some(&key)).unwrap(), None);
    }
    let said = verify(&desk, &key, &paths).with_status(0);
    assert!(said.err.contains("2 sealed files verified, with "), "{}", said.err);
    let said = verify(&desk, &key, &[&closed]).with_status(0);
    assert!(!said.err.contains("after the last seal"), "journald seals what it closes: {}", said.err);
    // What is open has but its first seal.
    let said = verify(&desk, &key, &[&open]).with_status(0);
    assert!(said.err.contains("1 sealed file verified, with 0 entries; 4"), "{}", said.err);
    assert!(said.err.contains(" entries after the last seal, which nothing proves"), "{}", said.err);

    // Another key: the first digit of the seed, and the time of the first epoch.
    let other = format!("{}{}", if key.starts_with('0') { '1' } else { '0' }, &key[1..]);
    let later = key.replacen('/', "/1", 1);
    for wrong in [&other, &later] {
        assert!(oracle::verify(paths[0], Some(wrong)).unwrap().is_some());
        let said = verify(&desk, wrong, &[&closed]).with_status(2);
        assert!(said.err.contains("1 sealed file not verified"), "{}", said.err);
    }

    let sound = fs::read(paths[0]).unwrap();
    let find = |text: &str| sound.windows(text.len()).position(|part| part == text.as_bytes()).unwrap();
    let places = [
        ("a message", find("MESSAGE=sealed line 7") + 20),
        ("a field's name", find("NUMBER=7")),
        ("the machine's id", 40),
        ("the number of a seal's epoch", sealing(&sound) + 24),
        ("a seal", sealing(&sound) + 40),
        ("where the list of entries begins", 176),
    ];
    for (what, at) in places {
        let mut changed = sound.clone();
        changed[at] ^= 1;
        let path = desk.put("changed.journal", &changed);
        assert!(oracle::verify(&path, Some(&key)).unwrap().is_some(), "{what}");
        let said = verify(&desk, &key, &[&path, paths[1]]).with_status(2);
        let told =
            said.err.contains("changed.journal is not verified: ") && said.err.contains("between byte ");
        assert!(told && said.err.contains("1 sealed file verified"), "{what}: {}", said.err);
    }
}

/// The key of an epoch is some squarings away from the first, or one from the one before.
#[test]
fn every_epoch_has_a_seal_of_its_own() {
    let desk = Desk::new();
    let house = desk.path("house");
    fs::create_dir(&house).unwrap();
    let env = vec![("SEAL_INTERVAL".to_owned(), "1s".to_owned())];
    let settings = Settings { is_sealed: true, env, ..Settings::default() };
    let Some(journald) = or_skip(Journald::start(&house, &settings)).unwrap() else { return };
    let mut file = None;
    for n in 0..2_000 {
        journald.send([format!("MESSAGE=line {n}")]).unwrap();
        journald.wish(Wish::Sync).unwrap();
        let machine = fs::read_dir(journald.journals()).unwrap().next().unwrap().unwrap().path();
        let header = fs::read(machine.join("system.journal")).unwrap();
        if u64::from_le_bytes(header[224..232].try_into().unwrap()) >= 4 {
            file = Some(machine.join("system.journal"));
            break;
        }
    }
    let (file, key) = (file.expect("four seals"), journald.key().unwrap());
    journald.stop().unwrap();
    assert_eq!(oracle::verify(&file, Some(&key)).unwrap(), None);
    let said = verify(&desk, &key, &[&file]).with_status(0);
    assert!(said.err.contains("1 sealed file verified"), "{}", said.err);
    let mut changed = fs::read(&file).unwrap();
    let last = sealing(&changed) - 64;
    let at = changed[..last].windows(13).rposition(|part| part == b"MESSAGE=line ").unwrap();
    changed[at + 9] ^= 1;
    let path = desk.put("changed.journal", &changed);
    assert!(oracle::verify(&path, Some(&key)).unwrap().is_some());
    let said = verify(&desk, &key, &[&path]).with_status(2);
    assert!(said.err.contains("a seal does not fit: the file was changed, between byte "), "{}", said.err);
}

/// Where the last TAG is: its kind, no flags, six bytes of nothing, and its size.
fn sealing(file: &[u8]) -> usize {
    let head = [7, 0, 0, 0, 0, 0, 0, 0, 64, 0, 0, 0, 0, 0, 0, 0];
    file.windows(16).rposition(|bytes| bytes == head).unwrap()
}

#[test]
fn what_is_not_sealed_is_said_so() {
    let desk = Desk::new();
    let Some(Made { closed, key, .. }) = sealed(&desk) else { return };
    let mut plain = fs::read(&closed).unwrap();
    // A file can claim that it was never sealed, and then proves nothing.
    plain[8] &= !1;
    let path = desk.put("plain.journal", &plain);
    let said = verify(&desk, &key, &[&path]).with_status(0);
    assert!(said.err.contains("1 journal file is not sealed"), "{}", said.err);
    assert!(!said.err.contains("verified"), "{}", said.err);
    let stream = desk.put("x.export", "MESSAGE=a\n__REALTIME_TIMESTAMP=1\n\n");
    let said = verify(&desk, &key, &[&stream]).with_status(0);
    assert!(said.err.contains("nothing was verified"), "{}", said.err);
    // Without a key nothing is said of seals.
    let said = desk.nwlog(["analyze", "--no-store", closed.to_str().unwrap()]).with_status(0);
    assert_eq!(said.err, "nwlog: no incidents\n");
}

#[test]
fn what_is_no_key_is_refused() {
    let said = Desk::new().run("analyze --verify-key secret x.export").with_status(2);
    assert!(said.err.contains("journalctl --setup-keys prints"), "{}", said.err);
}
