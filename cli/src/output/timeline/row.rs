//! One line of a timeline.

use std::borrow::Cow;
use std::io::{self, Write};

use anstyle::Style;
use nwlog_correlate::{ContextLine, Gap, TimelineItem};
use nwlog_ingest::event::Writer;
use nwlog_ingest::time::Moment;

use super::stamp;
use crate::output::{View, escape};
use crate::words::Words;

/// How wide a time is, and the name of who speaks, in columns.
const TIME: usize = 12;
const WHO: usize = 7;
/// The least room that a text gets, however narrow the terminal is.
const LEAST: usize = 20;

/// One line of a timeline, before it is laid out.
pub(super) struct Row {
    pub(super) at: Moment,
    who: Who,
    text: String,
    count: u64,
    reason: Option<&'static str>,
}

/// The column that reasons stand in.
#[derive(Clone, Copy)]
pub(super) struct Reasons {
    /// Where it is, in columns from the text's beginning.
    pub(super) at: usize,
    /// How wide the widest reason is, in columns.
    pub(super) width: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Writer(Writer),
    Context,
    Nwlog,
}

impl Row {
    /// A row of a record; its text as it was written where `exact`, else without what other columns say.
    pub(super) fn of_item(item: &TimelineItem, exact: bool, words: &Words) -> Self {
        let text = if exact { &item.text } else { stamp::left_out(&item.text, &item.at) };
        let text = if item.source == Writer::Unit { Cow::Borrowed(text) } else { (words.item)(text) };
        let mut text = escape::line(&text).into_owned();
        if item.source == Writer::Unit
            && let (Some(unit), Some(pid)) = (&item.unit, item.pid)
        {
            let name = unit.strip_suffix(".service").unwrap_or(unit);
            text = format!("{}[{pid}]  {text}", escape::line(name));
        }
        Self {
            at: item.at,
            who: Who::Writer(item.source),
            text,
            count: item.count,
            reason: Some((words.link)(item.link)),
        }
    }

    pub(super) fn of_context(line: &ContextLine, exact: bool) -> Self {
        let text = if exact { &line.text } else { stamp::left_out(&line.text, &line.at) };
        let text = escape::line(text).into_owned();
        Self { at: line.at, who: Who::Context, text, count: 1, reason: None }
    }

    pub(super) fn of_gap(gap: &Gap, words: &Words) -> Self {
        let text = (words.gap)(gap.what, gap.count);
        Self { at: gap.from, who: Who::Nwlog, text, count: 1, reason: None }
    }

    /// Takes the row that follows into itself, where that says the same once more.
    pub(super) fn absorb(&mut self, next: &Self) -> bool {
        let same = (self.who, &self.text, self.reason) == (next.who, &next.text, next.reason);
        if same {
            self.count = self.count.saturating_add(next.count);
        }
        same
    }

    /// Where the reason would begin, in columns from the text's beginning.
    pub(super) fn reasons_at(&self, words: &Words) -> Option<usize> {
        self.reason.map(|_| escape::columns(&self.text) + escape::columns(&self.times(words)) + 2)
    }

    /// How wide the reason is, in columns.
    pub(super) fn reason_width(&self) -> usize {
        self.reason.map(|reason| escape::columns(reason) + 2).unwrap_or_default()
    }

    pub(super) fn write(&self, out: &mut dyn Write, view: &View, reasons: Reasons) -> io::Result<()> {
        let words = view.words();
        let (name, style) = match self.who {
            Who::Writer(writer) => ((words.writer)(writer), view.palette.writer(writer)),
            Who::Context => ((words.writer)(Writer::Unit), view.palette.dim),
            Who::Nwlog => ("nwlog", view.palette.strong),
        };
        let name = escape::padded(name, WHO);
        let time = view.zone.time(&self.at);
        let reason = self.reason.map(|reason| format!("({reason})")).unwrap_or_default();
        let times = self.times(words);
        let indent = time.len().max(TIME) + 2 + WHO + 2;
        let width = view.width.filter(|_| !view.all);
        let room = width.map(|width| {
            let reason = if reason.is_empty() { 0 } else { reasons.width + 2 };
            width.saturating_sub(indent + reason).max(LEAST)
        });
        let whole = format!("{}{times}", self.text);
        // What has no room goes on below, as far as one line takes it.
        let (text, below) = match room.filter(|room| escape::columns(&whole) > *room) {
            Some(room) => {
                let (first, rest) = escape::split(&self.text, room);
                let left =
                    width.map(|width| width.saturating_sub(indent + escape::columns(&times)).max(LEAST));
                (first.to_owned(), format!("{}{times}", escape::cut(rest, left)).trim_start().to_owned())
            }
            None => (whole, String::new()),
        };
        let dim = view.palette.dim;
        write!(out, "{dim}{time:<TIME$}{dim:#}  {style}{name}{style:#}  ")?;
        if matches!(self.who, Who::Context) {
            write!(out, "{dim}{text}{dim:#}")?;
        } else {
            write!(out, "{text}")?;
        }
        if !reason.is_empty() {
            let at = room.map_or(reasons.at, |room| reasons.at.min(room + 2));
            let space = at.saturating_sub(escape::columns(&text)).max(2);
            write!(out, "{:space$}{dim}{reason}{dim:#}", "")?;
        }
        writeln!(out)?;
        if below.is_empty() {
            return Ok(());
        }
        let style = if matches!(self.who, Who::Context) { dim } else { Style::new() };
        writeln!(out, "{:indent$}{style}{below}{style:#}", "")
    }

    fn times(&self, words: &Words) -> String {
        if self.count > 1 { format!(" ({})", (words.times)(self.count)) } else { String::new() }
    }
}
