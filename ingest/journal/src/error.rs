//! Why a file cannot be read at all.

use std::io;

use thiserror::Error;

/// Why a journal file cannot be opened. Damage behind the header is no error: what is left is read and the rest counted.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The system does not give it.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is a directory, a pipe or a device.
    #[error("not a regular file")]
    NotAFile,
    /// No bytes at all.
    #[error("the file is empty")]
    Empty,
    /// Other bytes.
    #[error("not a journal file: it does not begin with LPKSHHRH")]
    NotAJournal,
    /// Zeroes where the header should be: a crash or a disk took the first page. How the rest is to be read is said there.
    #[error("its header is gone: it begins with zeroes, and nothing else says how the rest is to be read")]
    HeaderGone,
    /// It ends within its header.
    #[error("the file ends within its header")]
    HeaderCut,
    /// The header says that it has an impossible length.
    #[error("the header is damaged: it gives its own length as {0} bytes")]
    HeaderSize(u64),
    /// It was written by a later version of systemd.
    #[error("unknown incompatible flags 0x{0:x}: a later version of systemd wrote it")]
    UnknownFlags(u32),
}
