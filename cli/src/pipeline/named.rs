//! Journal files, and where they lie.

use std::path::PathBuf;
use std::sync::Arc;

use nwlog_ingest::journal::{EntryKey, JournalFile};

/// A journal file.
#[derive(Debug)]
pub struct Named {
    /// Where it lies.
    pub path: PathBuf,
    /// The file, open.
    pub file: JournalFile,
}

/// A journal file that has entries.
#[derive(Clone, Debug)]
pub struct Journal {
    /// Where it lies.
    pub path: PathBuf,
    /// The file, open.
    pub file: Arc<JournalFile>,
    /// The key of its first entry.
    pub first: EntryKey,
}
