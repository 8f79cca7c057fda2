//! How right nwlog reads: the facts of all samples, held against what is read out of them.

mod board;
mod facts;

use std::collections::BTreeMap;

use nwlog_corpora::facts::Told;

pub use board::Board;
pub use facts::{KINDS, read, read_bare};

/// How many facts of one kind were found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Told by the samples, and read.
    pub found: usize,
    /// Read, and not told by the samples.
    pub wrong: usize,
    /// Told by the samples, and not read.
    pub missed: usize,
}

/// What is wrong, for whoever mends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The sample.
    pub file: String,
    /// The kind of fact.
    pub kind: String,
    /// What was read.
    pub wrong: Vec<String>,
    /// What should have been.
    pub missed: Vec<String>,
}

/// Holds what is read out of a sample against its facts, kind by kind.
pub fn hold(
    told: &Told,
    read: &[(&'static str, String)],
) -> (BTreeMap<&'static str, Score>, Vec<Difference>) {
    let mut scores = BTreeMap::new();
    let mut differences = Vec::new();
    for kind in KINDS {
        let mut missed: Vec<String> =
            told.facts.iter().filter(|(known, _)| known == kind).map(|(_, value)| value.clone()).collect();
        let mut wrong = Vec::new();
        let mut score = Score::default();
        for (_, value) in read.iter().filter(|(known, _)| *known == kind) {
            match missed.iter().position(|fact| fact == value) {
                Some(at) => {
                    missed.remove(at);
                    score.found += 1;
                }
                None => wrong.push(value.clone()),
            }
        }
        (score.wrong, score.missed) = (wrong.len(), missed.len());
        if score != Score::default() {
            scores.insert(kind, score);
        }
        if !wrong.is_empty() || !missed.is_empty() {
            differences.push(Difference { file: told.file.clone(), kind: kind.to_owned(), wrong, missed });
        }
    }
    (scores, differences)
}
