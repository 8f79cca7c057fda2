//! A query in the terms of the index.

use std::ops::Bound;

use nwlog_correlate::State;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query as Search,
    RangeQuery, RegexPhraseQuery, RegexQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{TantivyError, Term};

use super::{Literal, Query, Test, glob};
use crate::measure::Measure;
use crate::schema::Fields;
use crate::store::begins;
use crate::tokenizer::{self, Cut};

/// How much a word counts in the headline and the units' names, in the story, and in what was logged before it.
const TITLE: f32 = 4.0;
const STORY: f32 = 2.0;
const CONTEXT: f32 = 0.5;
/// How much a part of a word counts.
const PARTS: f32 = 0.5;
/// What it adds that a word is the name of the service itself.
const NAME: f32 = 8.0;

impl Query {
    /// Makes the search. Withdrawn incidents are not found unless the query names a state.
    pub(crate) fn compile(&self, fields: &Fields) -> Result<Box<dyn Search>, TantivyError> {
        let mut all: Vec<(Occur, Box<dyn Search>)> = vec![(Occur::Must, silent(AllQuery))];
        if !self.names_state() {
            all.push((Occur::MustNot, exact(fields.state, State::Withdrawn.name())));
        }
        for group in &self.groups {
            match group.as_slice() {
                [one] => all.push(one.clause(fields)?),
                several => {
                    let any = several.iter().map(|one| one.search(fields)).collect::<Result<_, _>>()?;
                    all.push((Occur::Must, Box::new(BooleanQuery::union(any))));
                }
            }
        }
        Ok(Box::new(BooleanQuery::new(all)))
    }
}

impl Literal {
    fn clause(&self, fields: &Fields) -> Result<(Occur, Box<dyn Search>), TantivyError> {
        let occur = if self.negated { Occur::MustNot } else { Occur::Must };
        Ok((occur, self.test.search(fields)?))
    }

    /// As a search of its own, which a negated one is only with everything else.
    fn search(&self, fields: &Fields) -> Result<Box<dyn Search>, TantivyError> {
        Ok(match self.clause(fields)? {
            (Occur::MustNot, test) => {
                Box::new(BooleanQuery::new(vec![(Occur::Must, silent(AllQuery)), (Occur::MustNot, test)]))
            }
            (_, test) => test,
        })
    }
}

impl Test {
    fn search(&self, fields: &Fields) -> Result<Box<dyn Search>, TantivyError> {
        Ok(match self {
            Self::Text { text, prefix } => text_search(fields, text, *prefix),
            Self::Kind(names) => any_of(fields.kind, names),
            Self::Cause(names) => any_of(fields.cause, names),
            Self::Severity(names) => any_of(fields.severity, names),
            Self::Outcome(names) => any_of(fields.outcome, names),
            Self::State(names) => any_of(fields.state, names),
            Self::Unit(globs) => matching_any(fields.unit, globs)?,
            Self::Path(globs) => matching_any(fields.path, globs)?,
            Self::Function(glob) => matching(fields.function, glob)?,
            Self::Field { name, value } => {
                let kept = matching(fields.field, &format!("{name}={value}"))?;
                let (begin, prefix) =
                    value.strip_suffix('*').map_or((&**value, false), |begin| (begin, true));
                if glob::is_glob(begin) {
                    return Ok(kept);
                }
                // A program may have written it into its text as well.
                let words = tokenizer::phrase(&format!("{name} {begin}"), Cut::Words);
                let said = word_search(fields, &words, prefix);
                Box::new(BooleanQuery::union(vec![kept, silent(BooleanQuery::union(said))]))
            }
            Self::Number(measure, between) => {
                let at = Measure::ALL.iter().position(|known| known == measure);
                let Some(&field) = at.and_then(|at| fields.measures.get(at)) else {
                    return Ok(Box::new(EmptyQuery));
                };
                let end = |value| Bound::Included(Term::from_field_u64(field, value));
                silent(RangeQuery::new(end(between.from), between.to.map_or(Bound::Unbounded, end)))
            }
            Self::Host(glob) => matching(fields.host, glob)?,
            Self::Comm(glob) => matching(fields.comm, glob)?,
            Self::Boot(prefix) => silent(begins(fields.boot, prefix)),
            Self::Id(prefix) => silent(begins(fields.names, prefix)),
            Self::After(time) => {
                // Where no time is known, 0 stands.
                let from = Term::from_field_u64(fields.last, (*time).max(1));
                silent(RangeQuery::new(Bound::Included(from), Bound::Unbounded))
            }
            Self::Before(time) => {
                let from = Term::from_field_u64(fields.first, 1);
                let to = Term::from_field_u64(fields.first, *time);
                silent(RangeQuery::new(Bound::Included(from), Bound::Excluded(to)))
            }
        })
    }
}

