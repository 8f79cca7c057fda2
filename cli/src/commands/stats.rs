//! `nwlog stats`: how often, how long, how soon: the table that a review starts from.

mod tally;

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use clap_complete::ArgValueCompleter;
use serde::Serialize;

use super::search;
use crate::args::{FilterArgs, Limit, OutputArgs, StoreArgs};
use crate::complete;
use crate::exit::Exit;
use crate::output::{Format, View, bars, escape, fold, json};
use crate::terminal::Terminal;

use tally::{Line, Tally};

/// How many columns the course of time has, and the least that a terminal leaves it.
const COURSE: usize = 24;
const MIN_COURSE: usize = 8;
/// The widest that values are shown, in columns.
const MAX_VALUE: usize = 32;

const EXAMPLES: &str = "\
Examples:
  nwlog stats                        by kind
  nwlog stats --by unit -S -30d      which units, in the last 30 days
  nwlog stats --by week kind:oom-kill
  nwlog stats --by host -o json | jq -s 'map(.incidents) | add'

Exit status: 0 found; 1 nothing found; 2 an error.";

/// Count incidents: how often, how long down, how soon seen and back
///
/// failures: the occurrences of all these incidents. down: how long units were down, in all; longest: in one incident. detect
/// (from the failure to systemd's record of it) and recover (from the failure to running again): medians, of those incidents
/// of which they are known.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub struct StatsArgs {
    /// Which incidents, as `nwlog search` has it; none counts all
    #[arg(value_name = "QUERY", add = ArgValueCompleter::new(complete::query))]
    pub query: Vec<String>,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub filter: FilterArgs,
    /// One line for each kind, cause, unit, host, day, week or month
    #[arg(long, value_name = "FIELD", default_value = "kind", hide_possible_values = true)]
    #[arg(help_heading = "Output")]
    pub by: By,
    /// At most N lines, or all
    #[arg(short = 'n', long = "lines", value_name = "N", default_value = "30", help_heading = "Output")]
    pub limit: Limit,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub output: OutputArgs,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub store: StoreArgs,
}

/// What incidents are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum By {
    Kind,
    Cause,
    Unit,
    Host,
    Day,
    Week,
    Month,
}

impl By {
    fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Cause => "cause",
            Self::Unit => "unit",
            Self::Host => "host",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// Whether its values come one after the other.
    fn is_time(self) -> bool {
        matches!(self, Self::Day | Self::Week | Self::Month)
    }
}

pub(super) fn run(args: &StatsArgs, terminal: &Terminal) -> anyhow::Result<Exit> {
    let Some((asked, stores)) = search::ask(&args.query, &args.filter, &args.store, terminal)? else {
        return Ok(Exit::Negative);
    };
    let mut tally = Tally::new(args.by, terminal.zone());
    stores.visit(&asked, &mut |row| tally.count(&row))?;
    let (lines, total) = tally.finish(COURSE);
    let left_out = args.limit.0.map_or(0, |limit| lines.len().saturating_sub(limit));
    let shown = lines.get(..lines.len() - left_out).unwrap_or_default();
    let is_json = args.output.output == Some(Format::Json);
    let mut out = terminal.paged();
    if is_json {
        for line in shown {
            json::line(&mut out, &Wire::new(args.by, line))?;
        }
    } else if !shown.is_empty() {
        table(&mut out, &terminal.view(0, false), args.by, shown, &total)?;
    }
    out.flush()?;
    drop(out);
    if left_out > 0 && !is_json {
        terminal.note((terminal.words().more_values)(left_out as u64));
    }
    Ok(if lines.is_empty() { Exit::Negative } else { Exit::Done })
}

