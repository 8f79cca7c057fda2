//! What nwlog says, in the languages that it says it in: one file a language has all of its words.
//!
//! What a log says is never translated, and nor is what scripts read.

mod en;
mod wording;
mod zh;

use std::borrow::Cow;

use clap::builder::StyledStr;
use clap::{Command, ValueEnum};
use nwlog_correlate::{Incident, Kind, Link, Outcome, Severity};
use nwlog_ingest::event::Writer;
use nwlog_ingest::event::gap::GapKind;

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// English
    #[default]
    En,
    /// 简体中文
    Zh,
}

impl Lang {
    /// The language of the locale: `LC_ALL`, else `LC_MESSAGES`, else `LANG`, as locale(7) has it.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name| variable(name).filter(|value| !value.is_empty());
        match ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set) {
            Some(locale) if locale.to_ascii_lowercase().starts_with("zh") => Self::Zh,
            _ => Self::En,
        }
    }

    /// The language that a command line asks for, else that of the locale; before the line is understood, for what is said
    /// of it is said in that language.
    pub fn asked(args: impl Iterator<Item = String>, variable: impl Fn(&str) -> Option<String>) -> Self {
        let mut args = args.take_while(|arg| arg != "--");
        let mut asked = None;
        while let Some(arg) = args.next() {
            let value = match arg.strip_prefix("--lang") {
                Some("") => args.next(),
                Some(value) => value.strip_prefix('=').map(str::to_owned),
                None => None,
            };
            asked = value.and_then(|value| Self::from_str(&value, false).ok()).or(asked);
        }
        asked.unwrap_or_else(|| Self::of(variable))
    }

    /// Its words.
    pub fn words(self) -> &'static Words {
        match self {
            Self::En => &en::WORDS,
            Self::Zh => &zh::WORDS,
        }
    }
}

/// The words of one language.
#[allow(missing_docs)]
pub struct Words {
    /// The help on the command line.
    pub help: fn(Command) -> Command,
    /// A screen of that help, with styles, for so many columns.
    pub screen: fn(&StyledStr, usize) -> String,
    /// What is wrong with a command line, with styles.
    pub usage: fn(&clap::Error) -> String,
    /// A line of talk: a remark, a warning, an error, a cause, a hint.
    pub message: fn(&str) -> Cow<'_, str>,
    /// What stands before an error, and before what belongs to one, with all that parts it from the text.
    pub error: &'static str,
    pub warning: &'static str,
    pub caused_by: &'static str,
    pub hint: &'static str,
    /// How far reading has come, as a template of indicatif.
    pub progress: &'static str,
    /// What became of an incident: `opened`, `updated`, `closed` or `withdrawn`.
    pub change: fn(&'static str) -> &'static str,
    /// That it is a part of the incident with that id.
    pub part_of: fn(&str) -> String,
    /// One sentence that says what an incident is.
    pub headline: fn(&Incident) -> String,
    /// The text of a timeline's item, where nwlog worded it and no log did.
    pub item: fn(&str) -> Cow<'_, str>,
    pub kind: fn(Kind) -> &'static str,
    pub severity: fn(Severity) -> &'static str,
    pub outcome: fn(Outcome) -> &'static str,
    /// Who speaks.
    pub writer: fn(Writer) -> &'static str,
    /// Why an item was joined, in a word or two.
    pub link: fn(Link) -> &'static str,
    /// What is missing, and how much of it.
    pub gap: fn(GapKind, Option<u64>) -> String,
    /// `app.service` and its host.
    pub at_host: fn(&str, &str) -> String,
    /// What is called so where nothing better is known.
    pub unknown_process: &'static str,
    pub process: fn(u32) -> String,
    /// How often a row says the same.
    pub times: fn(u64) -> String,
    /// A length of time in microseconds.
    pub duration: fn(u64) -> String,

    pub earlier_lines: fn(u64) -> String,
    pub more_occurrences: fn(u64) -> String,
    pub more_records: fn(u64) -> String,
    pub more_frames: fn(u64) -> String,
    pub more_groups: fn(u64) -> String,
    pub goroutines: fn(u64) -> String,
    pub goroutine: &'static str,
    pub minutes: fn(u64) -> String,
    pub stack: &'static str,
    pub created_by: &'static str,
    pub largest_tasks: &'static str,
    pub largest_tasks_at_last: &'static str,
    pub refused: &'static str,
    /// So many operations, the first of them there.
    pub refused_first: fn(u64, &str) -> String,
    pub see_also: &'static str,
    pub fields: &'static str,

    pub nothing_kept: &'static str,
    pub no_such_boot: &'static str,
    pub nothing_found: &'static str,
    /// So many of so many incidents were printed.
    pub some_of: fn(u64, u64) -> String,
    /// No incident has an id like this.
    pub no_such_id: fn(&str) -> String,

    /// What incidents are counted by, from its name on the command line.
    pub by: fn(&'static str) -> &'static str,
    pub unknown: &'static str,
    pub more_values: fn(u64) -> String,
    pub total: &'static str,
    pub incidents: &'static str,
    pub failures: &'static str,
    pub down: &'static str,
    pub longest: &'static str,
    pub detect: &'static str,
    pub recover: &'static str,
    pub when: &'static str,
    /// What durations stand for.
    pub medians: &'static str,
    pub status: Status,
    /// What the help on queries says.
    pub help_query: &'static str,
}

impl Words {
    /// What a kind is called, by the name that the store has for it.
    pub fn kind_named<'a>(&self, name: &'a str) -> &'a str {
        let kind = Kind::ALL.iter().find(|kind| kind.name() == name);
        kind.map_or(name, |kind| (self.kind)(*kind))
    }
}

