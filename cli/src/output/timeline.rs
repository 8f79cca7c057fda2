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
mod stamp;

use std::io::{self, Write};

use nwlog_correlate::{ContextLine, Incident};

use self::fold::folded;
use self::row::{Reasons, Row};
use super::{View, detail, escape, short_id, subject_in};
use crate::words::Words;

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
    let words = view.words();
    let kind = (words.kind)(incident.kind);
    let mut whom = subject_in(incident, words);
    if let Some(host) = &incident.host {
        whom = (words.at_host)(&whom, &escape::line(host));
    }
    let id = short_id(incident.id);
    let used = escape::columns(kind) + 2 + escape::columns(&whom) + id.len();
    let width = view.width.map_or(HEAD, |width| width.min(HEAD));
    let space = width.saturating_sub(used).max(2);
    let (severe, strong, of_id) =
        (view.palette.severity(incident.severity), view.palette.strong, view.palette.id);
    writeln!(out, "{severe}{kind}{severe:#}  {strong}{whom}{strong:#}{:space$}{of_id}{id}{of_id:#}", "")?;
    for line in escape::wrapped(&(words.headline)(incident), view.width.filter(|_| !view.all)) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn rows(out: &mut dyn Write, view: &View, incident: &Incident) -> io::Result<()> {
    let story = folded(incident, view.all);
    // The last lines of the unit stand in the timeline too.
    let told = |line: &&ContextLine| {
        incident.timeline.iter().any(|item| item.at == line.at && item.text == line.text)
    };
    let context: Vec<_> = incident.context.iter().filter(|line| !told(line)).collect();
    let left_out = context.len().saturating_sub(view.context);
    let exact = view.all;
    let words = view.words();
    let context = context.into_iter().skip(left_out).map(|line| Row::of_context(line, exact)).collect();
    let first = story.first.into_iter().map(|item| Row::of_item(item, exact, words)).collect();
    let later = story.later.into_iter().map(|item| Row::of_item(item, exact, words)).collect();
    let (context, first, later) = if exact {
        (context, with_gaps(first, incident, words), later)
    } else {
        (told_once(context), told_once(with_gaps(first, incident, words)), told_once(later))
    };
    let all = || context.iter().chain(&first).chain(&later);

    if all().next().is_some() {
        writeln!(out)?;
    }
    let reasons = Reasons {
        at: all()
            .filter_map(|row| row.reasons_at(words))
            .filter(|at| *at <= REASONS)
            .max()
            .unwrap_or_default(),
        width: all().map(Row::reason_width).max().unwrap_or_default(),
    };
    let mut paper = Paper { out, view, reasons, day: None };
    let earlier = incident.truncated.context.saturating_add(left_out as u64);
    if let Some(row) = all().next().filter(|_| earlier > 0) {
        paper.day_of(row)?;
    }
    paper.more(earlier, words.earlier_lines)?;
    paper.rows(&context)?;
    paper.rows(&first)?;
    paper.more(story.occurrences, words.more_occurrences)?;
    paper.rows(&later)?;
    paper.more(incident.truncated.timeline, words.more_records)
}

/// Rows that say the same one after the other become one.
fn told_once(mut rows: Vec<Row>) -> Vec<Row> {
    rows.dedup_by(|next, row| row.absorb(next));
    rows
}

/// Puts the gaps between the items, where each begins.
fn with_gaps(mut rows: Vec<Row>, incident: &Incident, words: &Words) -> Vec<Row> {
    for gap in &incident.gaps {
        let at = rows.iter().position(|row| row.at.order(&gap.from).is_gt()).unwrap_or(rows.len());
        rows.insert(at, Row::of_gap(gap, words));
    }
    rows
}

/// What rows are written on: it knows which day it is, and where reasons stand.
struct Paper<'a> {
    out: &'a mut dyn Write,
    view: &'a View,
    reasons: Reasons,
    day: Option<String>,
}

impl Paper<'_> {
    fn rows(&mut self, rows: &[Row]) -> io::Result<()> {
        for row in rows {
            self.day_of(row)?;
            row.write(self.out, self.view, self.reasons)?;
        }
        Ok(())
    }

    fn day_of(&mut self, row: &Row) -> io::Result<()> {
        let day = self.view.zone.day(&row.at);
        if let Some(day) = day.filter(|day| self.day.as_ref() != Some(day)) {
            let dim = self.view.palette.dim;
            writeln!(self.out, "{dim}{day}{dim:#}")?;
            self.day = Some(day);
        }
        Ok(())
    }

    fn more(&mut self, n: u64, what: fn(u64) -> String) -> io::Result<()> {
        if n == 0 {
            return Ok(());
        }
        let dim = self.view.palette.dim;
        writeln!(self.out, "{dim}  … {}{dim:#}", what(n))
    }
}