fn table(out: &mut dyn Write, view: &View, by: By, lines: &[Line], total: &Line) -> io::Result<()> {
    let words = view.words();
    let value = |line: &Line| match &line.value {
        Some(value) => {
            let value = if by == By::Kind { words.kind_named(value) } else { value };
            escape::cut(value, Some(MAX_VALUE)).into_owned()
        }
        None => words.unknown.to_owned(),
    };
    let time = |us: Option<u64>| us.map(words.duration).unwrap_or_default();
    let cells = |name: String, line: &Line| {
        let counts = [line.incidents.to_string(), line.occurrences.to_string()];
        let times =
            [Some(line.down_us).filter(|us| *us > 0), line.longest_us, line.detect_us, line.recover_us];
        let [incidents, failures] = counts;
        let [down, longest, detect, recover] = times.map(time);
        [name, incidents, failures, down, longest, detect, recover]
    };
    let head = [
        (words.by)(by.name()),
        words.incidents,
        words.failures,
        words.down,
        words.longest,
        words.detect,
        words.recover,
    ];
    let mut rows: Vec<_> = lines.iter().map(|line| cells(value(line), line)).collect();
    if lines.len() > 1 {
        rows.push(cells(words.total.to_owned(), total));
    }
    let all = || rows.iter().map(|row| row.each_ref().map(String::as_str)).chain([head]);
    let mut widths = [0; 7];
    for row in all() {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = escape::columns(cell).max(*width);
        }
    }
    let laid = |row: [&str; 7]| {
        let cells = row.into_iter().zip(widths).enumerate();
        let cells = cells.map(|(at, (cell, width))| match at {
            0 => escape::padded(cell, width),
            _ => escape::right(cell, width),
        });
        cells.collect::<Vec<_>>().join("  ")
    };
    let used = widths.iter().sum::<usize>() + 2 * widths.len();
    let room = view.width.map_or(COURSE, |width| width.saturating_sub(used).min(COURSE));
    let largest = lines.iter().map(|line| line.incidents).max().unwrap_or_default();
    let (dim, strong) = (view.palette.dim, view.palette.strong);
    let when = if room < MIN_COURSE { "" } else { words.when };
    writeln!(out, "{dim}{}  {when}{dim:#}", laid(head))?;
    for (row, line) in rows.iter().zip(lines.iter().chain([total])) {
        let picture = match by.is_time() {
            _ if room < MIN_COURSE => String::new(),
            true if std::ptr::eq(line, total) => String::new(),
            true => bars::bar(line.incidents, largest, room),
            false => bars::spark(&tally::narrowed(&line.course, room)),
        };
        let style = if std::ptr::eq(line, total) { strong } else { anstyle::Style::new() };
        let text = format!("{}  {dim}{picture}{dim:#}", laid(row.each_ref().map(String::as_str)));
        writeln!(out, "{style}{}{style:#}", text.trim_end())?;
    }
    let medians = format!("{dim}{}{dim:#}\n", words.medians);
    out.write_all(fold::folded(&medians, view.width).as_bytes())
}

/// One line of JSON. Of a value that is not known the key is absent, as in incidents; durations are microseconds, of
/// which `down_us` is a sum, `longest_us` that of one incident, `detect_us` and `recover_us` are medians. `course` counts
/// the incidents that began in each of 24 stretches of time, all as long, from the first incident that was counted to
/// the last.
#[derive(Serialize)]
struct Wire<'a> {
    schema: u32,
    by: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    incidents: u64,
    occurrences: u64,
    down_us: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    longest_us: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detect_us: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recover_us: Option<u64>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    course: &'a [u64],
}

impl<'a> Wire<'a> {
    fn new(by: By, line: &'a Line) -> Self {
        Self {
            schema: json::SCHEMA,
            by: by.name(),
            value: line.value.as_deref(),
            incidents: line.incidents,
            occurrences: line.occurrences,
            down_us: line.down_us,
            longest_us: line.longest_us,
            detect_us: line.detect_us,
            recover_us: line.recover_us,
            course: if by.is_time() { &[] } else { &line.course },
        }
    }
}
