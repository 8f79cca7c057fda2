//! Where in a text the words of a query stand.

use std::ops::Range;

use super::{Query, Test};
use crate::tokenizer::{Cut, spans};

impl Query {
    /// The stretches of a text that the query's words are found by, in bytes: in order, and none that touch. What must
    /// not be there has none, and nor has what is asked of a field.
    pub fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let wanted: Vec<_> = self
            .literals()
            .filter(|literal| !literal.negated)
            .filter_map(|literal| match &literal.test {
                Test::Text { text, prefix } => Some((text, *prefix)),
                _ => None,
            })
            .collect();
        let mut found = Vec::new();
        for cut in [Cut::Words, Cut::Parts] {
            let here = if wanted.is_empty() { Vec::new() } else { spans(text, cut) };
            for (text, prefix) in &wanted {
                let words: Vec<_> = spans(text, cut).into_iter().map(|(_, word)| word).collect();
                found.extend(phrases(&here, &words, *prefix));
            }
        }
        joined(found)
    }
}

/// Every place where words stand side by side.
fn phrases(text: &[(Range<usize>, String)], words: &[String], prefix: bool) -> Vec<Range<usize>> {
    let Some((last, before)) = words.split_last() else { return Vec::new() };
    let is_here = |here: &[(Range<usize>, String)]| {
        let Some(((_, end), begin)) = here.split_last() else { return false };
        let same = begin.iter().zip(before).all(|((_, here), wanted)| here == wanted);
        same && (end == last || prefix && end.starts_with(last.as_str()))
    };
    let places = text.windows(words.len()).filter(|here| is_here(here));
    places.filter_map(|here| Some(here.first()?.0.start..here.last()?.0.end)).collect()
}

/// Ranges that overlap or touch as one.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut all: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match all.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => all.push(range),
        }
    }
    all
}
