//! The pattern that `-g` looks for in messages.

use anyhow::anyhow;
use regex::bytes::{Regex, RegexBuilder};

use crate::errors::Hint;

/// Whether a letter stands for both its cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Case {
    /// It does where the pattern has no capital letter.
    #[default]
    Smart,
    /// It does not.
    Sensitive,
    /// It does.
    Insensitive,
}

/// Reads a pattern. As for journalctl, `.` is any byte but a newline and classes are ASCII, so that a message that is
/// no UTF-8 is found like any other; Unicode comes in where the pattern cannot be read without it.
///
/// # Errors
/// It is none, or has what needs backtracking.
pub fn read(pattern: &str, case: Case) -> anyhow::Result<Regex> {
    let insensitive = match case {
        Case::Smart => !pattern.chars().any(|c| c.is_ascii_uppercase()),
        Case::Sensitive => false,
        Case::Insensitive => true,
    };
    let compile = |unicode| RegexBuilder::new(pattern).unicode(unicode).case_insensitive(insensitive).build();
    let error = match compile(false).or_else(|_| compile(true)) {
        Ok(pattern) => return Ok(pattern),
        Err(error) => error,
    };
    let backtracks = ["(?=", "(?!", "(?<=", "(?<!", "(?>", "\\1", "\\2", "\\K", "(?R", "*+", "++", "?+"];
    let error = Err::<Regex, _>(anyhow!(error).context(format!("--grep: not a pattern: {pattern}")));
    if backtracks.iter().any(|part| pattern.contains(part)) {
        return error.hint(
            "look-around, backreferences and possessive repeats are not supported: journalctl -g has them",
        );
    }
    error.hint("-g takes a regular expression: put a \\ before each of . * + ? ( ) [ ] { } | ^ $ that stands for itself")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_journalctl_finds() {
        use Case::{Insensitive, Sensitive, Smart};
        for (pattern, case, message, expected) in [
            ("killed process", Smart, &b"Out of memory: Killed process 7"[..], true),
            ("Killed process", Smart, b"killed process", false),
            ("Killed process", Insensitive, b"killed process", true),
            ("killed", Sensitive, b"Killed", false),
            ("^a.c$", Smart, b"a\xffc", true),
            ("a.c", Smart, b"a\nc", false),
            ("\\S+ x", Smart, b"y X", false),
            ("ü", Smart, "für".as_bytes(), true),
            ("[äü]b", Smart, "Üb".as_bytes(), true),
            ("\u{fc}$", Sensitive, b"\xc3\xbc", true),
            ("a|b", Smart, b"B", true),
        ] {
            assert_eq!(read(pattern, case).unwrap().is_match(message), expected, "{pattern} on {message:?}");
        }
    }

    #[test]
    fn what_is_no_pattern_says_what_to_do() {
        for (pattern, hint) in
            [("(?<=a)b", "look-around"), ("(a)\\1", "backreferences"), ("a(", "stands for itself")]
        {
            let error = read(pattern, Case::Smart).unwrap_err();
            let mut told = Vec::new();
            crate::errors::tell(&mut told, crate::words::Lang::En.words(), &error).unwrap();
            let told = String::from_utf8(told).unwrap();
            assert!(told.contains(hint) && told.contains("not a pattern"), "{told}");
        }
    }
}
