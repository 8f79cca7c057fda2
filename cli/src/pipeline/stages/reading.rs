//! Journal files on their way to events.

use std::sync::Arc;

use nwlog_ingest::journal::{Damage, JournalFile, Report};
use nwlog_ingest::scan::{FileScan, JournalSession, Missing, Told};

use crate::output::amount;
use crate::pipeline::journals::{Damaged, Journals};
use crate::pipeline::merge::Merge;

/// The files of a journal, and what was read of them.
#[derive(Debug)]
pub(super) struct Reading {
    journals: Journals,
    session: JournalSession,
    damage: Vec<(usize, Damage)>,
}

impl Reading {
    pub(super) fn new(journals: Journals) -> Self {
        let keys: Vec<_> = journals.files().iter().map(|journal| journal.first).collect();
        let mut session = JournalSession::new(&keys);
        if let Some(missing) = journals.check() {
            session = session.with_missing(missing);
        }
        Self { session, journals, damage: Vec::new() }
    }

    /// The files in the order in which they are needed, with their places.
    pub(super) fn files(&self) -> Vec<(usize, Arc<JournalFile>)> {
        let file = |slot: &usize| Some((*slot, Arc::clone(&self.journals.files().get(*slot)?.file)));
        self.session.order().iter().filter_map(file).collect()
    }

    /// Takes the file that is needed next, and passes on what that settles.
    pub(super) fn take(&mut self, slot: usize, scan: FileScan, merge: &mut Merge) {
        if !scan.damage().is_none() {
            self.damage.push((slot, scan.damage()));
        }
        self.session.load(slot, scan);
        self.session.visit(&mut |told| match told {
            Told::Event(event) => merge.push(event),
            Told::Seen(seen) => merge.seen(&seen),
        });
    }

    /// Whether entries are missing, where that was checked.
    pub(super) fn missing(&self) -> Option<&Report> {
        self.session.missing().map(Missing::report)
    }

    /// What is damaged, a sentence a file.
    pub(super) fn damaged(&self) -> Vec<String> {
        let mut told = Vec::new();
        for (slot, journal) in self.journals.files().iter().enumerate() {
            let mut damage =
                self.damage.iter().find(|(known, _)| *known == slot).map(|(_, d)| *d).unwrap_or_default();
            // A disk can fail after the scan, too.
            damage.lost = journal.file.lost();
            if !damage.is_none() {
                told.push(Damaged { path: journal.path.clone(), damage }.to_string());
            }
        }
        if self.session.lost_fields() > 0 {
            told.push(format!("{} could not be read", amount::count(self.session.lost_fields(), "field")));
        }
        told
    }
}
