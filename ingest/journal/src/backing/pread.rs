//! A file that is read piece by piece.

mod cache;

use std::fs::File;
use std::sync::{Mutex, PoisonError};

use rustix::fs::{Advice, fadvise};
use rustix::io::{Errno, pread};

use super::Backing;
use super::lost::Lost;
use cache::Cache;

/// What is read and kept at a time, in bytes.
const BLOCK: usize = 64 << 10;

/// How many blocks of a file are kept: 2 MiB.
const MAX_BLOCKS: usize = 32;

/// How much is copied where less is asked for, in bytes. More would cost those who jump about, less those who walk.
const RUN: usize = 8 << 10;

/// The longest run there is, in bytes: nothing in a journal is longer (768 MiB, and the object around it).
const MAX_RUN: usize = 1 << 30;

/// The smallest part that a disk can fail to deliver, in bytes.
const PAGE: usize = 4096;

/// A file behind positioned reads, with a few blocks kept.
#[derive(Debug)]
pub(super) struct Pread {
    file: File,
    len: u64,
    lost: Lost,
    cache: Mutex<Cache>,
}

impl Pread {
    /// Reads the first `len` bytes of a file.
    pub(super) fn new(file: File, len: u64) -> Self {
        Self { file, len, lost: Lost::new(len, PAGE), cache: Mutex::default() }
    }

    /// Copies bytes out of the blocks that they lie in. They end within the file.
    fn copy(&self, mut at: u64, mut into: &mut [u8]) {
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        while !into.is_empty() {
            let start = at - at % BLOCK as u64;
            let block = cache.block(start, MAX_BLOCKS, |bytes| {
                bytes.clear();
                bytes.resize(usize::try_from(self.len - start).map_or(BLOCK, |left| left.min(BLOCK)), 0);
                self.read(start, bytes);
            });
            let part =
                usize::try_from(at - start).ok().and_then(|skip| block.get(skip..)).unwrap_or_default();
            let part = part.get(..into.len()).unwrap_or(part);
            let Some((now, later)) = into.split_at_mut_checked(part.len()) else { return };
            now.copy_from_slice(part);
            into = later;
            at += part.len() as u64;
        }
    }

    /// Fills a buffer from the file. What the file does not give is zeroes.
    fn read(&self, start: u64, into: &mut [u8]) {
        let mut done = 0;
        while let Some(rest) = into.get_mut(done..).filter(|rest| !rest.is_empty()) {
            done += self.read_some(start + done as u64, rest);
        }
    }

    /// Reads or gives up some bytes, and tells how many these were.
    fn read_some(&self, at: u64, into: &mut [u8]) -> usize {
        match pread(&self.file, &mut *into, at) {
            Ok(n) if n > 0 => n,
            Err(Errno::INTR) => 0,
            Err(Errno::IO) => {
                // One bad page fails all that is read along with it.
                let page = PAGE - usize::try_from(at % PAGE as u64).unwrap_or(0);
                let len = page.min(into.len());
                let page = into.get_mut(..len).unwrap_or_default();
                match pread(&self.file, &mut *page, at) {
                    Ok(n) if n > 0 => n,
                    Err(Errno::INTR) => 0,
                    _ => self.give_up(at, page),
                }
            }
            // The file became shorter, or is gone.
            _ => self.give_up(at, into),
        }
    }

    fn give_up(&self, at: u64, into: &mut [u8]) -> usize {
        into.fill(0);
        self.lost.mark_all(at, at + into.len() as u64);
        into.len()
    }
}

impl Backing for Pread {
    fn len(&self) -> u64 {
        self.len
    }

    fn run<'a>(&'a self, at: u64, least: usize, room: &'a mut Vec<u8>) -> Option<&'a [u8]> {
        let left = self.len.checked_sub(at)?;
        if least > MAX_RUN || least as u64 > left {
            return None;
        }
        let len = usize::try_from(left).map_or(RUN, |left| left.min(RUN)).max(least);
        room.clear();
        room.resize(len, 0);
        // What is longer would push everything else out of the cache.
        if len > BLOCK {
            self.read(at, room)
        } else {
            self.copy(at, room)
        }
        Some(room)
    }

    fn window<'a>(&'a self, at: u64, least: usize, most: usize, room: &'a mut Vec<u8>) -> Option<&'a [u8]> {
        let left = self.len.checked_sub(at)?;
        if least > MAX_RUN || least as u64 > left {
            return None;
        }
        let len = usize::try_from(left).map_or(most, |left| left.min(most)).max(least);
        room.resize(room.len().max(len), 0);
        let window = room.get_mut(..len)?;
        self.read(at, window);
        Some(window)
    }

    fn read_ahead(&self) {
        // It is no more than advice.
        let _ = fadvise(&self.file, 0, None, Advice::Sequential);
    }

    fn lost(&self) -> u64 {
        self.lost.bytes()
    }
}

#[cfg(test)]
mod tests;