/// What `status` says of a store, and of who follows the log into it.
#[allow(missing_docs)]
pub struct Status {
    pub store: &'static str,
    pub size: &'static str,
    pub incidents: &'static str,
    pub kinds: &'static str,
    pub oldest: &'static str,
    pub newest: &'static str,
    pub followed: &'static str,
    pub read: &'static str,
    pub gaps: &'static str,
    pub waiting: &'static str,
    pub trouble: &'static str,
    /// So many incidents, so many of them open, so many withdrawn besides.
    pub counts: fn(usize, usize, usize) -> String,
    /// What parts kinds.
    pub between: &'static str,
    /// So many of a kind.
    pub of_kind: fn(usize, Kind) -> String,
    /// To when, and by which process if one is there; how far behind, where it is not caught up.
    pub to: fn(&str, Option<u32>, Option<&str>) -> String,
    /// How many entries a second.
    pub rate: fn(f64) -> String,
    pub entries: fn(u64) -> String,
    pub no_gaps: &'static str,
    /// So many gaps, in which so many entries are missing.
    pub missing: fn(u64, u64) -> String,
    /// So many incidents wait, and so many had to go.
    pub held: fn(u64, u64) -> String,
    pub unknown_time: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_goes_before_the_locale() {
        for (line, want) in [
            ("nwlog list", Lang::Zh),
            ("nwlog --lang en list", Lang::En),
            ("nwlog list --lang=en", Lang::En),
            ("nwlog list --lang", Lang::Zh),
            ("nwlog list --lang xx", Lang::Zh),
            ("nwlog search -- --lang en", Lang::Zh),
            ("nwlog --language en", Lang::Zh),
        ] {
            let args = line.split(' ').map(str::to_owned);
            assert_eq!(Lang::asked(args, |_| Some("zh_CN".to_owned())), want, "{line}");
        }
    }

    #[test]
    fn the_locale_decides() {
        for (set, want) in [
            (&[][..], Lang::En),
            (&[("LANG", "zh_CN.UTF-8")], Lang::Zh),
            (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")], Lang::En),
            (&[("LANG", "de_DE.UTF-8"), ("LC_MESSAGES", "zh_TW")], Lang::Zh),
            (&[("LANG", "zh_CN"), ("LC_ALL", "")], Lang::Zh),
            (&[("LANG", "C.UTF-8")], Lang::En),
        ] {
            let found = Lang::of(|name| set.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()));
            assert_eq!(found, want, "{set:?}");
        }
    }
}
