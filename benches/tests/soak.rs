//! A short soak: every failure that the generator put in is told as what it is, and nothing else is.
#![allow(missing_docs, clippy::unwrap_used)]

use nwlog_benches::soak::{Plan, soak};

#[test]
fn every_failure_is_told_right_and_none_is_invented() {
    let report = soak(Plan { entries: 100_000, failures: 102, seed: 7 }).unwrap();
    let account = &report.account;
    let told = (account.found(), account.wrong(), account.missed(), account.invented());
    assert_eq!(told, (account.injected(), 0, 0, 0), "{}", account.problems().join("\n"));
    assert!(account.injected() >= 102, "{}", account.injected());
    assert!(report.entries >= 100_000, "{}", report.entries);
}

/// Other failures at other times, told as right.
#[test]
fn another_seed_is_read_as_well() {
    let account = soak(Plan { entries: 4_000, failures: 34, seed: 8 }).unwrap().account;
    assert_eq!((account.found(), account.invented()), (35, 0), "{}", account.problems().join("\n"));
}
