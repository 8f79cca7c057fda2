//! What a follower cannot read.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::{MAX_FILES, OpenError, Unreadable};

/// A file or directory that is there and cannot be read, or not as it should be. Each is told once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Which.
    pub path: PathBuf,
    /// What is wrong.
    pub what: String,
    /// What can be done.
    pub hint: String,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.what)
    }
}

impl Trouble {
    pub(super) fn unreadable(other: Unreadable) -> Self {
        let groups: Vec<_> = other
            .groups
            .iter()
            .map(|group| group.name.clone().unwrap_or_else(|| group.gid.to_string()))
            .collect();
        let hint = match (other.error.kind(), groups.as_slice()) {
            (io::ErrorKind::PermissionDenied, []) => "run as root".to_owned(),
            (io::ErrorKind::PermissionDenied, groups) => {
                format!("run as root or as a member of {}", groups.join(" or "))
            }
            _ => "see to it that it can be read".to_owned(),
        };
        Self { path: other.path, what: other.error.to_string(), hint }
    }

    pub(super) fn strange(path: &Path, error: OpenError) -> Self {
        let hint = match error {
            OpenError::UnknownFlags(_) => "use a later version of this program",
            OpenError::Io(_) => "see to it that it can be read",
            _ => "move it out of the directory, if it is no journal",
        };
        Self { path: path.to_owned(), what: error.to_string(), hint: hint.to_owned() }
    }

    pub(super) fn left_out(files: u64) -> Self {
        Self {
            path: PathBuf::new(),
            what: format!("{files} files are left out: no more than {MAX_FILES} are followed"),
            hint: "follow fewer directories, or vacuum them".to_owned(),
        }
    }

    pub(super) fn deleted(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            what: "was deleted before all of it was read".to_owned(),
            hint: "let journald keep more, see SystemMaxUse= and RuntimeMaxUse= in journald.conf".to_owned(),
        }
    }

    pub(super) fn not_opened(path: &Path, error: &OpenError) -> Self {
        let hint = "see to it that it can be read".to_owned();
        Self { path: path.to_owned(), what: error.to_string(), hint }
    }

    pub(super) fn damaged(path: &Path, entries: u64) -> Self {
        Self {
            path: path.to_owned(),
            what: format!("{entries} of its entries cannot be read"),
            hint: "journalctl --verify says what is damaged".to_owned(),
        }
    }

    pub(super) fn unwatched(path: &Path, error: &io::Error) -> Self {
        Self {
            path: path.to_owned(),
            what: format!("cannot be watched: {error}"),
            hint: "raise fs.inotify.max_user_watches; until then it is looked at by the timer alone"
                .to_owned(),
        }
    }
}
