//! What can go wrong with a source as a whole.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why a source cannot be read, or not to its end.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SourceError {
    /// There is no such file.
    #[error("{}: no such file or directory", .0.display())]
    NotFound(PathBuf),
    /// The file is another's.
    #[error("{}: permission denied", .0.display())]
    PermissionDenied(PathBuf),
    /// A directory where a file was asked for.
    #[error("{}: is a directory", .0.display())]
    IsDirectory(PathBuf),
    /// A directory that holds no log.
    #[error("{}: no logs in this directory", .0.display())]
    NoLogs(PathBuf),
    /// Bytes of some other kind.
    #[error("not a log: the content is binary")]
    NotALog,
    /// A journal file in a stream: it is read by places, which a pipe and a compressed file do not have.
    #[error("a journal file cannot be read from a pipe, nor compressed")]
    JournalFile,
    /// A journal file that cannot be read at all.
    #[error("{}: not readable as a journal file", path.display())]
    Journal {
        /// The file.
        path: PathBuf,
        /// Why.
        source: nwlog_journal::OpenError,
    },
    /// Compressed input that ends too early.
    #[error("the compressed input ends too early: what comes before that was read")]
    Truncated,
    /// Compressed input that is damaged.
    #[error("the compressed input is damaged: what comes before that was read")]
    Damaged(#[source] io::Error),
    /// A file that failed to open, for another reason.
    #[error("{}: cannot be opened", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Reading failed.
    #[error("reading failed")]
    Read(#[from] io::Error),
}

impl SourceError {
    /// The file or directory that it is about, where it says so.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::NotFound(path)
            | Self::PermissionDenied(path)
            | Self::IsDirectory(path)
            | Self::NoLogs(path)
            | Self::Journal { path, .. }
            | Self::Open { path, .. } => Some(path),
            _ => None,
        }
    }

    /// What to do about it, as a sentence without a full stop.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::PermissionDenied(_) => Some(
                "logs of the system are for root and the groups systemd-journal and adm: join one of them",
            ),
            Self::JournalFile => Some("decompress it into a file, and name that"),
            Self::NotALog => {
                Some("export a journal with journalctl -o export, or save the kernel's log with dmesg")
            }
            Self::IsDirectory(_) | Self::NoLogs(_) => {
                Some("name a file, or a directory that holds exported journals")
            }
            Self::Truncated | Self::Damaged(_) => Some("copy the file again if the end of it matters"),
            _ => None,
        }
    }

    /// Opening a journal file failed.
    pub fn opening_journal(path: &Path, source: nwlog_journal::OpenError) -> Self {
        match source {
            nwlog_journal::OpenError::Io(error) => Self::opening(path, error),
            source => Self::Journal { path: path.to_path_buf(), source },
        }
    }

    pub(super) fn opening(path: &Path, source: io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            io::ErrorKind::NotFound => Self::NotFound(path),
            io::ErrorKind::PermissionDenied => Self::PermissionDenied(path),
            io::ErrorKind::IsADirectory => Self::IsDirectory(path),
            _ => Self::Open { path, source },
        }
    }

    /// Decompressors say what they met by the kind of their error.
    pub(super) fn reading(source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::UnexpectedEof => Self::Truncated,
            io::ErrorKind::InvalidData => Self::Damaged(source),
            _ => Self::Read(source),
        }
    }
}
