//! The journal moves from /run to /var and back, and journald dies.

use nwlog_corpora::journals::daemon::{Settings, Wish};
use nwlog_journal::Start;

use crate::follower::{Follower, folder, journald, search, send};

#[test]
fn what_is_moved_to_disk_does_not_come_again() {
    let folder = folder();
    let settings = Settings { is_volatile: true, ..Settings::default() };
    let Some(journald) = journald(folder.path(), &settings) else { return };
    let mut follower = Follower::new(search(folder.path()), Start::Oldest);
    (0..100).for_each(|n| send(&journald, n));
    follower.until(100);
    (100..150).for_each(|n| send(&journald, n));
    journald.wish(Wish::Flush).unwrap();
    (150..200).for_each(|n| send(&journald, n));
    follower.until(200);
    journald.wish(Wish::Relinquish).unwrap();
    (200..250).for_each(|n| send(&journald, n));
    follower.until(250);
    journald.wish(Wish::Rotate).unwrap();
    (250..300).for_each(|n| send(&journald, n));
    journald.wish(Wish::Flush).unwrap();
    (300..350).for_each(|n| send(&journald, n));
    follower.until(350);
    follower.seen.assert_each_once(350);
}

#[test]
fn what_is_moved_while_nobody_follows_does_not_come_again() {
    let folder = folder();
    let settings = Settings { is_volatile: true, ..Settings::default() };
    let Some(journald) = journald(folder.path(), &settings) else { return };
    let mut follower = Follower::new(search(folder.path()), Start::Oldest);
    let mut sent = 0;
    let mut send_some = || {
        for _ in 0..60 {
            send(&journald, sent);
            sent += 1;
        }
        sent
    };
    let wishes = [Wish::Flush, Wish::Rotate, Wish::Relinquish, Wish::Rotate, Wish::Flush, Wish::Relinquish];
    for (round, wish) in wishes.into_iter().cycle().take(12).enumerate() {
        send_some();
        if round % 5 != 3 {
            // It stops within what there is.
            follower.poll(20 + 11 * round);
        }
        let all = send_some();
        if round % 3 == 1 {
            follower.until(all);
        }
        journald.wish(wish).unwrap();
        follower = follower.again(search(folder.path()));
    }
    let all = send_some();
    follower.until(all);
    follower.seen.assert_each_once(all);
}

#[test]
fn a_journald_that_is_killed_and_started_again() {
    let folder = folder();
    let mut follower = Follower::new(search(folder.path()), Start::Oldest);
    let mut sent = 0;
    for round in 0..4 {
        let Some(journald) = journald(folder.path(), &Settings::default()) else { return };
        for _ in 0..150 {
            send(&journald, sent);
            sent += 1;
            if sent % 11 == 0 {
                follower.poll(1_000);
            }
        }
        // What it was given and had not read yet is lost with it.
        journald.wish(Wish::Sync).unwrap();
        if round == 2 {
            follower = follower.again(search(folder.path()));
        }
        journald.kill().unwrap();
    }
    follower.until(sent);
    follower.seen.assert_each_once(sent);
}
