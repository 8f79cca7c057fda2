//! Opens files.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::UNIX_EPOCH;

use super::{Position, SourceError, decompress};

/// A file that was opened.
pub struct OpenFile {
    /// Its bytes, uncompressed.
    pub reader: Box<dyn Read + Send>,
    /// The position of its first byte.
    pub start: Position,
    /// When it was last changed, in microseconds since 1970.
    pub changed: Option<u64>,
}

/// Opens a file as a stream of uncompressed bytes.
///
/// # Errors
///
/// The file cannot be opened or read, or is a directory.
#[allow(clippy::disallowed_methods)]
pub fn open(path: &Path) -> Result<OpenFile, SourceError> {
    let opening = |error| SourceError::opening(path, error);
    let file = File::open(path).map_err(opening)?;
    let metadata = file.metadata().map_err(opening)?;
    if metadata.is_dir() {
        return Err(SourceError::IsDirectory(path.to_path_buf()));
    }
    let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let changed = since.and_then(|since| u64::try_from(since.as_micros()).ok());
    Ok(OpenFile { reader: decompress(file)?, start: Position::of(&metadata), changed })
}
