//! Stretches of text of one make.

use std::iter::Peekable;
use std::str::CharIndices;

/// A stretch of text of one make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Run<'a> {
    Word(&'a str),
    Ideographs(&'a str),
}

/// The runs of a text; everything else separates.
pub(super) struct Runs<'a> {
    text: &'a str,
    chars: Peekable<CharIndices<'a>>,
}

impl<'a> Runs<'a> {
    pub(super) fn new(text: &'a str) -> Self {
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
