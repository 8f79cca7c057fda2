//! Patterns of unit names, as `-u` takes them.

use std::convert::Infallible;
use std::str::FromStr;

/// What ends the name of a unit (systemd.unit(5)).
const SUFFIXES: [&str; 11] = [
    ".service",
    ".socket",
    ".device",
    ".mount",
    ".automount",
    ".swap",
    ".target",
    ".path",
    ".timer",
    ".slice",
    ".scope",
];

/// Whether a name ends as that of a unit does.
pub fn has_suffix(name: &str) -> bool {
    SUFFIXES.iter().any(|suffix| name.ends_with(suffix))
}

/// A pattern of unit names: `*`, `?` and `[a-z]`, `[!a-z]`; a backslash stands for itself, for escaped names have it. A plain name without a suffix is a service's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    glob: Vec<char>,
}

impl FromStr for Pattern {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        let plain = !text.contains(['*', '?', '[', '/']);
        let whole = has_suffix(text);
        let suffix = if plain && !whole { ".service" } else { "" };
        Ok(Self { glob: text.chars().chain(suffix.chars()).collect() })
    }
}

impl Pattern {
    /// A pattern of whole names: nothing is put behind it.
    pub fn exactly(text: &str) -> Self {
        Self { glob: text.chars().collect() }
    }

    /// Whether it matches a whole name.
    pub fn matches_name(&self, name: &str) -> bool {
        self.matches(name)
    }

    /// Whether it matches a unit's whole name: a user's unit, `user@UID/NAME`, also by its name alone.
    pub fn matches_unit(&self, unit: &str) -> bool {
        let own = unit.strip_prefix("user@").and_then(|rest| rest.split_once('/')).map(|(_, name)| name);
        self.matches(unit) || own.is_some_and(|name| self.matches(name))
    }

    fn matches(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().collect();
        matches(&self.glob, &text)
    }
}

/// Goes back to the last `*` alone, so that no pattern takes more than pattern times text.
fn matches(glob: &[char], text: &[char]) -> bool {
    let (mut glob, mut text) = (glob, text);
    let mut star: Option<(&[char], &[char])> = None;
    loop {
        match (glob, text) {
            ([], []) => return true,
            (['*', rest @ ..], _) => {
                star = Some((rest, text));
                glob = rest;
                continue;
            }
            ([_, ..], [c, tail @ ..]) => {
                if let Some(rest) = one(glob, *c) {
                    (glob, text) = (rest, tail);
                    continue;
                }
            }
            _ => {}
        }
        match star {
            Some((rest, [_, tail @ ..])) => {
                star = Some((rest, tail));
                (glob, text) = (rest, tail);
            }
            _ => return false,
        }
    }
}

/// What is left of the pattern once its first element has matched a character.
fn one(glob: &[char], c: char) -> Option<&[char]> {
    match glob {
        ['?', rest @ ..] => Some(rest),
        ['[', class @ ..] if class.iter().skip(1).any(|c| *c == ']') => {
            let (negated, class) = match class {
                ['!' | '^', class @ ..] => (true, class),
                class => (false, class),
            };
            let end = 1 + class.iter().skip(1).position(|c| *c == ']')?;
            let (set, rest) = class.split_at_checked(end)?;
            (in_set(set, c) != negated).then(|| rest.get(1..)).flatten()
        }
        [literal, rest @ ..] => (*literal == c).then_some(rest),
        [] => None,
    }
}

fn in_set(set: &[char], c: char) -> bool {
    match set {
        [from, '-', to, rest @ ..] => (*from..=*to).contains(&c) || in_set(rest, c),
        [first, rest @ ..] => *first == c || in_set(rest, c),
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn matches_as_journalctl_does() {
        for (pattern, unit, expected) in [
            ("app", "app.service", true),
            ("app.service", "app.service", true),
            ("app", "app.socket", false),
            ("app", "app2.service", false),
            ("app.socket", "app.socket", true),
            ("app*", "app-7.service", true),
            ("*", "anything", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-b-b-d", false),
            ("db@?.service", "db@1.service", true),
            ("db@?.service", "db@12.service", false),
            ("db@[0-3]*", "db@2.service", true),
            ("db@[!0-3]*", "db@2.service", false),
            ("db@[", "db@[", true),
            ("app", "user@1000/app.service", true),
            ("user@1000/app.service", "user@1000/app.service", true),
            ("user@1001/app.service", "user@1000/app.service", false),
            ("/docker/*", "/docker/0123", true),
            ("a\\x2d*", "a\\x2db.service", true),
            ("", "app.service", false),
        ] {
            assert_eq!(
                Pattern::from_str(pattern).unwrap().matches_unit(unit),
                expected,
                "{pattern} on {unit}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_plain_name_matches_itself(name in "[a-z@.-]{1,20}\\.service") {
            prop_assert!(Pattern::from_str(&name).unwrap().matches_unit(&name));
        }

        #[test]
        fn any_pattern_ends(pattern in "[a*?\\[\\]!\\\\-]{0,20}", name in "a{0,60}b") {
            let _ = Pattern::from_str(&pattern).unwrap().matches_unit(&name);
        }
    }
}
