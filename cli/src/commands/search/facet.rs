//! How many of each: counts with bars.

use std::collections::HashMap;
use std::io::Write;

use clap::ValueEnum;
use nwlog_index::{Query, Row};
use serde::Serialize;

use crate::args::Limit;
use crate::exit::Exit;
use crate::output::time::Zone;
use crate::output::{Format, bars, escape, json};
use crate::stores::Stores;
use crate::terminal::Terminal;

/// How wide the longest bar is where the terminal does not say, in columns, and how wide it may be.
const BAR: usize = 24;
const MAX_BAR: usize = 48;
/// The widest that values are shown, in columns.
const MAX_VALUE: usize = 40;

/// What incidents are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum Facet {
    Kind,
    Unit,
    Host,
    Cause,
    Day,
}

impl Facet {
    fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Unit => "unit",
            Self::Host => "host",
            Self::Cause => "cause",
            Self::Day => "day",
        }
    }

    /// The value of an incident, if it has one.
    fn of(self, row: &Row, zone: Zone) -> Option<String> {
        match self {
            Self::Kind => row.kind.map(|kind| kind.to_string()),
            Self::Cause => row.cause.map(|cause| cause.to_string()),
            Self::Unit => row.subject.as_deref().map(str::to_owned),
            Self::Host => row.host.as_deref().map(str::to_owned),
            Self::Day => zone.date(row.first?).map(|day| day.to_string()),
        }
    }
}

/// One line of JSON: how many incidents have a value; without `value` how many of which it is not known.
#[derive(Serialize)]
struct Wire<'a> {
    schema: u32,
    facet: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    count: u64,
}

/// Prints how many incidents there are of each value: the most first, days in order.
pub(super) fn print(
    facet: Facet,
    asked: &Query,
    stores: &Stores,
    limit: Limit,
    format: Format,
    terminal: &Terminal,
) -> anyhow::Result<Exit> {
    let zone = terminal.zone();
    let mut counts: HashMap<Option<String>, u64> = HashMap::new();
    stores.visit(asked, &mut |row| *counts.entry(facet.of(&row, zone)).or_default() += 1)?;
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|(a, n), (b, m)| match facet {
        Facet::Day => b.cmp(a),
        _ => m.cmp(n).then_with(|| a.cmp(b)),
    });
    let left_out = limit.0.map_or(0, |limit| counts.len().saturating_sub(limit));
    counts.truncate(counts.len() - left_out);

    let mut out = terminal.paged();
    if format == Format::Json {
        for (value, count) in &counts {
            let value = value.as_deref();
            json::line(&mut out, &Wire { schema: json::SCHEMA, facet: facet.name(), value, count: *count })?;
        }
    } else {
        let (view, words) = (terminal.view(0, false), terminal.words());
        let shown = |value: &Option<String>| match value {
            Some(value) => {
                let value = if facet == Facet::Kind { words.kind_named(value) } else { value };
                escape::cut(value, Some(MAX_VALUE)).into_owned()
            }
            None => words.unknown.to_owned(),
        };
        let wide = counts.iter().map(|(value, _)| escape::columns(&shown(value))).max().unwrap_or_default();
        let largest = counts.iter().map(|(_, n)| *n).max().unwrap_or_default();
        let digits = largest.to_string().len();
        let room = view.width.map_or(BAR, |width| width.saturating_sub(wide + digits + 4).min(MAX_BAR));
        let (strong, dim) = (view.palette.strong, view.palette.dim);
        for (value, n) in &counts {
            let value = escape::padded(&shown(value), wide);
            let bar = bars::bar(*n, largest, room);
            writeln!(out, "{strong}{value}{strong:#}  {n:>digits$}  {dim}{bar}{dim:#}")?;
        }
    }
    out.flush()?;
    drop(out);
    if left_out > 0 && format != Format::Json {
        terminal.note((terminal.words().more_values)(left_out as u64));
    }
    Ok(if counts.is_empty() { Exit::Negative } else { Exit::Done })
}
