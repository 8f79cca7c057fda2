//! What the kernel says of file systems and of the devices below them.

use serde::{Deserialize, Serialize};

/// One record of the kernel about a file system, or the device that holds it. A file system that is merely full prints
/// nothing: these are devices that promise more than they have, and what comes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StorageFact {
    /// The device: `loop0`, `dm-3`, of a thin pool its numbers, `253:2`.
    pub device: Box<str>,
    /// What happened.
    pub kind: StorageKind,
}

/// What happened to a device or a file system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StorageKind {
    /// A thin pool is nearly full: "reached low water mark".
    PoolLow,
    /// A thin pool is full: "switching pool to out-of-data-space".
    PoolFull,
    /// What backs a device has no space for a write: "critical space allocation error".
    NoBacking,
    /// A device failed: "I/O error", "critical medium error".
    IoError,
    /// Data that programs had written did not reach the device for want of space, and is lost.
    LostForSpace,
    /// Data that programs had written did not reach the device, and is lost.
    Lost,
    /// The file system gave up its journal: "Aborting journal", "Detected aborted journal".
    JournalAborted,
    /// The file system went read-only by itself.
    ReadOnly,
    /// The file system was shut down: every access fails from now on.
    Shutdown,
}

impl StorageKind {
    /// Whether space was missing below the file system.
    pub const fn is_for_space(self) -> bool {
        matches!(self, Self::PoolFull | Self::NoBacking | Self::LostForSpace)
    }

    /// Whether nothing can be written to the file system any more.
    pub const fn is_end(self) -> bool {
        matches!(self, Self::ReadOnly | Self::Shutdown)
    }

    /// The kind's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PoolLow => "pool-low",
            Self::PoolFull => "pool-full",
            Self::NoBacking => "no-backing",
            Self::IoError => "io-error",
            Self::LostForSpace => "lost-for-space",
            Self::Lost => "lost",
            Self::JournalAborted => "journal-aborted",
            Self::ReadOnly => "read-only",
            Self::Shutdown => "shutdown",
        }
    }
}
