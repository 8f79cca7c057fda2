//! Where reading has come to.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;

use serde::{Deserialize, Serialize};

/// Where in a source reading goes on. Opaque: made by a source, kept by whoever wants to go on later.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    file: Option<FileId>,
    offset: u64,
}

/// A file, whatever it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct FileId {
    device: u64,
    inode: u64,
}

impl Position {
    /// The start of a file.
    pub(super) fn of(metadata: &Metadata) -> Self {
        Self { file: Some(FileId { device: metadata.dev(), inode: metadata.ino() }), offset: 0 }
    }

    /// The same file, so many uncompressed bytes from its start.
    pub(super) fn at(&self, offset: u64) -> Self {
        Self { offset, ..*self }
    }

    /// Whether both are in one file. Streams without a name are all different.
    pub fn is_same_file(&self, other: &Self) -> bool {
        self.file.is_some() && self.file == other.file
    }
}
