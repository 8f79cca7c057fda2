//! Opens files.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::{Position, SourceError, decompress};

/// Opens a file as a stream of uncompressed bytes.
///
/// # Errors
///
/// The file cannot be opened or read, or is a directory.
pub fn open(path: &Path) -> Result<Box<dyn Read + Send>, SourceError> {
    open_at(path).map(|(reader, _)| reader)
}

/// The same, and the position of its first byte.
#[allow(clippy::disallowed_methods)]
pub(super) fn open_at(path: &Path) -> Result<(Box<dyn Read + Send>, Position), SourceError> {
    let opening = |error| SourceError::opening(path, error);
    let file = File::open(path).map_err(opening)?;
    let metadata = file.metadata().map_err(opening)?;
    if metadata.is_dir() {
        return Err(SourceError::IsDirectory(path.to_path_buf()));
    }
    Ok((decompress(file)?, Position::of(&metadata)))
}
