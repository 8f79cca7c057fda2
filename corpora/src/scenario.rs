//! Scenarios: short stories in text, told as the bytes of a journal export.
//!
//! `scenarios/README.md` has the grammar. The same story gives the same bytes on every machine and at every time: ids
//! are hashes of names, and the clock is the story's own.

mod ids;
mod kernel;
mod process;
mod stage;
mod subject;
mod systemd;
mod told;
mod words;

use std::path::PathBuf;

use crate::{CorpusError, read_text, root};
use stage::Stage;

/// A story, told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// The comment that it begins with: what it is about, and what must come out.
    pub about: String,
    /// Its entries, in the order in which they were stored.
    pub entries: Vec<StoredEntry>,
}

/// One entry of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEntry {
    /// The machine's name.
    pub machine: String,
    /// The number of that machine's boot.
    pub boot: u32,
    /// When it was stored, in microseconds since 1970-01-01 00:00 UTC.
    pub stored: u64,
    /// The entry in the journal export format, with the empty line that ends it.
    pub bytes: Vec<u8>,
}

impl Story {
    /// All entries as one journal export.
    pub fn export(&self) -> Vec<u8> {
        self.entries.iter().flat_map(|entry| entry.bytes.iter().copied()).collect()
    }
}

/// A story that makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct StoryError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: String,
}

/// Tells a story.
///
/// # Errors
/// At the first line that makes no sense.
pub fn parse(text: &str) -> Result<Story, StoryError> {
    let mut stage = Stage::default();
    let mut about = Vec::new();
    let mut begun = false;
    for (index, line) in text.lines().enumerate() {
        match line.trim_start().strip_prefix('#') {
            Some(comment) if !begun => about.push(comment.trim()),
            Some(_) => {}
            None => {
                begun |= !line.trim().is_empty();
                stage.line(line).map_err(|problem| StoryError { line: index + 1, problem })?;
            }
        }
    }
    Ok(Story { about: about.join("\n"), entries: stage.finish() })
}

/// Every story of `scenarios/`, with the name of its file without `.story`, in the order of names.
///
/// # Errors
/// When the folder cannot be read, or a story makes no sense.
pub fn all() -> Result<Vec<(String, Story)>, CorpusError> {
    let folder = root().join("scenarios");
    let unreadable = |source| CorpusError::Read { path: folder.clone(), source };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "story") {
            paths.push(path);
        }
    }
    paths.sort();
    paths.into_iter().map(load).collect()
}

fn load(path: PathBuf) -> Result<(String, Story), CorpusError> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let story = parse(&read_text(&path)?).map_err(|error| CorpusError::Line {
        path,
        line: error.line,
        problem: error.problem,
    })?;
    Ok((name, story))
}

#[cfg(test)]
mod tests;
