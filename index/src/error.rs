//! What can go wrong with a store.

use std::io;
use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

/// Why a store could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no store in that directory, or no such directory.
    #[error("no incidents are stored in {}: run `nwlog analyze` or `nwlog follow` to store some", .0.display())]
    NoStore(PathBuf),
    /// The store is of an earlier layout. Opening it for writing writes it anew.
    #[error(
        "the store in {} was written by an earlier nwlog (schema {found}, now {known}): `nwlog store upgrade` writes \
         it anew and loses nothing",
        dir.display()
    )]
    Older {
        /// The store.
        dir: PathBuf,
        /// The version that wrote it.
        found: u32,
        /// [`SCHEMA_VERSION`](crate::SCHEMA_VERSION).
        known: u32,
    },
    /// The store belongs to a later program version's layout.
    #[error(
        "the store in {} was written by a later nwlog (schema {found}; this one knows {known}): use that nwlog, \
         or name another store with --store DIR",
        dir.display()
    )]
    SchemaVersion {
        /// The store.
        dir: PathBuf,
        /// The version that wrote it.
        found: u32,
        /// [`SCHEMA_VERSION`](crate::SCHEMA_VERSION).
        known: u32,
    },
    /// Another process writes to the store.
    #[error("another nwlog writes to {}: stop it first, or name another store", .0.display())]
    LockBusy(PathBuf),
    /// The store cannot be understood.
    #[error(
        "the store in {} is damaged ({what}): `nwlog store repair` saves what can be read, and `nwlog analyze` over \
         the same logs brings back the rest",
        dir.display()
    )]
    Damaged {
        /// The store.
        dir: PathBuf,
        /// What was found.
        what: String,
    },
    /// The disk is full, or the user's share of it.
    #[error(
        "no space is left for {}: free some and run this again; what was stored before is still there",
        .0.display()
    )]
    Full(PathBuf),
    /// A file or directory of the store could not be used.
    #[error("cannot use {}: {source}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A text that selects incidents by the beginning of their ids is too short, or not hexadecimal.
    #[error("`{0}` does not begin an incident id: give 4 to 16 hex digits")]
    BadPrefix(String),
    /// The index failed otherwise.
    #[error("the index in {} failed: {source}; look for a full or failing disk", dir.display())]
    Index {
        /// The store.
        dir: PathBuf,
        /// Why.
        source: TantivyError,
    },
}

impl Error {
    pub(crate) fn io(path: &Path, source: io::Error) -> Self {
        if matches!(source.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) {
            return Self::Full(path.to_owned());
        }
        Self::Io { path: path.to_owned(), source }
    }

    pub(crate) fn damaged(dir: &Path, what: impl ToString) -> Self {
        Self::Damaged { dir: dir.to_owned(), what: what.to_string() }
    }

    /// Sorts an error of the index by what its reader can do about it.
    pub(crate) fn index(dir: &Path, source: TantivyError) -> Self {
        use TantivyError as T;
        match source {
            T::OpenReadError(OpenReadError::IoError { io_error, filepath }) if is_damage(&io_error) => {
                Self::damaged(dir, format!("{}: {io_error}", filepath.display()))
            }
            T::IoError(why) if is_damage(&why) => Self::damaged(dir, why),
            T::LockFailure(LockError::LockBusy, _) => Self::LockBusy(dir.to_owned()),
            T::LockFailure(LockError::IoError(why), _) | T::IoError(why) => Self::io(dir, copy(&why)),
            T::OpenDirectoryError(OpenDirectoryError::DoesNotExist(_)) => Self::NoStore(dir.to_owned()),
            T::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
                Self::io(&dir.join(filepath), copy(&io_error))
            }
            T::OpenWriteError(OpenWriteError::IoError { io_error, filepath }) => {
                Self::io(&dir.join(filepath), copy(&io_error))
            }
            T::DataCorruption(_) | T::IncompatibleIndex(_) | T::DeserializeError(_) | T::OpenReadError(_) => {
                Self::damaged(dir, source)
            }
            _ => Self::Index { dir: dir.to_owned(), source },
        }
    }
}

/// Whether it is the bytes that are wrong, not the reading of them.
fn is_damage(why: &io::Error) -> bool {
    matches!(why.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData)
}

/// An I/O error that others hold too, as one's own.
fn copy(shared: &io::Error) -> io::Error {
    match shared.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(shared.kind(), shared.to_string()),
    }
}
