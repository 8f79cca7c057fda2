//! Prints what is told.

use std::collections::BTreeSet;
use std::io::{self, Write};

use nwlog_correlate::{Change, ChangeKind, Incident, IncidentId};

use crate::output::Printer;
use crate::pipeline::select::{Pattern, Select};

/// The incidents of which it is remembered that they were not printed.
const MAX_PASSED: usize = 4_096;

/// Prints the incidents that are selected, as they change.
#[derive(Debug)]
pub(super) struct Telling<W> {
    printer: Printer<W>,
    select: Select,
    /// Units of which nothing is told at all.
    exclude: Vec<Pattern>,
    /// Those that go on and were not wanted as they were told last.
    passed: BTreeSet<IncidentId>,
}

impl<W: Write> Telling<W> {
    /// Nothing was told yet.
    pub(super) fn new(printer: Printer<W>, select: Select, exclude: Vec<Pattern>) -> Self {
        Self { printer, select, exclude, passed: BTreeSet::new() }
    }

    /// Tells nothing of these units from now on.
    pub(super) fn exclude(&mut self, exclude: Vec<Pattern>) {
        self.exclude = exclude;
    }

    /// Whether nothing is told of the unit that an incident is about.
    pub(super) fn is_excluded(&self, incident: &Incident) -> bool {
        incident.unit.as_deref().is_some_and(|unit| self.exclude.iter().any(|one| one.matches_unit(unit)))
    }

    /// Prints a change, where its incident is wanted, or was.
    ///
    /// # Errors
    /// What the writer says.
    pub(super) fn tell(&mut self, change: &Change) -> io::Result<()> {
        let Change { kind, incident, .. } = change;
        let was_passed = self.passed.remove(&incident.id);
        let is_withdrawn = *kind == ChangeKind::Withdrawn;
        // Of a withdrawn one there is no more than its name, to look for anything in.
        let is_wanted = if is_withdrawn { !was_passed } else { self.select.wants(incident) };
        if !is_wanted {
            let goes_on = matches!(kind, ChangeKind::Opened | ChangeKind::Updated);
            if goes_on && self.passed.len() < MAX_PASSED {
                self.passed.insert(incident.id);
            }
            return Ok(());
        }
        // What was not wanted when it opened opens for whoever reads now.
        let opens = was_passed && *kind == ChangeKind::Updated;
        self.printer.change(incident, name(if opens { ChangeKind::Opened } else { *kind }))
    }

    /// Writes out what is buffered.
    ///
    /// # Errors
    /// What the writer says.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.printer.flush()
    }
}

/// What a change is called.
fn name(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Opened => "opened",
        ChangeKind::Updated => "updated",
        ChangeKind::Closed => "closed",
        ChangeKind::Withdrawn => "withdrawn",
    }
}
