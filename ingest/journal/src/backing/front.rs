//! Reading front to back beside a map.
//!
//! To be read once, a page need not be in the map: putting it there and taking it out again costs as much as copying it,
//! is paid in one piece by whoever ends the process, and counts as memory of the process meanwhile.

use std::fs::File;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustix::fs::{Advice, fadvise};
use rustix::io::{Errno, pread};

/// How many files of a process are kept open for this at a time: a process may have 1,024 open by default, and needs some
/// for its work.
const MAX_OPEN: usize = 256;

static OPEN: AtomicUsize = AtomicUsize::new(0);

/// A file that is mapped, kept open as well.
#[derive(Debug)]
pub(super) struct Front {
    file: File,
}

impl Front {
    /// Keeps a file open. None where that are too many.
    pub(super) fn of(file: &File) -> Option<Self> {
        let more = |open| (open < MAX_OPEN).then_some(open + 1);
        OPEN.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).ok()?;
        match file.try_clone() {
            Ok(file) => Some(Self { file }),
            Err(_) => {
                OPEN.fetch_sub(1, Ordering::Relaxed);
                None
            }
        }
    }

    /// Fills a buffer from the file. False where the file does not give all of it.
    pub(super) fn read(&self, at: u64, mut into: &mut [u8]) -> bool {
        let mut at = at;
        while !into.is_empty() {
            match pread(&self.file, &mut *into, at) {
                Ok(0) => return false,
                Ok(n) => {
                    at += n as u64;
                    into = into.get_mut(n..).unwrap_or_default();
                }
                Err(Errno::INTR) => {}
                Err(_) => return false,
            }
        }
        true
    }

    /// All of it is about to be read.
    pub(super) fn read_ahead(&self) {
        // It is no more than advice.
        let _ = fadvise(&self.file, 0, None, Advice::Sequential);
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        OPEN.fetch_sub(1, Ordering::Relaxed);
    }
}
