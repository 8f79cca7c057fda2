//! The whole story of an incident: whom, what, and then record by record, each with the reason why it belongs here.
//!
//! ```text
//! oom-kill  app.service on host                                         3f9c2a1b
//! killed by the kernel at its own limit of 96 MiB; down 2.3 s, running again
//!
//! 2026-01-31 (UTC)
//! 00:22:38.495  kernel   app invoked oom-killer: …                     (cgroup)
//! 00:22:43.921  systemd  app.service: Main process exited, …           (invocation)
//!   … 8 more occurrences
//! ```
//!
//! Where an incident has more than one occurrence, the first one is shown whole; of the others what it did not have.

mod fold;
mod row;

use std::io::{self, Write};

use nwlog_correlate::Incident;

use self::fold::folded;
use self::row::Row;
use super::{View, amount, detail, escape, short_id, subject};

/// How wide the head is where the terminal does not say, in columns.
const HEAD: usize = 78;
/// Reasons stand in one column up to here; a longer text pushes its own to the right.
const REASONS: usize = 64;

/// Writes one incident.
///
/// # Errors
/// What the writer says.
pub fn write(out: &mut dyn Write, view: &View, incident: &Incident) -> io::Result<()> {
    head(out, view, incident)?;
    rows(out, view, incident)?;
    detail::write(out, view, incident)
}

fn head(out: &mut dyn Write, view: &View, incident: &Incident) -> io::Result<()> {
    let kind = incident.kind.name();
    let mut whom = subject(incident);
    if let Some(host) = &incident.host {
        whom = format!("{whom} on {}", escape::line(host));
    }
    let id = short_id(incident.id);
    let used = kind.len() + 2 + escape::columns(&whom) + id.len();
    let width = view.width.map_or(HEAD, |width| width.min(HEAD));
    let space = width.saturating_sub(used).max(2);
    let (severe, strong, yellow) =
        (view.palette.severity(incident.severity), view.palette.strong, view.palette.id);
    writeln!(out, "{severe}{kind}{severe:#}  {strong}{whom}{strong:#}{:space$}{yellow}{id}{yellow:#}", "")?;
    writeln!(out, "{}", escape::line(&incident.headline))
}

fn rows(out: &mut dyn Write, view: &View, incident: &Incident) -> io::Result<()> {
    let story = folded(incident, view.all);
    let left_out = incident.context.len().saturating_sub(view.context);
    let context: Vec<_> = incident.context.iter().skip(left_out).map(Row::of_context).collect();
    let first = with_gaps(story.first.into_iter().map(Row::of_item).collect(), incident);
    let later: Vec<_> = story.later.into_iter().map(Row::of_item).collect();
    let all = || context.iter().chain(&first).chain(&later);

    if all().next().is_some() {
        writeln!(out)?;
    }
    let reasons = all().filter_map(Row::reasons_at).filter(|at| *at <= REASONS).max().unwrap_or_default();
    let mut paper = Paper { out, view, reasons, day: None };
    paper.more(incident.truncated.context.saturating_add(left_out as u64), "earlier line")?;
    paper.rows(&context)?;
    paper.rows(&first)?;
    paper.more(story.occurrences, "more occurrence")?;
    paper.rows(&later)?;
    paper.more(incident.truncated.timeline, "more record")
}

/// Puts the gaps between the items, where each begins.
fn with_gaps<'a>(mut rows: Vec<Row<'a>>, incident: &'a Incident) -> Vec<Row<'a>> {
    for gap in &incident.gaps {
        let at = rows.iter().position(|row| row.at.order(&gap.from).is_gt()).unwrap_or(rows.len());
        rows.insert(at, Row::of_gap(gap));
    }
    rows
}

/// What rows are written on: it knows which day it is, and where reasons stand.
struct Paper<'a> {
    out: &'a mut dyn Write,
    view: &'a View,
    reasons: usize,
    day: Option<String>,
}

impl Paper<'_> {
    fn rows(&mut self, rows: &[Row<'_>]) -> io::Result<()> {
        for row in rows {
            let day = self.view.zone.day(&row.at);
            if let Some(day) = day.filter(|day| self.day.as_ref() != Some(day)) {
                let dim = self.view.palette.dim;
                writeln!(self.out, "{dim}{day}{dim:#}")?;
                self.day = Some(day);
            }
            row.write(self.out, self.view, self.reasons)?;
        }
        Ok(())
    }

    fn more(&mut self, n: u64, what: &str) -> io::Result<()> {
        if n == 0 {
            return Ok(());
        }
        let dim = self.view.palette.dim;
        writeln!(self.out, "{dim}  … {}{dim:#}", amount::count(n, what))
    }
}
