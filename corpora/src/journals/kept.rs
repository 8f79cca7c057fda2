//! Journal files of other versions of systemd, recorded.

use std::io::Read as _;
use std::path::PathBuf;

use crate::{CorpusError, read, root};

/// A file that was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its name, as the machine that wrote it had it.
    pub name: String,
    /// Where it lies, compressed with zstd.
    pub path: PathBuf,
}

impl Kept {
    /// The journal file.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read(&self) -> Result<Vec<u8>, CorpusError> {
        let stored = read(&self.path)?;
        let broken = |source| CorpusError::Read { path: self.path.clone(), source };
        let mut decoder = ruzstd::decoding::StreamingDecoder::new(stored.as_slice())
            .map_err(|error| broken(std::io::Error::other(error)))?;
        let mut bytes = Vec::new();
        decoder.read_to_end(&mut bytes).map_err(broken)?;
        Ok(bytes)
    }
}

/// All of them, by name.
///
/// # Errors
/// Their folder cannot be read.
pub fn all() -> Result<Vec<Kept>, CorpusError> {
    let folder = root().join("journals");
    let broken = |source| CorpusError::Read { path: folder.clone(), source };
    let mut all = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(broken)? {
        let path = entry.map_err(broken)?.path();
        let name = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".zst"));
        if let Some(name) = name {
            all.push(Kept { name: name.to_owned(), path });
        }
    }
    all.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(all)
}
