//! A container of this machine's own systemd is made to fail, and held against what was done to it.

use std::process::{Command, Stdio};
use std::sync::PoisonError;

use nwlog_corpora::truth;

use crate::desk::Desk;
use crate::follow_kernel::KILLS;

/// What the script ends with where this machine has no container.
const SKIPPED: i32 = 77;

#[test]
fn a_container_that_goes_wrong_is_told_as_it_went() {
    // Whoever is killed meanwhile is killed in the container's kernel log too.
    let _alone = KILLS.lock().unwrap_or_else(PoisonError::into_inner);
    let desk = Desk::new();
    let out = desk.path("lab");
    let script = nwlog_corpora::root().join("lab/container/record");
    let made = Command::new(script).arg(&out).stdin(Stdio::null()).output().unwrap();
    let told = String::from_utf8_lossy(&made.stderr);
    eprint!("{told}");
    if made.status.code() == Some(SKIPPED) {
        return;
    }
    assert!(made.status.success(), "{}: {told}", made.status);
    let rows = std::fs::read_to_string(out.join("lab.truth.tsv")).unwrap();
    let rows = truth::parse_rows(&rows).unwrap();
    assert!(rows.len() >= 10, "the driver wrote {} rows", rows.len());
    let export = out.join("lab.export");
    let said = desk.nwlog(["analyze", "-o", "json", "--no-store", "-q", export.to_str().unwrap()]);
    let verdict = truth::check(&said.with_status(0).json(), &rows);
    assert!(verdict.holds(), "{verdict}");
}
