//! Who holds a store.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use anyhow::anyhow;
use nwlog_index::Error;

use crate::errors::hinted;

/// The file that a writer locks (tantivy, INDEX_WRITER_LOCK).
const LOCK: &str = ".tantivy-writer.lock";

/// An error of a store, with who holds it, where that is the matter.
pub fn told(dir: &Path, error: Error) -> anyhow::Error {
    match (&error, find(dir)) {
        (Error::LockBusy(_), Some(holder)) => hinted(
            anyhow!("{holder} writes to {}", dir.display()),
            "stop it first, or search and show what it keeps",
        ),
        _ => error.into(),
    }
}

/// The process that writes to a store: its name and number.
fn find(dir: &Path) -> Option<String> {
    let lock = fs::metadata(dir.join(LOCK)).ok()?;
    let pid = pid_of(&fs::read_to_string("/proc/locks").ok()?, lock.ino())?;
    let name = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
    Some(format!("process {pid} ({})", name.trim()))
}

/// Who has a lock on a file (Linux, fs/locks.c, lock_get_status): `1: FLOCK  ADVISORY  WRITE 77 08:01:1234 0 EOF`.
fn pid_of(locks: &str, inode: u64) -> Option<u32> {
    locks.lines().find_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [_, "FLOCK", _, "WRITE", pid, file, ..] = words.as_slice() else { return None };
        (file.rsplit(':').next()?.parse() == Ok(inode)).then(|| pid.parse().ok()).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holder_is_found_by_the_file() {
        let locks = "1: POSIX  ADVISORY  WRITE 5 08:01:9 0 EOF\n2: -> FLOCK  ADVISORY  WRITE 6 08:01:9 0 EOF\n\
                     3: FLOCK  ADVISORY  WRITE 77 08:01:9 0 EOF\n4: FLOCK  ADVISORY  WRITE 78 08:01:10 0 EOF\n";
        assert_eq!(pid_of(locks, 9), Some(77));
        assert_eq!(pid_of(locks, 11), None);
    }
}
