//! Two files that are written in turns and share a counter. Needs no journald.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use nwlog_corpora::journals::Entry;
use nwlog_corpora::journals::content::FIRST_BOOT;
use nwlog_corpora::journals::forge::{Forge, Form};
use nwlog_journal::{Namespaces, Place, Search, Start};

use crate::follower::Follower;

const COUNT: u64 = 600;

/// Writes the entries with these numbers to a file, what they are before that they are.
fn write(path: &Path, file_id: u128, numbers: &[u64]) {
    let form = Form { state: 1, file_id, room: 8 << 10, ..Form::default() };
    let header = usize::try_from(form.header_size).unwrap();
    let mut forge = Forge::new(form);
    let mut next = 0;
    for n in numbers {
        forge.pass_over(n - next);
        next = n + 1;
        forge.entry(&Entry {
            realtime: 1_700_000_000_000_000 + n,
            monotonic: 1_000_000 + n,
            boot_id: FIRST_BOOT,
            fields: vec![format!("N={n}").into_bytes()],
        });
    }
    let bytes = forge.finish();
    let file = fs::File::options().create(true).truncate(false).write(true).open(path).unwrap();
    file.write_all_at(&bytes[header..], header as u64).unwrap();
    file.write_all_at(&bytes[..header], 0).unwrap();
}

/// Writes them all; those of `lost` go to no file.
fn write_all(dir: &Path, lost: &BTreeSet<u64>) {
    let mut files = [Vec::new(), Vec::new()];
    for n in (0..COUNT).filter(|n| !lost.contains(n)) {
        // Changes come close together and far from each other.
        let which = usize::from(n > 50 && (n * n / 7) % 3 == 0);
        files[which].push(n);
        let (name, file_id) = [("system.journal", 1), ("user-1000.journal", 2)][which];
        write(&dir.join(name), file_id, &files[which]);
    }
}

/// Follows while they are written.
fn follow(lost: &BTreeSet<u64>) -> Follower {
    let dir = tempfile::tempdir().unwrap();
    let place = Place::Directory(dir.path().to_owned());
    let search = Search { place, namespaces: Namespaces::All, all_machines: false };
    let mut follower = Follower::new(search, Start::Oldest);
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            write_all(dir.path(), lost);
            is_over.store(true, Ordering::Release);
        });
        while !is_over.load(Ordering::Acquire) {
            follower.poll(1_000);
        }
    });
    follower.until(COUNT - lost.len() as u64);
    follower
}

#[test]
fn what_is_seen_of_one_file_before_another_waits() {
    let follower = follow(&BTreeSet::new());
    follower.seen.assert_each_once(COUNT);
    assert!(follower.seen.order.is_sorted());
}

#[test]
fn what_is_in_no_file_is_missing() {
    let lost = BTreeSet::from_iter([100, 101, 102, 300, 450, 451]);
    let follower = follow(&lost);
    assert!(follower.seen.order.is_sorted());
    let gaps: Vec<_> = follower.seen.gaps.iter().map(|gap| (gap.from - 1, gap.missing)).collect();
    assert_eq!(gaps, [(100, 3), (300, 1), (450, 2)]);
    let given: BTreeSet<u64> = follower.seen.numbers.keys().copied().collect();
    assert_eq!(given, (0..COUNT).filter(|n| !lost.contains(n)).collect());
}
