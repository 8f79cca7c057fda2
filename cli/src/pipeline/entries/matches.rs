//! Which fields an entry has to have, as journalctl composes it: all of some groups, of each group any of its sets, of
//! each set all of its fields, and of each field one of some values (systemd, src/libsystemd/sd-journal/sd-journal.c,
//! sd_journal_add_match).

use crate::pipeline::select::Pattern;

/// An entry has to satisfy every group; where there is none, any entry does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// The groups.
    pub all: Vec<Group>,
}

/// An entry has to satisfy one of the sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The sets.
    pub any: Vec<Set>,
}

/// An entry has to have every one of these fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Set {
    /// The fields, each of another name.
    pub fields: Vec<OneOf>,
}

/// An entry has to have a field of this name with one of these values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneOf {
    /// The name.
    pub name: String,
    /// The values.
    pub values: Vec<Value>,
}

/// What a value has to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// These bytes.
    Exact(Vec<u8>),
    /// The name of a unit that the pattern matches.
    Like(Pattern),
}

impl Value {
    /// Whether it is this one.
    pub fn is(&self, value: &[u8]) -> bool {
        match self {
            Self::Exact(bytes) => bytes == value,
            Self::Like(pattern) => std::str::from_utf8(value).is_ok_and(|name| pattern.matches_name(name)),
        }
    }
}

impl Matches {
    /// Whether there is nothing to satisfy.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether an entry satisfies them; `has` tells whether it has one of the fields.
    pub fn hold(&self, has: impl Fn(&OneOf) -> bool) -> bool {
        self.all.iter().all(|group| group.any.iter().any(|set| set.fields.iter().all(&has)))
    }
}

/// Composes matches, with the calls that journalctl has for it: a value beside another one of its field is an
/// alternative, a field beside others has to be there as well.
#[derive(Clone, Debug, Default)]
pub struct Composer {
    done: Vec<Group>,
    group: Group,
    set: Set,
}

impl Composer {
    /// Adds a value of a field to the set at hand.
    pub fn add(&mut self, name: &str, value: Value) {
        match self.set.fields.iter_mut().find(|field| field.name == name) {
            Some(field) => field.values.push(value),
            None => self.set.fields.push(OneOf { name: name.to_owned(), values: vec![value] }),
        }
    }

    /// Adds exact bytes, as [`add`](Self::add) does.
    pub fn exact(&mut self, name: &str, value: impl Into<Vec<u8>>) {
        self.add(name, Value::Exact(value.into()));
    }

    /// Ends the set: what comes is an alternative to it.
    pub fn or(&mut self) {
        if !self.set.fields.is_empty() {
            self.group.any.push(std::mem::take(&mut self.set));
        }
    }

    /// Ends the group: what comes has to hold as well.
    pub fn and(&mut self) {
        self.or();
        if !self.group.any.is_empty() {
            self.done.push(std::mem::take(&mut self.group));
        }
    }

    /// What was composed.
    pub fn finish(mut self) -> Matches {
        self.and();
        Matches { all: self.done }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words as journalctl takes them: `+` between alternatives, `&` where a group ends.
    fn composed(words: &str) -> Matches {
        let mut composer = Composer::default();
        for word in words.split_whitespace() {
            match word.split_once('=') {
                Some((name, value)) => composer.exact(name, value),
                None if word == "+" => composer.or(),
                None => composer.and(),
            }
        }
        composer.finish()
    }

    #[test]
    fn fields_are_composed_as_journalctl_does() {
        for (words, entry, expected) in [
            ("", "", true),
            ("&  + &", "A=1", true),
            ("A=1", "A=1", true),
            ("A=1", "A=2", false),
            ("A=1", "A=2 A=1", true),
            ("A=1 A=2", "A=2", true),
            ("A=1 B=1", "A=1", false),
            ("A=1 B=1 A=2", "A=2 B=1", true),
            ("A=1 + B=1", "B=1", true),
            ("A=1 + A=2 B=1", "A=2", false),
            ("A=1 & A=2", "A=1", false),
            ("A=1 & A=2", "A=1 A=2", true),
            ("A=1 + B=1 & C=1", "B=1 C=1", true),
            ("A=1 + B=1 & C=1", "B=1", false),
        ] {
            let has = |field: &OneOf| {
                let mut fields = entry.split_whitespace().filter_map(|field| field.split_once('='));
                fields.any(|(name, value)| {
                    name == field.name && field.values.iter().any(|wanted| wanted.is(value.as_bytes()))
                })
            };
            assert_eq!(composed(words).hold(has), expected, "{words:?} on {entry:?}");
        }
    }
}
