//! Journal files of every kind, made when a test asks for them.
//!
//! - [`content`]: what they say; [`entry`]: the export format;
//! - [`remote`](remote()): systemd-journal-remote writes them from an export;
//! - [`Journald`]: a journald of its own writes them, in a mount namespace where it touches nothing of the machine;
//! - [`forge`]: a writer of our own, for what no installed program writes;
//! - [`kept`]: files of other versions, recorded;
//! - [`damage`]: what crashes and disks make of any of these; [`disk`]: a disk that fails while it is read;
//! - [`oracle`]: what journalctl says of a file;
//! - [`zoo`]: one of each kind.

pub mod content;
pub mod daemon;
pub mod damage;
pub mod disk;
pub mod entry;
pub mod forge;
pub mod kept;
pub mod oracle;
mod program;
mod remote;
pub mod zoo;

use std::io;

pub use daemon::Journald;
pub use entry::Entry;
pub use remote::{Compact, Keyed, Remote, remote};

use crate::CorpusError;

/// A journal that could not be made, or read by the oracle.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MakeError {
    /// The system refused.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A program is not installed, or this machine does not let it do its work.
    #[error("{0}")]
    Missing(String),
    /// A program failed.
    #[error("{program} failed: {said}")]
    Failed {
        /// Which one.
        program: &'static str,
        /// What it said.
        said: String,
    },
    /// A file of the corpora could not be used.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
}

impl MakeError {
    /// Whether nothing is wrong but the machine: a test that gets this has nothing to say here.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing(_))
    }
}

/// What came of making something; None, and a line on stderr, where this machine cannot make it.
///
/// # Errors
/// What else was wrong.
#[allow(clippy::print_stderr)]
pub fn or_skip<T>(made: Result<T, MakeError>) -> Result<Option<T>, MakeError> {
    match made {
        Err(error) if error.is_missing() => {
            eprintln!("skipped: {error}");
            Ok(None)
        }
        made => made.map(Some),
    }
}

#[cfg(test)]
mod tests;
