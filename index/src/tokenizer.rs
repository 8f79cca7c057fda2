//! Cuts log text into terms: the parts of paths, units and identifiers, and one and two characters of scripts that
//! write no spaces.
//!
//! Compounds are not terms. `lib/nginx` is looked for as `lib` followed by `nginx`, so that it is found inside of
//! `/var/lib/nginx/data.1`, too.

use std::iter::Peekable;
use std::str::CharIndices;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name under which the index knows it.
pub(crate) const NAME: &str = "nwlog";

/// The longest term, in characters. What is longer is cut, when stored and when looked for.
pub(crate) const MAX_TERM: usize = 128;

/// The tokenizer of stored text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LogTokenizer;

impl Tokenizer for LogTokenizer {
    type TokenStream<'a> = LogTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> LogTokens<'a> {
        LogTokens { runs: Runs::new(text), rest: "", next: 0, pair: None, token: Token::default() }
    }
}

/// The terms of one text, in order. A pair of ideographs has the position of its first.
pub(crate) struct LogTokens<'a> {
    runs: Runs<'a>,
    /// What is left of a run of ideographs.
    rest: &'a str,
    /// The position of the next term.
    next: usize,
    /// The pair that begins with the ideograph just given.
    pair: Option<&'a str>,
    token: Token,
}

impl LogTokens<'_> {
    fn set(&mut self, position: usize, text: &str) {
        self.token.position = position;
        self.token.text.clear();
        self.token.text.extend(lower(text));
    }
}

impl TokenStream for LogTokens<'_> {
    fn advance(&mut self) -> bool {
        if let Some(pair) = self.pair.take() {
            self.set(self.next.saturating_sub(1), pair);
            return true;
        }
        if self.rest.is_empty() {
            match self.runs.next() {
                None => return false,
                Some(Run::Ideographs(run)) => self.rest = run,
                Some(Run::Word(word)) => {
                    self.set(self.next, word);
                    self.next += 1;
                    return true;
                }
            }
        }
        let rest = self.rest;
        let (one, after) = split(rest, 1);
        let (pair, _) = split(rest, 2);
        self.pair = (pair.len() > one.len()).then_some(pair);
        self.rest = after;
        self.set(self.next, one);
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// The terms that a text is looked for by, each with its place in the phrase. Ideographs are looked for in pairs.
pub(crate) fn phrase(text: &str) -> Vec<(usize, String)> {
    let mut terms = Vec::new();
    let mut next = 0;
    for run in Runs::new(text) {
        match run {
            Run::Word(word) => {
                terms.push((next, lower(word).collect()));
                next += 1;
            }
            Run::Ideographs(run) => {
                let mut rest = run;
                while !rest.is_empty() {
                    let (one, after) = split(rest, 1);
                    let (pair, _) = split(rest, 2);
                    if pair.len() > one.len() || rest.len() == run.len() {
                        terms.push((next, pair.to_owned()));
                    }
                    next += 1;
                    rest = after;
                }
            }
        }
    }
    terms
}

/// A stretch of text of one make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Run<'a> {
    Word(&'a str),
    Ideographs(&'a str),
}

/// The runs of a text; everything else separates.
struct Runs<'a> {
    text: &'a str,
    chars: Peekable<CharIndices<'a>>,
}

impl<'a> Runs<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, chars: text.char_indices().peekable() }
    }
}

impl<'a> Iterator for Runs<'a> {
    type Item = Run<'a>;

    fn next(&mut self) -> Option<Run<'a>> {
        while self.chars.next_if(|&(_, c)| !c.is_alphanumeric()).is_some() {}
        let (from, first) = self.chars.next()?;
        let same = |c: char| c.is_alphanumeric() && is_ideograph(c) == is_ideograph(first);
        while self.chars.next_if(|&(_, c)| same(c)).is_some() {}
        let to = self.chars.peek().map_or(self.text.len(), |&(at, _)| at);
        let run = self.text.get(from..to)?;
        Some(if is_ideograph(first) { Run::Ideographs(run) } else { Run::Word(run) })
    }
}

/// Whether a character is of a script that writes words without spaces between them, or few: Han, kana, bopomofo
/// and Hangul (Unicode 16, Blocks.txt).
const fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}'
        | '\u{3031}'..='\u{303C}' | '\u{3040}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FFDC}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// The first characters of a text, and the rest.
fn split(text: &str, chars: usize) -> (&str, &str) {
    let at = text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
    text.split_at_checked(at).unwrap_or((text, ""))
}

fn lower(word: &str) -> impl Iterator<Item = char> {
    word.chars().flat_map(char::to_lowercase).take(MAX_TERM)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stored(text: &str) -> Vec<(usize, String)> {
        let mut tokenizer = LogTokenizer;
        let mut stream = tokenizer.token_stream(text);
        let mut terms = Vec::new();
        while stream.advance() {
            terms.push((stream.token().position, stream.token().text.clone()));
        }
        terms
    }

    fn shown(terms: &[(usize, String)]) -> String {
        terms.iter().map(|(at, text)| format!("{at}:{text}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn cuts_log_text_into_parts() {
        for (text, want, wanted) in [
            ("/var/lib/nginx/data.1", "0:var 1:lib 2:nginx 3:data 4:1", "0:var 1:lib 2:nginx 3:data 4:1"),
            ("MyApp.service", "0:myapp 1:service", "0:myapp 1:service"),
            ("anon-rss:97720kB", "0:anon 1:rss 2:97720kb", "0:anon 1:rss 2:97720kb"),
            ("磁盘空间", "0:磁 0:磁盘 1:盘 1:盘空 2:空 2:空间 3:间", "0:磁盘 1:盘空 2:空间"),
            ("满", "0:满", "0:满"),
            ("写入/data失败 1", "0:写 0:写入 1:入 2:data 3:失 3:失败 4:败 5:1", "0:写入 2:data 3:失败 5:1"),
            ("…—()", "", ""),
            ("", "", ""),
        ] {
            assert_eq!(shown(&stored(text)), want, "{text}");
            assert_eq!(shown(&phrase(text)), wanted, "{text}");
        }
    }

    #[test]
    fn cuts_long_words_alike() {
        let long = "x".repeat(MAX_TERM * 3);
        assert_eq!(stored(&long), phrase(&long));
        assert_eq!(stored(&long).first().map(|(_, text)| text.len()), Some(MAX_TERM));
    }

    proptest! {
        #[test]
        fn what_is_looked_for_is_stored(text in any::<String>()) {
            let stored = stored(&text);
            for term in phrase(&text) {
                prop_assert!(stored.contains(&term));
            }
        }
    }
}
