//! Patterns of `*` and `?`.

use std::str::Chars;

/// Whether a text is a pattern.
pub(super) fn is_glob(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// The regular expression that a pattern means.
pub(super) fn pattern(glob: &str) -> String {
    let mut pattern = String::new();
    for c in glob.chars() {
        match c {
            '*' if pattern.ends_with(".*") => {}
            '*' => pattern.push_str(".*"),
            '?' => pattern.push('.'),
            c if c.is_ascii_alphanumeric() || !c.is_ascii() => pattern.push(c),
            c => pattern.push_str(&format!("\\x{{{:x}}}", u32::from(c))),
        }
    }
    pattern
}

/// Whether a pattern matches a whole word.
pub(super) fn matches(glob: &str, word: &str) -> bool {
    let (mut glob, mut word) = (glob.chars(), word.chars());
    // Where the last star stands, and the word from where it began to stand for something.
    let mut star: Option<(Chars<'_>, Chars<'_>)> = None;
    loop {
        match (glob.next(), word.clone().next()) {
            (Some('*'), _) => star = Some((glob.clone(), word.clone())),
            (None, None) => return true,
            (Some(c), Some(here)) if c == '?' || c == here => {
                word.next();
            }
            _ => {
                let Some((after, from)) = &mut star else { return false };
                if from.next().is_none() {
                    return false;
                }
                (glob, word) = (after.clone(), from.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_anything() {
        for (glob, word, want) in [
            ("oom-kill", "oom-kill", true),
            ("oom*", "oom-kill", true),
            ("*-timeout", "start-timeout", true),
            ("*t*t*", "start-timeout", true),
            ("o?m-kill", "oom-kill", true),
            ("oom", "oom-kill", false),
            ("*x", "oom-kill", false),
            ("**", "", true),
            ("?", "", false),
            ("磁?", "磁盘", true),
        ] {
            assert_eq!(matches(glob, word), want, "{glob} {word}");
        }
    }
}
