//! A flush from /run to /var as versions before and from v254 on do it, and stops at every moment. Needs no journald.

use std::fs;
use std::path::{Path, PathBuf};

use nwlog_corpora::journals::Entry;
use nwlog_corpora::journals::content::{FIRST_BOOT, SECOND_BOOT};
use nwlog_corpora::journals::forge::{Forge, Form};
use nwlog_journal::{Namespaces, Place, Search, Start};

use crate::follower::Follower;

const MACHINE: &str = "3a3a3a3a000040008000000000000003";

/// How many entries each part of the story has.
const PART: u64 = 6;

/// Where /run and /var keep their journals.
fn places(root: &Path) -> [PathBuf; 2] {
    ["run", "var"].map(|name| root.join(name).join("log/journal").join(MACHINE).join("system.journal"))
}

fn entries(numbers: std::ops::Range<u64>, boot_id: u128) -> Vec<Entry> {
    let entry = |n| Entry {
        realtime: 1_700_000_000_000_000 + n,
        monotonic: 1_000 + n,
        boot_id,
        fields: vec![format!("N={n}").into_bytes()],
    };
    numbers.map(entry).collect()
}

fn write(path: &Path, seqnum_id: u128, file_id: u128, parts: &[(u64, Vec<Entry>)]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut forge = Forge::new(Form { state: 1, seqnum_id, file_id, seqnum: 1, ..Form::default() });
    let mut next = 1;
    for (seqnum, entries) in parts {
        forge.pass_over(seqnum - next);
        next = seqnum + entries.len() as u64;
        entries.iter().for_each(|entry| forge.entry(entry));
    }
    let bytes = forge.finish();
    // A file that is written goes on being the same one.
    let file = fs::File::options().create(true).truncate(false).write(true).open(path).unwrap();
    std::os::unix::fs::FileExt::write_all_at(&file, &bytes, 0).unwrap();
}

/// The story up to some moment: what was in /var before, what is in /run, the flush, and what comes then.
fn tell(root: &Path, is_shared: bool, moment: u32) {
    let [run, var] = places(root);
    let old = (1, entries(0..PART, SECOND_BOOT));
    let volatile = entries(PART..2 * PART, FIRST_BOOT);
    let (run_counter, copied) = if is_shared { (7, 1 + 2 * PART) } else { (8, 1 + PART) };
    match moment {
        0 => write(&var, 7, 1, &[old]),
        1 => write(&run, run_counter, 2, &[(1 + PART, volatile)]),
        // It may be seen in the middle of it.
        2 => write(&var, 7, 1, &[old, (copied, volatile[..3].to_vec())]),
        3 => write(&var, 7, 1, &[old, (copied, volatile)]),
        4 => fs::remove_dir_all(run.parent().unwrap()).unwrap(),
        _ => {
            let later = entries(2 * PART..3 * PART, FIRST_BOOT);
            write(&var, 7, 1, &[old, (copied, volatile), (copied + PART, later)]);
        }
    }
}

fn search(root: &Path) -> Search {
    Search { place: Place::System(Some(root.to_owned())), namespaces: Namespaces::All, all_machines: true }
}

#[test]
fn each_entry_comes_once_wherever_it_is_stopped() {
    for is_shared in [false, true] {
        for first in [0, 1, PART, PART + 1, PART + 4, 2 * PART] {
            for stops_at in 1..=5 {
                for second in [0, 3] {
                    let root = tempfile::tempdir().unwrap();
                    let mut follower = Follower::new(search(root.path()), Start::Oldest);
                    for moment in 0..=5 {
                        if moment == stops_at {
                            follower.poll(usize::try_from(first).unwrap());
                            follower = follower.again(search(root.path()));
                        }
                        tell(root.path(), is_shared, moment);
                        if moment == stops_at {
                            follower.poll(usize::try_from(second).unwrap());
                            follower = follower.again(search(root.path()));
                        }
                        if first % 2 == 0 {
                            follower.poll(1);
                        }
                    }
                    follower.poll(1_000);
                    follower = follower.again(search(root.path()));
                    follower.poll(1_000);
                    let lost: Vec<u64> =
                        (0..3 * PART).filter(|n| !follower.seen.numbers.contains_key(n)).collect();
                    let doubled: Vec<_> =
                        follower.seen.numbers.iter().filter(|(_, from)| from.len() > 1).collect();
                    assert!(
                        lost.is_empty() && doubled.is_empty(),
                        "shared {is_shared}, {first} and {second} at {stops_at}: lost {lost:?}, doubled {doubled:#?}"
                    );
                    assert!(follower.seen.gaps.is_empty(), "{:?}", follower.seen.gaps);
                }
            }
        }
    }
}
