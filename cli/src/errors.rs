//! How errors are told: `nwlog: error: …`, then `caused by: …` and `hint: …` lines.

use std::error::Error as StdError;
use std::fmt;
use std::io::{self, Write};

use anstyle::Style;

use crate::output::colour::{ERROR, HINT};
use crate::output::escape;
use crate::words::Words;

/// An error with advice what to do about it.
#[derive(Debug)]
pub struct Hinted {
    error: anyhow::Error,
    hint: String,
}

impl fmt::Display for Hinted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.error, f)
    }
}

impl StdError for Hinted {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.error.source()
    }
}

/// Adds a hint to an error.
pub trait Hint<T> {
    /// Says what to do about the error, in a phrase without a full stop.
    fn hint(self, hint: impl Into<String>) -> anyhow::Result<T>;
}

impl<T, E: Into<anyhow::Error>> Hint<T> for Result<T, E> {
    fn hint(self, hint: impl Into<String>) -> anyhow::Result<T> {
        self.map_err(|error| hinted(error, hint))
    }
}

/// An error with a hint.
pub fn hinted(error: impl Into<anyhow::Error>, hint: impl Into<String>) -> anyhow::Error {
    anyhow::Error::new(Hinted { error: error.into(), hint: hint.into() })
}

/// Whether an error says no more than that whoever reads our output went away.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
            || cause
                .downcast_ref::<Hinted>()
                .is_some_and(|hinted| hinted.error.downcast_ref::<io::Error>().is_some_and(is_pipe))
    })
}

fn is_pipe(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}

/// Prints an error with its causes and hints, in a language.
pub fn tell(to: &mut dyn Write, words: &Words, error: &anyhow::Error) -> io::Result<()> {
    tell_as(to, words, (words.error, ERROR), error)
}

/// Prints an error as [`tell`] does, under another word in a style of its own.
pub fn tell_as(
    to: &mut dyn Write,
    words: &Words,
    (word, style): (&str, Style),
    error: &anyhow::Error,
) -> io::Result<()> {
    let mut last = error.to_string();
    writeln!(to, "nwlog: {style}{word}{style:#}{}", shown(&last, words))?;
    for cause in error.chain().skip(1) {
        let text = cause.to_string();
        if text != last {
            writeln!(to, "{ERROR}{}{ERROR:#}{}", words.caused_by, shown(&text, words))?;
        }
        last = text;
    }
    for hinted in error.chain().filter_map(|cause| cause.downcast_ref::<Hinted>()) {
        tell_hint(to, words, &hinted.hint)?;
        // A hint upon a hinted error hides the inner one from the chain.
        let mut inner = hinted.error.downcast_ref::<Hinted>();
        while let Some(hinted) = inner {
            tell_hint(to, words, &hinted.hint)?;
            inner = hinted.error.downcast_ref::<Hinted>();
        }
    }
    Ok(())
}

fn tell_hint(to: &mut dyn Write, words: &Words, hint: &str) -> io::Result<()> {
    writeln!(to, "{HINT}{}{HINT:#}{}", words.hint, shown(hint, words))
}

/// Lines are kept, for a message may point into a query with a caret; everything else is escaped. What is indented is
/// quoted, and no message.
fn shown(text: &str, words: &Words) -> String {
    let said = |line: &str| match line.starts_with(' ') {
        true => escape::line(line).into_owned(),
        false => escape::line(&(words.message)(line)).into_owned(),
    };
    text.lines().map(said).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use anyhow::{Context, anyhow};

    use super::*;
    use crate::words::Lang;

    fn told(error: &anyhow::Error) -> String {
        let mut plain = anstream::StripStream::new(Vec::new());
        tell(&mut plain, Lang::En.words(), error).unwrap();
        String::from_utf8(plain.into_inner()).unwrap()
    }

    #[test]
    fn causes_come_before_hints() {
        let error = Err::<(), _>(anyhow!("no such thing")).hint("look elsewhere");
        let error = error.context("cannot read a.journal").unwrap_err();
        assert_eq!(
            told(&error),
            "nwlog: error: cannot read a.journal\ncaused by: no such thing\nhint: look elsewhere\n"
        );
    }

    #[test]
    fn hints_upon_hints_are_all_told() {
        let error = hinted(hinted(anyhow!("cause").context("top"), "inner"), "outer");
        assert_eq!(told(&error), "nwlog: error: top\ncaused by: cause\nhint: outer\nhint: inner\n");
    }

    #[test]
    fn a_hostile_name_in_a_message_is_escaped() {
        assert_eq!(told(&anyhow!("cannot read \x1b[2J")), "nwlog: error: cannot read \\x1b[2J\n");
    }

    #[test]
    fn broken_pipes_are_found_at_any_depth() {
        let pipe = || io::Error::from(io::ErrorKind::BrokenPipe);
        for error in [
            anyhow::Error::new(pipe()),
            anyhow::Error::new(pipe()).context("cannot print"),
            hinted(pipe(), "hint"),
            hinted(pipe(), "hint").context("cannot print"),
        ] {
            assert!(is_broken_pipe(&error), "{error:#}");
        }
        assert!(!is_broken_pipe(&anyhow!("broken pipe")));
    }
}
