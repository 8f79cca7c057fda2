//! Operations that a file system refused.

use serde::{Deserialize, Serialize};

/// One refused operation, as the program that asked for it told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiskFact {
    /// The error.
    pub error: DiskError,
    /// The operation, in the program's word: `write`, `open`, `mkdir`.
    pub operation: Option<Box<str>>,
    /// The file that it was about.
    pub path: Option<Box<str>>,
    /// The directory of that file.
    pub directory: Option<Box<str>>,
    /// The block device, where a kernel line named it.
    pub device: Option<Box<str>>,
}

/// Why a file system refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DiskError {
    /// No space left on device; inodes run out with the same text.
    #[serde(rename = "ENOSPC")]
    NoSpace,
    /// Disk quota exceeded.
    #[serde(rename = "EDQUOT")]
    Quota,
    /// Read-only file system.
    #[serde(rename = "EROFS")]
    ReadOnly,
    /// Input/output error: the device failed. Nothing was refused.
    #[serde(rename = "EIO")]
    Io,
}

impl DiskError {
    /// The errno's name.
    pub const fn errno(self) -> &'static str {
        match self {
            Self::NoSpace => "ENOSPC",
            Self::Quota => "EDQUOT",
            Self::ReadOnly => "EROFS",
            Self::Io => "EIO",
        }
    }

    /// Whether the file system refused: it could have, and would not.
    pub const fn is_refusal(self) -> bool {
        !matches!(self, Self::Io)
    }
}
