//! Journal files made of texts, and what journalctl makes of them.

use std::ffi::OsStr;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nwlog_journal::{EntryKey, JournalFile};

const REMOTE: &str = "/lib/systemd/systemd-journal-remote";

/// The boot, microseconds since, microseconds since 1970, and the message.
pub(crate) type Line<'a> = (u128, u64, u64, &'a str);

/// Whether the programs are there; says so where they are not.
pub(crate) fn can_be_made() -> bool {
    let is_there = |program: &str| {
        let mut command = Command::new(program);
        command.arg("--version").stdout(Stdio::null()).status().is_ok_and(|status| status.success())
    };
    let missing: Vec<_> = [REMOTE, "journalctl"].into_iter().filter(|program| !is_there(program)).collect();
    if !missing.is_empty() {
        eprintln!("skipped: {} missing", missing.join(" and "));
    }
    missing.is_empty()
}

/// Writes a journal file of its own counter.
pub(crate) fn make(dir: &Path, name: &str, lines: &[Line<'_>]) -> PathBuf {
    let mut export = String::new();
    for (boot, monotonic, realtime, message) in lines {
        write!(
            export,
            "__REALTIME_TIMESTAMP={realtime}\n__MONOTONIC_TIMESTAMP={monotonic}\n_BOOT_ID={boot:032x}\n\
             MESSAGE={message}\n\n"
        )
        .unwrap();
    }
    let text = dir.join(format!("{name}.export"));
    std::fs::write(&text, export).unwrap();
    let path = dir.join(format!("{name}.journal"));
    let mut command = Command::new(REMOTE);
    assert!(command.arg("-o").args([&path, &text]).stderr(Stdio::null()).status().unwrap().success());
    path
}

/// The cursors of all entries of some files, as journalctl gives them.
pub(crate) fn cursors(files: &[impl AsRef<OsStr>]) -> Vec<String> {
    let mut command = Command::new("journalctl");
    command.args(["-q", "-o", "export"]);
    for file in files {
        command.arg("--file").arg(file);
    }
    let output = command.output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().filter_map(|line| line.strip_prefix("__CURSOR=")).map(str::to_owned).collect()
}

/// The entries of a file, as this crate reads them.
pub(crate) fn keys(path: &Path) -> Vec<EntryKey> {
    let file = JournalFile::open(path).unwrap();
    let seqnum_id = file.header().seqnum_id;
    let mut room = Vec::new();
    let places = file.entries().places.into_iter();
    places.map(|at| EntryKey { seqnum_id, head: file.entry_head(at, &mut room).unwrap() }).collect()
}
