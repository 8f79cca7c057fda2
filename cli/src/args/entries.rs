use std::path::PathBuf;
use std::str::FromStr;

use anyhow::anyhow;
use clap::{ArgAction, Args};

use crate::errors::Hint;
use crate::pipeline::entries::boots::Which;
use crate::pipeline::entries::matches::{Composer, Matches};
use crate::pipeline::entries::pattern::{self, Case};
use crate::pipeline::entries::unit;

/// Which entries, as journalctl's options say it.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Which entries")]
pub struct EntryArgs {
    /// Those stored at this time or later
    ///
    /// '2026-01-31 14:30', '14:30', 2026-01-31, yesterday, -2h, '1h 30min ago', @EPOCH or RFC 3339.
    #[arg(short = 'S', long, value_name = "TIME", allow_hyphen_values = true)]
    pub since: Option<String>,
    /// Those stored at this time or earlier
    #[arg(short = 'U', long, value_name = "TIME", allow_hyphen_values = true)]
    pub until: Option<String>,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub boot: BootArgs,
    /// Those of this unit and about it: a name or a pattern like 'db@*'; several times for several units
    #[arg(short, long = "unit", value_name = "UNIT")]
    pub units: Vec<String>,
    /// Those of this program; several times for several programs
    #[arg(short = 't', long = "identifier", value_name = "NAME")]
    pub identifiers: Vec<String>,
    /// Those of a priority, 0 to 7 or emerg to debug: at least so urgent, or within FROM..TO
    #[arg(short, long, value_name = "LEVEL")]
    pub priority: Option<Priorities>,
    /// Those whose message this regular expression matches
    ///
    /// Case matters only if the pattern has a capital letter.
    #[arg(short, long, value_name = "PATTERN")]
    pub grep: Option<String>,
    /// Whether case matters to --grep
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    #[arg(action = ArgAction::Set, value_parser = clap::builder::BoolishValueParser::new())]
    pub case_sensitive: Option<bool>,
    /// Those of the kernel, of the last boot unless -b says otherwise
    #[arg(short = 'k', long)]
    pub dmesg: bool,
}

impl EntryArgs {
    /// How case matters to the pattern.
    pub fn case(&self) -> Case {
        match self.case_sensitive {
            None => Case::Smart,
            Some(true) => Case::Sensitive,
            Some(false) => Case::Insensitive,
        }
    }

    /// The pattern, where there is one.
    ///
    /// # Errors
    /// It is none.
    pub fn pattern(&self) -> anyhow::Result<Option<regex::bytes::Regex>> {
        self.grep.as_deref().map(|text| pattern::read(text, self.case())).transpose()
    }

    /// The boot, where one is asked for.
    pub fn which_boot(&self) -> Option<Which> {
        self.boot.boot.or(self.dmesg.then_some(Which::Place(0))).filter(|which| *which != Which::All)
    }

    /// The fields that entries have to have, with those that stand among the words.
    ///
    /// # Errors
    /// A `+` that stands between nothing.
    pub fn matches(&self, words: &[&str]) -> anyhow::Result<Matches> {
        let mut composer = Composer::default();
        if self.dmesg {
            composer.exact("_TRANSPORT", "kernel");
            composer.and();
        }
        self.units.iter().for_each(|name| unit::add(name, &mut composer));
        composer.and();
        for name in &self.identifiers {
            composer.exact("SYSLOG_IDENTIFIER", name.as_str());
        }
        composer.and();
        for level in self.priority.iter().flat_map(Priorities::levels) {
            composer.exact("PRIORITY", level.to_string());
        }
        composer.and();
        let mut open = false;
        for word in words {
            match word.split_once('=') {
                Some((name, value)) => {
                    composer.exact(name, value);
                    open = true;
                }
                None if open => {
                    composer.or();
                    open = false;
                }
                None => break,
            }
        }
        if !open && !words.is_empty() {
            return Err(anyhow!("a + stands between two matches")).hint("nwlog cat _PID=1 + _UID=0");
        }
        Ok(composer.finish())
    }
}

/// Which boot.
#[derive(Args, Clone, Copy, Debug)]
pub struct BootArgs {
    /// Those of a boot: an id, 0 for the last one, -1 for that before it, 1 for the first, an id and an offset, or all
    #[arg(short, long, value_name = "ID|N", num_args = 0..=1, default_missing_value = "0")]
    #[arg(allow_negative_numbers = true)]
    pub boot: Option<Which>,
}

/// Whose journal.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Whose journal")]
pub struct PlaceArgs {
    /// Read the journal files in this directory
    #[arg(short = 'D', long, value_name = "DIR", conflicts_with_all = ["file", "root"])]
    pub directory: Option<PathBuf>,
    /// Read this journal file; several times for several files
    #[arg(long, value_name = "PATH", conflicts_with = "root")]
    pub file: Vec<PathBuf>,
    /// Read the journal of the system below this directory
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Read this namespace of the journal; * for all, +NAME for it and the default one
    #[arg(long, value_name = "NAME")]
    pub namespace: Option<String>,
    /// Read all journals that are there, those from other machines too
    #[arg(short, long)]
    pub merge: bool,
}

impl PlaceArgs {
    /// Whether the journals are those of the machine that this runs on.
    pub fn is_of_this_machine(&self) -> bool {
        self.directory.is_none() && self.file.is_empty() && self.root.is_none()
    }

    /// Whether any of it was said.
    pub fn is_given(&self) -> bool {
        self.directory.is_some()
            || !self.file.is_empty()
            || self.root.is_some()
            || self.namespace.is_some()
            || self.merge
    }
}

/// Priorities from one to another, as numbers of syslog's: 0 is the most urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Priorities {
    least: u8,
    most: u8,
}

impl Priorities {
    /// Every one of them.
    pub fn levels(&self) -> impl Iterator<Item = u8> + use<> {
        self.least..=self.most
    }
}

/// A text that is no priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a priority: 0 to 7, or emerg, alert, crit, err, warning, notice, info, debug, or two of these as FROM..TO"
)]
pub struct BadPriority;

impl FromStr for Priorities {
    type Err = BadPriority;

    fn from_str(text: &str) -> Result<Self, BadPriority> {
        let (one, other) = match text.split_once("..") {
            Some((from, to)) => (level(from)?, level(to)?),
            None => (0, level(text)?),
        };
        Ok(Self { least: one.min(other), most: one.max(other) })
    }
}

fn level(text: &str) -> Result<u8, BadPriority> {
    const NAMES: [&str; 8] = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];
    let named = NAMES.iter().position(|name| *name == text).and_then(|place| u8::try_from(place).ok());
    named.or_else(|| text.parse().ok().filter(|level| *level <= 7)).ok_or(BadPriority)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn priorities_are_names_numbers_and_ranges() {
        for (text, expected) in [
            ("err", Some((0, 3))),
            ("3", Some((0, 3))),
            ("emerg", Some((0, 0))),
            ("warning..err", Some((3, 4))),
            ("3..4", Some((3, 4))),
            ("8", None),
            ("error", None),
            ("3..", None),
            ("-1", None),
            ("", None),
        ] {
            let read = text.parse::<Priorities>().ok();
            assert_eq!(read, expected.map(|(least, most)| Priorities { least, most }), "{text}");
        }
    }
}
