//! How incidents are printed: one file a format.

pub mod amount;
pub mod bars;
pub mod colour;
pub mod completeness;
mod detail;
pub mod entry;
pub mod escape;
pub mod fold;
pub mod json;
mod mark;
pub mod pager;
pub mod short;
mod styled;
pub mod time;
pub mod timeline;

use std::io::{self, Write};

use anstyle::Style;
use clap::ValueEnum;
use nwlog_correlate::{Incident, IncidentId};
use nwlog_index::Query;

use self::colour::Palette;
use self::time::Zone;
use crate::words::{Lang, Words};

/// How wide is what became of an incident, in columns.
const CHANGE: usize = 9;

/// The shape of what is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One line an incident
    Short,
    /// What happened, in true order, and why each record belongs to it
    Timeline,
    /// One JSON object a line, versioned by its key `schema`
    Json,
}

/// How much is shown, and how.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// The styles.
    pub palette: Palette,
    /// The time zone.
    pub zone: Zone,
    /// The width of the terminal, in columns; none where what is written is no terminal, and nothing is cut.
    pub width: Option<usize>,
    /// How many lines of context are shown at most.
    pub context: usize,
    /// The language.
    pub lang: Lang,
    /// Whether every item of a timeline is shown, and none is folded or cut.
    pub all: bool,
}

impl View {
    /// Whole, in UTC, without colour: what does not depend on where it runs.
    pub const PLAIN: Self = Self {
        palette: Palette::PLAIN,
        zone: Zone::Utc,
        width: None,
        context: usize::MAX,
        lang: Lang::En,
        all: false,
    };
}

impl View {
    fn write(&self, out: &mut dyn Write, format: Format, incident: &Incident) -> io::Result<()> {
        match (format, self.width.filter(|_| !self.all)) {
            (Format::Timeline, Some(width)) => {
                let mut text = Vec::new();
                timeline::write(&mut text, self, incident)?;
                out.write_all(fold::folded(&String::from_utf8_lossy(&text), Some(width)).as_bytes())
            }
            (Format::Timeline, None) => timeline::write(out, self, incident),
            _ => short::write(out, self, incident),
        }
    }

    /// What it says in its language.
    pub fn words(&self) -> &'static Words {
        self.lang.words()
    }
}

/// Writes incidents in one format, one after the other.
#[derive(Debug)]
pub struct Printer<W> {
    out: W,
    format: Format,
    view: View,
    marked: Option<Query>,
    printed: u64,
}

impl<W: Write> Printer<W> {
    /// A printer that has printed nothing yet.
    pub fn new(out: W, format: Format, view: View) -> Self {
        Self { out, format, view, marked: None, printed: 0 }
    }

    /// Marks what a query's words find, where there is colour.
    #[must_use]
    pub fn marking(mut self, query: Query) -> Self {
        let is_plain = self.view.palette.mark == Style::new();
        self.marked = Some(query).filter(|query| query.has_text() && !is_plain);
        self
    }

    /// Prints one incident.
    ///
    /// # Errors
    /// What the writer says; [`io::ErrorKind::BrokenPipe`] where nobody reads any more.
    pub fn incident(&mut self, incident: &Incident) -> io::Result<()> {
        if self.format == Format::Timeline && self.printed > 0 {
            writeln!(self.out)?;
        }
        match (self.format, &self.marked) {
            (Format::Json, _) => json::write(&mut self.out, incident, json::Extra::default())?,
            (_, None) => self.view.write(&mut self.out, self.format, incident)?,
            (_, Some(query)) => {
                let mut text = Vec::new();
                self.view.write(&mut text, self.format, incident)?;
                mark::write(&mut self.out, &self.view.palette, query, &String::from_utf8_lossy(&text))?;
            }
        }
        self.printed += 1;
        Ok(())
    }

    /// Prints what became of an incident: that it was `opened`, `updated`, `closed` or `withdrawn`.
    ///
    /// # Errors
    /// As [`Printer::incident`].
    pub fn change(&mut self, incident: &Incident, change: &'static str) -> io::Result<()> {
        let (dim, words) = (self.view.palette.dim, self.view.words());
        let said = (words.change)(change);
        match self.format {
            Format::Json => {
                let extra = json::Extra { change: Some(change), into: None };
                json::write(&mut self.out, incident, extra)?;
                self.printed += 1;
                Ok(())
            }
            Format::Short => {
                write!(self.out, "{dim}{}{dim:#}  ", escape::padded(said, CHANGE))?;
                let whole = self.view;
                self.view.width = whole.width.map(|width| width.saturating_sub(CHANGE + 2));
                let done = self.incident(incident);
                self.view = whole;
                done
            }
            Format::Timeline => {
                if self.printed > 0 {
                    writeln!(self.out)?;
                }
                let into = incident.into.map(short_id);
                let into = into.map(|id| format!(", {}", (words.part_of)(&id))).unwrap_or_default();
                writeln!(self.out, "{dim}{said}{into}{dim:#}")?;
                self.printed = 0;
                self.incident(incident)
            }
        }
    }

    /// How many it has printed.
    pub fn printed(&self) -> u64 {
        self.printed
    }

    /// Writes out what is buffered.
    ///
    /// # Errors
    /// What the writer says.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// As much of an id as people read and type: its first 8 digits. Where they are not unique, `show` says so.
pub fn short_id(id: IncidentId) -> String {
    let mut digits = id.to_string();
    digits.truncate(8);
    digits
}

/// Whom an incident is about, escaped, in a language: its unit, else its process, else its kind.
pub fn subject_in(incident: &Incident, words: &Words) -> String {
    if let Some(unit) = &incident.unit {
        return escape::line(unit).into_owned();
    }
    let process = incident.process.as_ref();
    let victim = incident.oom.as_ref().and_then(|oom| oom.victim.as_ref());
    let comm = process.and_then(|process| process.comm.as_deref()).or(victim.map(|victim| &*victim.comm));
    let pid = process.and_then(|process| process.pid).or(victim.map(|victim| victim.pid));
    match (comm.map(escape::line), pid) {
        (Some(comm), Some(pid)) => format!("{comm}[{pid}]"),
        (Some(comm), None) => comm.into_owned(),
        (None, Some(pid)) => (words.process)(pid),
        (None, None) => match incident.disk.as_ref().and_then(|disk| disk.directory.as_deref()) {
            Some(directory) => escape::line(directory).into_owned(),
            None => words.unknown_process.to_owned(),
        },
    }
}
