//! What is to be read out of each sample, fact by fact: FACTS.tsv.
//!
//! A fact is a file, a kind and a value. All facts of the kinds that a file's family has are listed, so that what is read
//! beyond them is wrong. Files under `third-party/` are not part of the project: they are held against where a folder
//! `shared/samples` lies beside the checkout.

use std::path::PathBuf;

use crate::{CorpusError, read_text, root};

/// One thing that a sample says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fact {
    /// The sample: `oom/gen_x.dmesg.txt`, `third-party/oom/x.txt`.
    pub file: String,
    /// What kind of fact it is, such as `victim`.
    pub kind: String,
    /// What it is, in the form of its kind.
    pub value: String,
}

/// A sample with all its facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The sample.
    pub file: String,
    /// Where it lies.
    pub path: PathBuf,
    /// Kind and value of each fact; none for a sample that says nothing.
    pub facts: Vec<(String, String)>,
}

impl Told {
    /// The family: the name of its folder.
    pub fn family(&self) -> &str {
        self.file.rsplit('/').nth(1).unwrap_or_default()
    }
}

/// All samples that are there, in the order of the table.
///
/// # Errors
/// When the table cannot be read, or a line of it is not `file kind value`.
pub fn all() -> Result<Vec<Told>, CorpusError> {
    let path = root().join("FACTS.tsv");
    let text = read_text(&path)?;
    let mut all: Vec<Told> = Vec::new();
    for (index, line) in text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty()) {
        let Some(Fact { file, kind, value }) = parse(line) else {
            let problem = "not `file kind value`, with tabs between".to_owned();
            return Err(CorpusError::Line { path, line: index + 1, problem });
        };
        if all.last().is_none_or(|last| last.file != file) {
            let path = path_of(&file);
            all.push(Told { file, path, facts: Vec::new() });
        }
        if let Some(told) = all.last_mut().filter(|_| kind != "nothing") {
            told.facts.push((kind, value));
        }
    }
    all.retain(|told| told.path.exists());
    Ok(all)
}

fn parse(line: &str) -> Option<Fact> {
    let mut fields = line.splitn(3, '\t').map(str::to_owned);
    Some(Fact { file: fields.next()?, kind: fields.next()?, value: fields.next()? })
}

fn path_of(file: &str) -> PathBuf {
    match file.starts_with("third-party/") {
        true => root().join("../../shared/samples").join(file),
        false => root().join("samples").join(file),
    }
}
