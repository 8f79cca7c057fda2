//! How errors are told: `nwlog: error: …`, then `caused by: …` and `hint: …` lines.

use std::error::Error as StdError;
use std::fmt;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::output::escape;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const HINT: Style = AnsiColor::Green.on_default().bold();

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

/// Prints an error with its causes and hints.
pub fn tell(to: &mut dyn Write, error: &anyhow::Error) -> io::Result<()> {
    let mut last = error.to_string();
    writeln!(to, "nwlog: {ERROR}error:{ERROR:#} {}", shown(&last))?;
    for cause in error.chain().skip(1) {
        let text = cause.to_string();
        if text != last {
            writeln!(to, "{ERROR}caused by:{ERROR:#} {}", shown(&text))?;
        }
        last = text;
    }
    for hinted in error.chain().filter_map(|cause| cause.downcast_ref::<Hinted>()) {
        tell_hint(to, &hinted.hint)?;
        // A hint upon a hinted error hides the inner one from the chain.
        let mut inner = hinted.error.downcast_ref::<Hinted>();
        while let Some(hinted) = inner {
            tell_hint(to, &hinted.hint)?;
            inner = hinted.error.downcast_ref::<Hinted>();
        }
    }
    Ok(())
}

fn tell_hint(to: &mut dyn Write, hint: &str) -> io::Result<()> {
    writeln!(to, "{HINT}hint:{HINT:#} {}", shown(hint))
}

/// Lines are kept, for a message may point into a query with a caret; everything else is escaped.
fn shown(text: &str) -> String {
    text.lines().map(escape::line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use anyhow::{Context, anyhow};

    use super::*;

    fn told(error: &anyhow::Error) -> String {
        let mut plain = anstream::StripStream::new(Vec::new());
        tell(&mut plain, error).unwrap();
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
