//! Where the bytes of a journal file come from.

mod front;
mod lost;
mod map;
mod open;
mod pread;

use std::fmt::Debug;

pub use open::open;
pub(crate) use open::{backing_of, open_file};

/// The bytes of a file as they were when it was opened, up to its length at that time.
///
/// What is asked for beyond that length does not exist. What the disk cannot deliver, or the file no longer has, reads
/// as zeroes and is counted: the file's structure around it shows what is missing. Whoever writes the file meanwhile may
/// change bytes from one look to the next.
///
/// A run can lie in a map of the file. The program may do with it what it likes; a system call that is given a run whose
/// disk fails gives an error (EFAULT), so what is to be written is copied first.
pub trait Backing: Debug + Send + Sync {
    /// How many bytes there are.
    fn len(&self) -> u64;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes from `at` on: at least `least`, and more where they cost nothing. They may be put into `room`.
    fn run<'a>(&'a self, at: u64, least: usize, room: &'a mut Vec<u8>) -> Option<&'a [u8]>;

    /// The same for whoever reads front to back, looks at each byte once, and takes up to `most` at a time.
    fn window<'a>(&'a self, at: u64, least: usize, most: usize, room: &'a mut Vec<u8>) -> Option<&'a [u8]> {
        let _ = most;
        self.run(at, least, room)
    }

    /// Whether what is written to the file meanwhile, up to that length, is what is read.
    fn is_shared(&self) -> bool {
        false
    }

    /// All of it is about to be read, front to back.
    fn read_ahead(&self) {}

    /// Little of it will be asked for from now on: what it costs to keep all of it at hand is given back.
    fn let_go(&self) {}

    /// How many bytes could not be read so far, because the disk failed or the file became shorter, in whole
    /// pages.
    fn lost(&self) -> u64;
}

/// Bytes in memory.
impl Backing for Vec<u8> {
    fn len(&self) -> u64 {
        Vec::len(self) as u64
    }

    fn run<'a>(&'a self, at: u64, least: usize, _room: &'a mut Vec<u8>) -> Option<&'a [u8]> {
        self.get(usize::try_from(at).ok()?..).filter(|bytes| bytes.len() >= least)
    }

    fn lost(&self) -> u64 {
        0
    }
}

#[cfg(test)]
mod tests;
