//! Everything that can happen to a journal, in an order of chance, while followers stop and go on at any moment.
//!
//! `NWLOG_SEEDS=100..300` takes other orders than the few of every run.

use std::ops::Range;

use nwlog_corpora::journals::daemon::{Settings, Wish};
use nwlog_journal::Start;

use crate::follower::{Follower, folder, journald, search, send, send_as_user};

/// Numbers of chance, the same for a seed (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ z >> 31) % n
    }
}

fn seeds() -> Range<u64> {
    let Ok(range) = std::env::var("NWLOG_SEEDS") else { return 0..6 };
    let (from, to) = range.split_once("..").unwrap();
    from.parse().unwrap()..to.parse().unwrap()
}

#[test]
fn whatever_happens() {
    for seed in seeds() {
        for folder in [folder(), tempfile::tempdir().unwrap()] {
            if !happens(seed, folder.path()) {
                return;
            }
        }
    }
}

/// Whether a journald could be started.
fn happens(seed: u64, folder: &std::path::Path) -> bool {
    let mut chance = Chance(seed);
    let mut told = vec![format!("seed {seed} in {}", folder.display())];
    let mut follower = Follower::new(search(folder), Start::Oldest);
    let mut sent = 0;
    for _ in 0..=chance.below(3) {
        let settings = Settings { is_volatile: chance.below(2) == 0, ..Settings::default() };
        told.push(format!("journald, volatile {}", settings.is_volatile));
        let Some(journald) = journald(folder, &settings) else { return false };
        for _ in 0..chance.below(30) {
            let wish = match chance.below(10) {
                0 => Some(Wish::Rotate),
                1 => Some(Wish::Flush),
                2 => Some(Wish::Relinquish),
                3 => Some(Wish::Sync),
                4 | 5 => {
                    let limit = chance.below(40);
                    let given = follower.poll(usize::try_from(limit).unwrap()).given;
                    told.push(format!("poll {given} of {limit}"));
                    None
                }
                6 => {
                    told.push("again".to_owned());
                    follower = follower.again(search(folder));
                    None
                }
                7 => {
                    // A user has files of its own, numbered by the same journald.
                    let n = chance.below(4);
                    (sent..sent + n).for_each(|n| send_as_user(&journald, n));
                    sent += n;
                    told.push(format!("send as a user up to {sent}"));
                    None
                }
                _ => {
                    let n = chance.below(30);
                    (sent..sent + n).for_each(|n| send(&journald, n));
                    sent += n;
                    told.push(format!("send up to {sent}"));
                    None
                }
            };
            if let Some(wish) = wish {
                // It may be stopped in the middle of it.
                let waits = chance.below(2) == 0;
                told.push(format!("{wish:?}, waits {waits}"));
                if waits { journald.wish(wish) } else { journald.ask(wish) }.unwrap();
            }
        }
        // What it has not read yet when it dies is lost with it.
        journald.wish(Wish::Sync).unwrap();
        if chance.below(2) == 0 {
            told.push("kill".to_owned());
            drop(journald);
        } else {
            told.push("stop".to_owned());
            journald.stop().unwrap();
        }
    }
    let seen = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        follower.until(sent);
        follower.seen.assert_each_once(sent);
    }));
    assert!(seen.is_ok(), "{told:#?}");
    true
}
