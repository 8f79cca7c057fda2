//! Where incidents go.

use std::collections::VecDeque;
use std::io::Write;

use nwlog_correlate::{Incident, Severity};

use super::select::Select;
use crate::output::Printer;

/// Takes incidents as they close.
pub trait Sink {
    /// Takes one.
    ///
    /// # Errors
    /// Where it cannot be printed or stored; a broken pipe among them ends the run silently.
    fn incident(&mut self, incident: &Incident) -> anyhow::Result<()>;

    /// No more will come: what was held back is written.
    ///
    /// # Errors
    /// As [`Sink::incident`].
    fn finish(&mut self) -> anyhow::Result<()>;
}

/// Prints those that are selected: all at once as they come, or the last few at the end.
#[derive(Debug)]
pub struct Printing<W> {
    printer: Printer<W>,
    select: Select,
    newest: Option<usize>,
    held: VecDeque<Incident>,
}

impl<W: Write> Printing<W> {
    /// Prints the selected ones; only the `newest` so many, where that is given.
    pub fn new(printer: Printer<W>, select: Select, newest: Option<usize>) -> Self {
        Self { printer, select, newest, held: VecDeque::new() }
    }

    /// How many were printed.
    pub fn printed(&self) -> u64 {
        self.printer.printed()
    }
}

impl<W: Write> Sink for Printing<W> {
    fn incident(&mut self, incident: &Incident) -> anyhow::Result<()> {
        if !self.select.wants(incident) {
            return Ok(());
        }
        match self.newest {
            None => {
                self.printer.incident(incident)?;
                self.printer.flush()?;
            }
            Some(newest) => {
                self.held.push_back(incident.clone());
                if self.held.len() > newest {
                    self.held.pop_front();
                }
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        for incident in std::mem::take(&mut self.held) {
            self.printer.incident(&incident)?;
        }
        Ok(self.printer.flush()?)
    }
}

/// Counts incidents by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub incidents: u64,
    /// How many are critical.
    pub critical: u64,
    /// The worst severity seen.
    pub worst: Option<Severity>,
}

impl Tally {
    /// Counts one.
    pub fn count(&mut self, incident: &Incident) {
        self.incidents += 1;
        self.critical += u64::from(incident.severity == Severity::Critical);
        self.worst = self.worst.max(Some(incident.severity));
    }
}

/// Every part gets every incident.
pub struct Fan<'a> {
    parts: Vec<&'a mut dyn Sink>,
}

impl<'a> Fan<'a> {
    /// A sink of several.
    pub fn new(parts: Vec<&'a mut dyn Sink>) -> Self {
        Self { parts }
    }
}

impl Sink for Fan<'_> {
    fn incident(&mut self, incident: &Incident) -> anyhow::Result<()> {
        self.parts.iter_mut().try_for_each(|part| part.incident(incident))
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        self.parts.iter_mut().try_for_each(|part| part.finish())
    }
}
