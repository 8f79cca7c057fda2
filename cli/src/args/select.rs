use anyhow::anyhow;
use chrono::DateTime;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use nwlog_correlate::Severity;
use nwlog_index::parse_time;

use crate::errors::{Hint, hinted};
use crate::pipeline::select::{Pattern, Select};
use crate::zone::LocalZone;

/// Which incidents to print, decided when they are whole: no record is left out of an incident by it.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Which incidents")]
pub struct SelectArgs {
    /// Those that touch this unit: a name or a pattern like 'db@*'; several times for several units
    #[arg(short, long = "unit", value_name = "UNIT")]
    pub units: Vec<Pattern>,
    /// Those that say this text, in the headline, a record or the context
    ///
    /// A plain text, no pattern. Case matters only if the text has a capital letter.
    #[arg(short, long, value_name = "TEXT")]
    pub grep: Option<String>,
    /// Those that are at least so bad: notice, warning or critical
    #[arg(short, long, value_name = "SEVERITY", value_parser = named(Severity::ALL, Severity::name), hide_possible_values = true)]
    pub priority: Option<Severity>,
    /// Those of this program; several times for several programs
    #[arg(short = 't', long = "identifier", value_name = "NAME")]
    pub identifiers: Vec<String>,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub time: TimeArgs,
}

/// From when until when.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Which incidents")]
pub struct TimeArgs {
    /// Those that were not over before this time
    ///
    /// '2026-01-31 14:30', '14:30', 2026-01-31, yesterday, -2h, '1h 30min ago', @EPOCH, RFC 3339, or a time as
    /// journalctl prints it; with a zone at the end, or in the machine's own: UTC, +02:00, CEST, Europe/Berlin.
    #[arg(short = 'S', long, value_name = "TIME", allow_hyphen_values = true)]
    pub since: Option<String>,
    /// Those that began before this time
    #[arg(short = 'U', long, value_name = "TIME", allow_hyphen_values = true)]
    pub until: Option<String>,
}

impl TimeArgs {
    /// Both ends, in microseconds since 1970.
    ///
    /// # Errors
    /// Where one of them is no time.
    pub fn read(&self, now: &DateTime<LocalZone>) -> anyhow::Result<(Option<u64>, Option<u64>)> {
        let read = |option: &str, text: &Option<String>| {
            let time = text.as_deref().map(|text| parse_time(text, now)).transpose();
            time.map_err(|bad| hinted(anyhow!("{option}: {bad}"), bad.hint()))
        };
        let (since, until) = (read("--since", &self.since)?, read("--until", &self.until)?);
        if since.zip(until).is_some_and(|(since, until)| since >= until) {
            return Err(anyhow!("--since is not before --until")).hint("exchange them");
        }
        Ok((since, until))
    }
}

impl SelectArgs {
    /// What to select.
    ///
    /// # Errors
    /// Where a time is none.
    pub fn read(&self, now: &DateTime<LocalZone>) -> anyhow::Result<Select> {
        let (since, until) = self.time.read(now)?;
        Ok(Select {
            units: self.units.clone(),
            text: self.grep.clone(),
            severity: self.priority,
            programs: self.identifiers.clone(),
            since,
            until,
        })
    }
}

/// Reads one of a set of named values.
pub fn named<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    name: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(|value| name(*value))).try_map(move |text| {
        let found = all.iter().copied().find(|value| name(*value) == text);
        found.ok_or("no such value")
    })
}