/// The texts, and how much a word in them counts.
fn texts(fields: &Fields) -> [(Field, f32); 3] {
    [(fields.title, TITLE), (fields.story, STORY), (fields.context, CONTEXT)]
}

/// Words side by side, in any of the texts; whole, or their parts.
fn text_search(fields: &Fields, text: &str, prefix: bool) -> Box<dyn Search> {
    let words = tokenizer::phrase(text, Cut::Words);
    let parts = tokenizer::phrase(text, Cut::Parts);
    let mut any = word_search(fields, &words, prefix);
    if parts != words {
        // A text whose words have no parts is cut into whole words alone.
        any.extend(word_search(fields, &parts, prefix));
    }
    any.push(side_by_side(fields.parts, &parts, prefix, PARTS));
    if !prefix {
        for unit in [text.to_owned(), format!("{text}.service")] {
            let named = TermQuery::new(Term::from_field_text(fields.unit, &unit), IndexRecordOption::Basic);
            any.push(Box::new(ConstScoreQuery::new(Box::new(named), NAME)));
        }
    }
    Box::new(BooleanQuery::union(any))
}

/// Whole words side by side, in each of the texts.
fn word_search(fields: &Fields, words: &[(usize, String)], prefix: bool) -> Vec<Box<dyn Search>> {
    texts(fields).map(|(field, boost)| side_by_side(field, words, prefix, boost)).into()
}

fn side_by_side(field: Field, terms: &[(usize, String)], prefix: bool, boost: f32) -> Box<dyn Search> {
    let phrase = if prefix { beginning(field, terms) } else { phrase(field, terms) };
    Box::new(BoostQuery::new(phrase, boost))
}

/// Terms side by side.
fn phrase(field: Field, parts: &[(usize, String)]) -> Box<dyn Search> {
    let term = |text: &str| Term::from_field_text(field, text);
    match parts {
        [] => Box::new(EmptyQuery),
        [(_, one)] => Box::new(TermQuery::new(term(one), IndexRecordOption::WithFreqs)),
        _ => {
            Box::new(PhraseQuery::new_with_offset(parts.iter().map(|(at, text)| (*at, term(text))).collect()))
        }
    }
}

/// Terms side by side, of which the last may go on.
///
/// Not tantivy's phrase-prefix query: that passes over what comes after a number of words that it allocates for.
fn beginning(field: Field, parts: &[(usize, String)]) -> Box<dyn Search> {
    match parts {
        [] => Box::new(EmptyQuery),
        [(_, one)] => Box::new(begins(field, one)),
        [words @ .., (at, last)] => {
            // Terms are letters and digits: as patterns they mean themselves.
            let words = words.iter().cloned().chain([(*at, format!("{last}.*"))]).collect();
            let mut query = RegexPhraseQuery::new_with_offset(field, words);
            query.set_max_expansions(u32::MAX);
            Box::new(query)
        }
    }
}

/// A value that is found whole.
fn exact(field: Field, value: &str) -> Box<dyn Search> {
    silent(TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic))
}

/// One of some values.
fn any_of(field: Field, values: &[&str]) -> Box<dyn Search> {
    Box::new(BooleanQuery::union(values.iter().map(|value| exact(field, value)).collect()))
}

/// A value that matches one of some globs.
fn matching_any(field: Field, globs: &[String]) -> Result<Box<dyn Search>, TantivyError> {
    let any = globs.iter().map(|glob| matching(field, glob)).collect::<Result<_, _>>()?;
    Ok(Box::new(BooleanQuery::union(any)))
}

/// A value that matches a glob of `*` and `?`.
fn matching(field: Field, glob: &str) -> Result<Box<dyn Search>, TantivyError> {
    if !glob::is_glob(glob) {
        return Ok(exact(field, glob));
    }
    Ok(silent(RegexQuery::from_pattern(&glob::pattern(glob), field)?))
}

/// Matches without a say in the order: only words tell a better match from a worse one.
fn silent(query: impl Search) -> Box<dyn Search> {
    Box::new(ConstScoreQuery::new(Box::new(query), 0.0))
}
