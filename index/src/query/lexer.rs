//! Cuts a query into terms.

use std::borrow::Cow;
use std::ops::Range;

use super::QueryError;

/// The longest query, in bytes.
const MAX_QUERY: usize = 16 * 1024;

/// A piece of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lexeme<'a> {
    Or(Range<usize>),
    Term(Term<'a>),
}

/// Something to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term<'a> {
    pub(super) negated: bool,
    /// The field's name and where it stands.
    pub(super) field: Option<(&'a str, Range<usize>)>,
    /// The value or text, without quotes.
    pub(super) text: Cow<'a, str>,
    /// Where the text stands, with its quotes.
    pub(super) span: Range<usize>,
    /// Whether a `*` ended it. The text of a field keeps its own.
    pub(super) prefix: bool,
}

/// Cuts a query into terms.
pub(super) fn lex(text: &str) -> Result<Vec<Lexeme<'_>>, QueryError> {
    if text.len() > MAX_QUERY {
        return Err(QueryError {
            message: format!("the query is longer than {MAX_QUERY} bytes"),
            span: 0..text.len(),
            hint: None,
        });
    }
    let mut cursor = Cursor { text, rest: text };
    let mut lexemes = Vec::new();
    loop {
        cursor.rest = cursor.rest.trim_start();
        if cursor.rest.is_empty() {
            return Ok(lexemes);
        }
        lexemes.push(cursor.lexeme()?);
    }
}

struct Cursor<'a> {
    text: &'a str,
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    fn at(&self) -> usize {
        self.text.len().saturating_sub(self.rest.len())
    }

    fn eat(&mut self, prefix: char) -> bool {
        self.rest.strip_prefix(prefix).map(|rest| self.rest = rest).is_some()
    }

    /// Takes what stands before the first character that is not like this.
    fn take_while(&mut self, like: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !like(c)).unwrap_or(self.rest.len());
        let (head, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        head
    }

    fn lexeme(&mut self) -> Result<Lexeme<'a>, QueryError> {
        let negated = self
            .rest
            .strip_prefix('-')
            .filter(|after| after.starts_with(|c: char| c != '-' && !c.is_whitespace()))
            .map(|after| self.rest = after)
            .is_some();
        let field = self.field();
        let from = self.at();
        if self.rest.starts_with('"') {
            let text = self.quoted()?;
            let span = from..self.at();
            let prefix = field.is_none() && self.eat('*');
            return Ok(Lexeme::Term(Term { negated, field, text, span, prefix }));
        }
        let word = self.take_while(|c| !c.is_whitespace());
        let span = from..self.at();
        if word == "OR" && field.is_none() && !negated {
            return Ok(Lexeme::Or(span));
        }
        let prefix = field.is_none() && word.ends_with('*');
        Ok(Lexeme::Term(Term { negated, field, text: Cow::Borrowed(word), span, prefix }))
    }

    /// Takes a field's name and its colon, if that is what stands here: in small letters, or one of the journal's in
    /// capitals, which may have `=` as well and has a value right after it.
    fn field(&mut self) -> Option<(&'a str, Range<usize>)> {
        let from = self.at();
        let before = self.rest;
        let journal = before.starts_with(|c: char| c == '_' || c.is_ascii_uppercase());
        let name = match journal {
            true => self.take_while(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'),
            false => self.take_while(|c| c.is_ascii_lowercase() || c == '_'),
        };
        let span = from..self.at();
        let ends = self.eat(':') || journal && self.eat('=');
        let has_value = !journal || self.rest.starts_with(|c: char| !c.is_whitespace());
        if !name.is_empty() && ends && has_value {
            return Some((name, span));
        }
        self.rest = before;
        None
    }

    /// Takes a text in quotes.
    fn quoted(&mut self) -> Result<Cow<'a, str>, QueryError> {
        let from = self.at();
        self.eat('"');
        let plain = self.take_while(|c| c != '"' && c != '\\');
        if self.eat('"') {
            return Ok(Cow::Borrowed(plain));
        }
        let mut text = plain.to_owned();
        let mut chars = self.rest.chars();
        while let Some(c) = chars.next() {
            match c {
                '"' => {
                    self.rest = chars.as_str();
                    return Ok(Cow::Owned(text));
                }
                // Units have backslashes of their own: `\x2d`.
                '\\' if chars.as_str().starts_with(['"', '\\']) => text.extend(chars.next()),
                _ => text.push(c),
            }
        }
        Err(QueryError {
            message: "a quote is not closed".to_owned(),
            span: from..self.text.len(),
            hint: Some("close it with `\"`, or write `\\\"` for a quote inside of quotes".to_owned()),
        })
    }
}
