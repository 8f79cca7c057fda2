//! The scores of all samples as a table.

use std::collections::BTreeMap;
use std::fmt;

use anyhow::Context;
use nwlog_corpora::facts;

use super::{Difference, Score, hold, read, read_bare};

/// The scores, by family and kind.
#[derive(Clone, Debug, Default)]
pub struct Board {
    scores: BTreeMap<(String, &'static str), Score>,
    /// How many samples there were, and how many of them are other projects'.
    pub samples: (usize, usize),
    /// All that is not as it should be.
    pub differences: Vec<Difference>,
}

impl Board {
    /// Reads all samples that are there.
    ///
    /// # Errors
    /// A sample or the table of facts cannot be read.
    pub fn read() -> anyhow::Result<Self> {
        let mut board = Self::default();
        for told in facts::all()? {
            let bytes = std::fs::read(&told.path).with_context(|| told.file.clone())?;
            let is_bare = told.facts.iter().any(|(kind, _)| kind == "bare-goroutines");
            let read = if is_bare { read_bare(&bytes) } else { read(&bytes) };
            let (scores, differences) = hold(&told, &read.with_context(|| told.file.clone())?);
            for (kind, score) in scores {
                let sum = board.scores.entry((told.family().to_owned(), kind)).or_default();
                sum.found += score.found;
                sum.wrong += score.wrong;
                sum.missed += score.missed;
            }
            board.differences.extend(differences);
            board.samples.0 += 1;
            board.samples.1 += usize::from(told.file.starts_with("third-party/"));
        }
        Ok(board)
    }
}

/// A table in Markdown.
impl fmt::Display for Board {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (all, others) = self.samples;
        writeln!(f, "{all} samples, {others} of them other projects'\n")?;
        writeln!(f, "| family | fact | told | found | wrong | missed |")?;
        writeln!(f, "|---|---|---:|---:|---:|---:|")?;
        for ((family, kind), Score { found, wrong, missed }) in &self.scores {
            writeln!(f, "| {family} | {kind} | {} | {found} | {wrong} | {missed} |", found + missed)?;
        }
        Ok(())
    }
}
