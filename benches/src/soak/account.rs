//! What the generator let fail, and how incidents hold against it.

use std::collections::BTreeMap;

use nwlog_correlate::Incident;

use super::record::since_begin;

/// How far an incident's first moment may lie from the account's, in microseconds.
const NEAR_US: u64 = 2_000_000;
/// The problems that are kept.
const MAX_PROBLEMS: usize = 50;

/// One failure, as the generator knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The unit.
    pub unit: String,
    /// The kind of its root.
    pub kind: &'static str,
    /// Its root.
    pub cause: &'static str,
    /// When it began, in microseconds after the log's beginning.
    pub first: u64,
    /// How often it happened.
    pub occurrences: u64,
    /// How it ended.
    pub outcome: &'static str,
}

/// Failures that no incident has told of yet, and what came of the others.
#[derive(Clone, Debug, Default)]
pub struct Account {
    open: BTreeMap<String, Vec<Row>>,
    injected: u64,
    found: u64,
    wrong: u64,
    invented: u64,
    problems: Vec<String>,
}

impl Account {
    pub(super) fn add(&mut self, row: Row) {
        self.injected += 1;
        self.open.entry(row.unit.clone()).or_default().push(row);
    }

    /// Holds an incident against the account.
    pub(super) fn hold(&mut self, incident: &Incident) {
        let unit = incident.unit.as_deref().unwrap_or_default();
        let first = since_begin(incident.first.realtime);
        let near = |row: &Row| row.first.abs_diff(first) <= NEAR_US;
        let rows = self.open.get_mut(unit);
        let its = rows.and_then(|rows| Some(rows.swap_remove(rows.iter().position(near)?)));
        let Some(row) = its else {
            self.invented += 1;
            return self.note(format!("invented at {} s: {}", first / 1_000_000, incident.headline));
        };
        let told = [
            ("kind", incident.kind.name().to_owned(), row.kind.to_owned()),
            ("cause", incident.cause.map_or("", |cause| cause.name()).to_owned(), row.cause.to_owned()),
            ("outcome", incident.outcome.name().to_owned(), row.outcome.to_owned()),
            ("occurrences", incident.occurrences.to_string(), row.occurrences.to_string()),
        ];
        let faults = told.iter().filter(|(_, told, was)| told != was);
        let faults: Vec<_> = faults.map(|(name, told, was)| format!("{name} {told}, not {was}")).collect();
        if faults.is_empty() {
            self.found += 1;
        } else {
            self.wrong += 1;
            self.note(format!(
                "wrong at {} s: {}: {}",
                first / 1_000_000,
                incident.headline,
                faults.join(", ")
            ));
        }
    }

    /// Nothing more comes: what no incident has told of was missed.
    pub(super) fn end(&mut self) {
        let missed: Vec<Row> = std::mem::take(&mut self.open).into_values().flatten().collect();
        for row in missed {
            self.note(format!(
                "missed at {} s: {} {} {}",
                row.first / 1_000_000,
                row.unit,
                row.kind,
                row.cause
            ));
        }
    }

    fn note(&mut self, problem: String) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(problem);
        }
    }

    /// How many failures there were.
    pub fn injected(&self) -> u64 {
        self.injected
    }

    /// How many of them were told right.
    pub fn found(&self) -> u64 {
        self.found
    }

    /// How many were told with another kind, cause, outcome or number of occurrences.
    pub fn wrong(&self) -> u64 {
        self.wrong
    }

    /// How many were not told.
    pub fn missed(&self) -> u64 {
        self.injected - self.found - self.wrong
    }

    /// How many incidents are no failure's.
    pub fn invented(&self) -> u64 {
        self.invented
    }

    /// The first of what is not right, one sentence each.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use nwlog_correlate::{Advance, Config, Correlator};
    use nwlog_ingest::scan::{Scanned, Session};
    use nwlog_ingest::source::{Chunks, Limits};

    use super::*;

    /// An incident of a unit that ended with status 1 and is down.
    fn incident() -> Incident {
        let story = "machine a\n00:00 systemd a.service/1 started\n00:10 systemd a.service/1 exited exited 1\n\
                     +0.01 systemd a.service/1 failed exit-code\n05:00 systemd b.service/1 started";
        let export = nwlog_corpora::scenario::parse(story).unwrap().export();
        let (mut session, mut correlator) = (Session::default(), Correlator::new(Config::default()));
        for chunk in Chunks::new(&*export, Limits::default()).unwrap() {
            session.take(Scanned::of(chunk.unwrap()), &mut |event| correlator.push(event));
        }
        correlator.advance(Advance::End);
        correlator.changes().pop().unwrap().incident
    }

    fn row(incident: &Incident) -> Row {
        let unit = "a.service".to_owned();
        let first = since_begin(incident.first.realtime);
        Row { unit, kind: "unit-failure", cause: "exit-code", first, occurrences: 1, outcome: "down" }
    }

    fn held(rows: impl FnOnce(Row) -> Vec<Row>) -> [u64; 4] {
        let (incident, mut account) = (incident(), Account::default());
        rows(row(&incident)).into_iter().for_each(|row| account.add(row));
        account.hold(&incident);
        account.end();
        [account.found(), account.wrong(), account.missed(), account.invented()]
    }

    #[test]
    fn an_account_tells_right_from_wrong() {
        assert_eq!(held(|row| vec![row]), [1, 0, 0, 0]);
        assert_eq!(held(|row| vec![Row { outcome: "running", ..row }]), [0, 1, 0, 0]);
        assert_eq!(held(|row| vec![Row { occurrences: 2, ..row }]), [0, 1, 0, 0]);
        assert_eq!(held(|row| vec![Row { cause: "signal", ..row }]), [0, 1, 0, 0]);
        assert_eq!(held(|_| Vec::new()), [0, 0, 0, 1]);
        assert_eq!(held(|row| vec![Row { first: row.first + 10_000_000, ..row }]), [0, 0, 1, 1]);
        assert_eq!(held(|row| vec![row.clone(), Row { unit: "b.service".into(), ..row }]), [1, 0, 1, 0]);
    }
}
