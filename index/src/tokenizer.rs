//! Cuts log text into terms: the words of paths, units and identifiers, and one and two characters of scripts that
//! write no spaces.
//!
//! Compounds are not terms. `lib/nginx` is looked for as `lib` followed by `nginx`, so that it is found inside of
//! `/var/lib/nginx/data.1`, too. There are two ways to cut: into whole words, and into the parts of words, so that
//! `ServeHTTP` is found by `servehttp` and by `http`.

mod part;
mod run;

use std::collections::VecDeque;
use std::ops::Range;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use run::{Run, Runs};

/// The names under which the index knows both ways to cut.
pub(crate) const NAME: &str = "nwlog";
pub(crate) const PARTS: &str = "nwlog-parts";

/// The longest term, in characters. What is longer is cut, when stored and when looked for.
pub(crate) const MAX_TERM: usize = 128;

/// How words are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// They stay whole.
    Words,
    /// Into their parts.
    Parts,
}

/// The tokenizer of stored text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LogTokenizer(pub(crate) Cut);

impl Tokenizer for LogTokenizer {
    type TokenStream<'a> = LogTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> LogTokens<'a> {
        LogTokens { runs: Pieces::new(text, self.0), rest: "", next: 0, pair: None, token: Token::default() }
    }
}

/// Whether some word of a text has parts.
pub(crate) fn has_parts(text: &str) -> bool {
    Runs::new(text).any(|run| match run {
        Run::Word(word) => part::parts(word) != [word],
        Run::Ideographs(_) => false,
    })
}

/// The runs of a text, with words cut as it is wanted.
struct Pieces<'a> {
    runs: Runs<'a>,
    cut: Cut,
    parts: VecDeque<&'a str>,
}

impl<'a> Pieces<'a> {
    fn new(text: &'a str, cut: Cut) -> Self {
        Self { runs: Runs::new(text), cut, parts: VecDeque::new() }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Run<'a>;

    fn next(&mut self) -> Option<Run<'a>> {
        if let Some(part) = self.parts.pop_front() {
            return Some(Run::Word(part));
        }
        match self.runs.next()? {
            Run::Word(word) if self.cut == Cut::Parts => {
                self.parts = part::parts(word).into();
                self.parts.pop_front().map(Run::Word)
            }
            run => Some(run),
        }
    }
}

/// The terms of one text, in order. A pair of ideographs has the position of its first.
pub(crate) struct LogTokens<'a> {
    runs: Pieces<'a>,
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
pub(crate) fn phrase(text: &str, cut: Cut) -> Vec<(usize, String)> {
    let mut terms = Vec::new();
    let mut next = 0;
    for run in Pieces::new(text, cut) {
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

/// The words or parts of a text and where they stand, in bytes; ideographs one by one.
pub(crate) fn spans(text: &str, cut: Cut) -> Vec<(Range<usize>, String)> {
    let begin = text.as_ptr().addr();
    let mut spans = Vec::new();
    let mut push = |piece: &str| {
        let from = piece.as_ptr().addr().saturating_sub(begin);
        spans.push((from..from.saturating_add(piece.len()), lower(piece).collect()));
    };
    for run in Pieces::new(text, cut) {
        match run {
            Run::Word(word) => push(word),
            Run::Ideographs(run) => {
                let mut rest = run;
                while !rest.is_empty() {
                    let (one, after) = split(rest, 1);
                    push(one);
                    rest = after;
                }
            }
        }
    }
    spans
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
    #![allow(clippy::string_slice)]

    use proptest::prelude::*;

    use super::*;

    fn stored(text: &str, cut: Cut) -> Vec<(usize, String)> {
        let mut tokenizer = LogTokenizer(cut);
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
            assert_eq!(shown(&stored(text, Cut::Words)), want, "{text}");
            assert_eq!(shown(&phrase(text, Cut::Words)), wanted, "{text}");
        }
    }

    #[test]
    fn cuts_words_into_parts() {
        for (text, want) in [
            ("main.(*Server).ServeHTTP", "0:main 1:server 2:serve 3:http"),
            ("go1.26 v2", "0:go 1:1 2:26 3:v 4:2"),
            ("97720kB磁盘", "0:97720 1:kb 2:磁 2:磁盘 3:盘"),
        ] {
            assert_eq!(shown(&stored(text, Cut::Parts)), want, "{text}");
        }
    }

    #[test]
    fn says_where_words_stand() {
        let text = "a ServeHTTP 磁盘";
        let said = |cut| {
            let spans = spans(text, cut);
            spans
                .iter()
                .map(|(at, word)| format!("{}={word}", &text[at.clone()]))
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(said(Cut::Words), "a=a ServeHTTP=servehttp 磁=磁 盘=盘");
        assert_eq!(said(Cut::Parts), "a=a Serve=serve HTTP=http 磁=磁 盘=盘");
    }

    #[test]
    fn cuts_long_words_alike() {
        let long = "x".repeat(MAX_TERM * 3);
        assert_eq!(stored(&long, Cut::Words), phrase(&long, Cut::Words));
        assert_eq!(stored(&long, Cut::Words).first().map(|(_, text)| text.len()), Some(MAX_TERM));
    }

    proptest! {
        #[test]
        fn what_is_looked_for_is_stored(text in any::<String>()) {
            for cut in [Cut::Words, Cut::Parts] {
                let stored = stored(&text, cut);
                for term in phrase(&text, cut) {
                    prop_assert!(stored.contains(&term));
                }
            }
            prop_assert_eq!(has_parts(&text), stored(&text, Cut::Words) != stored(&text, Cut::Parts));
        }
    }
}
