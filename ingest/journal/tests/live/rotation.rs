//! Rotations, while it writes.

use nwlog_corpora::journals::daemon::{Settings, Wish};
use nwlog_journal::Start;

use crate::follower::{Follower, journald, search, send, send_as_user};

#[test]
fn nothing_is_lost_or_doubled_when_files_are_rotated() {
    let folder = tempfile::tempdir().unwrap();
    let Some(journald) = journald(folder.path(), &Settings::default()) else { return };
    let mut follower = Follower::new(search(folder.path()), Start::Oldest);
    for n in 0..600 {
        send(&journald, n);
        if n % 200 == 100 {
            journald.wish(Wish::Rotate).unwrap();
        }
        if n % 7 == 0 {
            follower.poll(1_000);
        }
    }
    follower.until(600);
    follower.seen.assert_each_once(600);
}

#[test]
fn a_follower_goes_on_where_another_one_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let Some(journald) = journald(folder.path(), &Settings::default()) else { return };
    let mut follower = Follower::new(search(folder.path()), Start::Oldest);
    for n in 0..600 {
        send(&journald, n);
        if n % 150 == 100 {
            journald.wish(Wish::Rotate).unwrap();
        }
        if n % 13 == 0 {
            // What one call leaves is for the next one.
            follower.poll(usize::try_from(n % 11).unwrap());
        }
        if n % 37 == 0 {
            follower = follower.again(search(folder.path()));
        }
    }
    follower.until(600);
    follower.seen.assert_each_once(600);
}

#[test]
fn files_of_users() {
    let folder = tempfile::tempdir().unwrap();
    let Some(journald) = journald(folder.path(), &Settings::default()) else { return };
    let mut follower = Follower::new(search(folder.path()), Start::Oldest);
    for n in 0..60 {
        if n % 4 == 1 {
            send_as_user(&journald, n)
        } else {
            send(&journald, n)
        }
        if n % 5 == 0 {
            follower.poll(3);
        }
        if n == 30 {
            journald.wish(Wish::Rotate).unwrap();
            follower = follower.again(search(folder.path()));
        }
    }
    follower.until(60);
    follower.seen.assert_each_once(60);
    let from_user = follower.seen.numbers.values().filter(|from| from[0].contains("user-1234")).count();
    assert_eq!(from_user, 15);
}
