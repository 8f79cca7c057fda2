//! What is looked for, as people write it.
//!
//! ```text
//! query  = { group }                                  every group must match
//! group  = term { "OR" term }                         any one of it
//! term   = [ "-" ] ( field ":" value | text )         "-": must not match
//! field  = small letters | CAPITALS                   of an incident; of the journal, with "=" as well
//! value  = word | quoted                              words with "*" and "?", times, numbers and ranges of them
//! text   = word [ "*" ] | quoted [ "*" ]              "*": the last word may go on
//! quoted = '"' { char | '\"' | '\\' } '"'             side by side and in this order
//! ```
//!
//! A word that begins with lower-case letters and a colon is a field; everything else is text, and quotes make text of
//! anything. Text without a letter or digit in it is passed over.

mod compile;
mod field;
mod glob;
mod lexer;
mod mark;
mod names;
mod nearest;
mod quantity;

use std::fmt;
use std::ops::Range;

use chrono::{DateTime, TimeZone};
use nwlog_correlate::State;

use crate::tokenizer::{self, Cut};
use field::Test;
use lexer::{Lexeme, Term};
pub use quantity::parse_size;

/// A query that can be run over any store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// All of them must match, each by one of its literals.
    groups: Vec<Vec<Literal>>,
}

/// One thing that an incident must be, or must not be.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Literal {
    negated: bool,
    test: Test,
}

/// Why a query cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// What is wrong with it.
    pub message: String,
    /// Where, in bytes of the query. Begins and ends between characters.
    pub span: Range<usize>,
    /// What to write instead.
    pub hint: Option<String>,
}

impl Query {
    /// Reads a query. `now` is what `yesterday` and `-2h` are counted from, and its zone is that of dates that say
    /// none. An empty query finds everything.
    ///
    /// # Errors
    /// Where it is not a query: what and where.
    pub fn parse<Z>(text: &str, now: &DateTime<Z>) -> Result<Self, QueryError>
    where
        Z: TimeZone<Offset: fmt::Display>,
    {
        let mut groups: Vec<Vec<Literal>> = Vec::new();
        let mut or: Option<Range<usize>> = None;
        let mut terms = 0_usize;
        // The term before is in the last group, if it is anything to look for at all.
        let mut open = false;
        for lexeme in lexer::lex(text)? {
            match lexeme {
                Lexeme::Or(span) if terms == 0 || or.is_some() => {
                    return Err(dangling(span, "nothing stands before `OR`"));
                }
                Lexeme::Or(span) => or = Some(span),
                Lexeme::Term(term) => {
                    terms = terms.saturating_add(1);
                    let joined = or.take().is_some();
                    let Some(literal) = Literal::read(&term, now)? else {
                        open = joined && open;
                        continue;
                    };
                    match groups.last_mut().filter(|_| joined && open) {
                        Some(group) => group.push(literal),
                        None => groups.push(vec![literal]),
                    }
                    open = true;
                }
            }
        }
        if let Some(span) = or {
            return Err(dangling(span, "nothing stands after `OR`"));
        }
        if terms > 0 && groups.is_empty() {
            return Err(QueryError {
                message: "no letter or digit to look for".to_owned(),
                span: 0..text.len(),
                hint: None,
            });
        }
        Ok(Self { groups })
    }

    /// A query for one field, as `name:value` would be.
    ///
    /// # Errors
    /// As [`parse`](Self::parse); the span is that of the value.
    pub fn field<Z>(name: &str, value: &str, now: &DateTime<Z>) -> Result<Self, QueryError>
    where
        Z: TimeZone<Offset: fmt::Display>,
    {
        let test = Test::read(name, 0..value.len(), value, 0..value.len(), now)?;
        Ok(Self { groups: vec![vec![Literal { negated: false, test }]] })
    }

    /// A query for incidents in one of these states.
    pub(crate) fn of_states(states: &[State]) -> Self {
        let test = Test::State(states.iter().map(|state| state.name()).collect());
        Self { groups: vec![vec![Literal { negated: false, test }]] }
    }

    /// Both: what this and what the other finds.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.groups.extend(other.groups);
        self
    }

    /// Whether it looks for words, so that one incident can match better than another.
    pub fn has_text(&self) -> bool {
        self.literals().any(|literal| !literal.negated && matches!(literal.test, Test::Text { .. }))
    }

    /// Whether it says itself which states it wants.
    fn names_state(&self) -> bool {
        self.literals().any(|literal| matches!(literal.test, Test::State(_)))
    }

    fn literals(&self) -> impl Iterator<Item = &Literal> {
        self.groups.iter().flatten()
    }
}

impl Literal {
    /// Reads a term; none where there is nothing in it to look for.
    fn read<Z>(term: &Term<'_>, now: &DateTime<Z>) -> Result<Option<Self>, QueryError>
    where
        Z: TimeZone<Offset: fmt::Display>,
    {
        let test = match &term.field {
            Some((name, span)) => Test::read(name, span.clone(), &term.text, term.span.clone(), now)?,
            None if tokenizer::phrase(&term.text, Cut::Words).is_empty() => return Ok(None),
            None => match compared(&term.text) {
                Some(meant) => return Err(without_colon(&meant, term.span.clone())),
                None => Test::Text { text: term.text.clone().into_owned(), prefix: term.prefix },
            },
        };
        Ok(Some(Self { negated: term.negated, test }))
    }
}

/// What a word means that compares a number without the colon of a field.
fn compared(word: &str) -> Option<String> {
    let at = word.find(['<', '>'])?;
    let (name, rest) = word.split_at_checked(at)?;
    names::measure(name)?;
    Some(format!("{name}:{rest}"))
}

fn without_colon(meant: &str, span: Range<usize>) -> QueryError {
    QueryError {
        message: "a field and its value are parted by a colon".to_owned(),
        span,
        hint: Some(format!("did you mean `{meant}`? Put it in quotes to look for the text")),
    }
}

fn dangling(span: Range<usize>, message: &str) -> QueryError {
    QueryError {
        message: message.to_owned(),
        span,
        hint: Some("write `\"OR\"` to look for the word itself".to_owned()),
    }
}

#[cfg(test)]
mod tests;
