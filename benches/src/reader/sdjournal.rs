//! sdjournal: entries of a directory, in order, with all their fields.

use std::path::Path;

use sdjournal::Journal;

use super::{Tally, is_asked};

/// The version that this is built with.
pub const VERSION: &str = "0.1.15";

/// Reads the journal files of a directory.
///
/// # Errors
/// The directory cannot be read, or an entry cannot.
pub fn read(folder: &Path) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    let mut name = Vec::new();
    for entry in Journal::open_dir(folder)?.query().iter()? {
        let entry = entry?;
        tally.entries += 1;
        for (field, value) in entry.iter_fields() {
            name.clear();
            name.extend_from_slice(field.as_bytes());
            name.push(b'=');
            if is_asked(&name) {
                tally.bytes += (name.len() + value.len()) as u64;
            }
        }
    }
    Ok(tally)
}
