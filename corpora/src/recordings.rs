//! Recordings: the journals of whole machines, and what really happened on these.

use std::path::PathBuf;

use crate::truth::{Row, parse_rows};
use crate::{CorpusError, read, read_text, root};

/// One recorded machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// The host's name.
    pub name: &'static str,
    /// Its journal: `journalctl -o export`, compressed with zstd.
    pub path: PathBuf,
    /// What happened on it.
    pub rows: Vec<Row>,
}

impl Recording {
    /// The compressed bytes.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(&self) -> Result<Vec<u8>, CorpusError> {
        read(&self.path)
    }
}

/// The hosts that were recorded.
const NAMES: [&str; 7] = ["nightbox", "harbor", "harbor-plain", "pier", "quay", "mill", "kiln"];

/// Every recording.
///
/// # Errors
/// When a truth table cannot be read, or a row of it makes no sense.
pub fn all() -> Result<Vec<Recording>, CorpusError> {
    NAMES.into_iter().map(load).collect()
}

fn load(name: &'static str) -> Result<Recording, CorpusError> {
    let folder = root().join("recordings");
    let table = folder.join(format!("{name}.truth.tsv"));
    let rows = parse_rows(&read_text(&table)?).map_err(|(line, problem)| CorpusError::Line {
        path: table,
        line,
        problem,
    })?;
    Ok(Recording { name, path: folder.join(format!("{name}.export.zst")), rows })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::truth::Expect;

    #[test]
    fn every_recording_is_zstd_and_has_rows() {
        for recording in all().unwrap() {
            assert!(recording.read().unwrap().starts_with(&[0x28, 0xb5, 0x2f, 0xfd]), "{}", recording.name);
            let is_plain = recording.name.ends_with("-plain");
            assert_eq!(
                recording.rows.iter().any(|row| row.expect == Expect::Must),
                !is_plain,
                "{}",
                recording.name
            );
        }
    }

    #[test]
    fn every_file_belongs_to_a_recording() {
        let recordings = all().unwrap();
        for entry in std::fs::read_dir(root().join("recordings")).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let host = name.split('.').next().unwrap();
            assert!(recordings.iter().any(|recording| recording.name == host), "{name}");
        }
    }
}
