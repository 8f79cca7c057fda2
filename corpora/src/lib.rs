//! What nwlog's tests are held against.
//!
//! - [`samples`]: one record or one dump a file, with what is to be read out of it;
//! - [`facts`]: all that is to be read out of each of them;
//! - [`scenario`]: short stories in text, told as the bytes of a journal export;
//! - [`recordings`]: whole machines, with a table of what really happened on them;
//! - [`journals`]: journal files of every kind, sound and damaged;
//! - [`truth`]: holds incidents against such a table;
//! - [`cgroup`]: control groups in which this machine's own kernel kills.
//!
//! For tests and benches only: no crate depends on it otherwise.

pub mod cgroup;
pub mod facts;
pub mod journals;
pub mod recordings;
pub mod samples;
pub mod scenario;
pub mod truth;

use std::path::{Path, PathBuf};

/// Where the data lies: this crate's own folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the corpora that could not be used.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// It could not be read.
    #[error("cannot read {path}", path = path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A line of it is not as it has to be.
    #[error("{path}:{line}: {problem}", path = path.display())]
    Line {
        /// Which file.
        path: PathBuf,
        /// Which line, counted from 1.
        line: usize,
        /// What is wrong with it.
        problem: String,
    },
}

pub(crate) fn read(path: &Path) -> Result<Vec<u8>, CorpusError> {
    std::fs::read(path).map_err(|source| CorpusError::Read { path: path.to_path_buf(), source })
}

pub(crate) fn read_text(path: &Path) -> Result<String, CorpusError> {
    std::fs::read_to_string(path).map_err(|source| CorpusError::Read { path: path.to_path_buf(), source })
}
