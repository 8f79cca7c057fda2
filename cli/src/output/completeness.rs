//! What is said of entries that are missing.

use nwlog_journal::Report;

use super::amount;

/// What came of a check: what is missing, and what is not known. None is missing where there is neither.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completeness {
    /// Entries are missing.
    pub missing: Option<String>,
    /// It is not known of others.
    pub unknown: Option<String>,
}

impl Completeness {
    /// The words for a report.
    pub fn of(report: &Report) -> Self {
        let missing = (report.holes > 0).then(|| {
            let are = if report.missing == 1 { "is" } else { "are" };
            let entries = entries(report.missing);
            match report.holes {
                1 => format!("{entries} {are} missing from the journal, in one place"),
                holes => format!(
                    "{entries} {are} missing from the journal, in {holes} places, {} in the largest",
                    report.largest
                ),
            }
        });
        let unknown = report.unknown.values().fold(0, |all: u64, count| all.saturating_add(*count));
        let unknown = (unknown > 0).then(|| {
            let more = if missing.is_some() { " more" } else { "" };
            let mut reasons: Vec<_> = report.unknown.iter().collect();
            reasons.sort_by(|a, b| b.1.cmp(a.1));
            let reasons: Vec<String> = reasons
                .iter()
                .map(|(reason, count)| match reasons.len() {
                    1 => reason.to_string(),
                    _ => format!("{reason} ({count})"),
                })
                .collect();
            let numbers = amount::count(unknown, "number");
            format!(
                "not checked whether{more} entries are missing: {numbers} without an entry, and {}",
                reasons.join(", ")
            )
        });
        Self { missing, unknown }
    }
}

fn entries(count: u64) -> String {
    if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use nwlog_journal::NotChecked;

    use super::*;

    #[test]
    fn words() {
        let report = |missing, holes, largest, unknown: &[(NotChecked, u64)]| Report {
            missing,
            holes,
            largest,
            unknown: BTreeMap::from_iter(unknown.iter().copied()),
        };
        let told = |report: &Report| {
            let Completeness { missing, unknown } = Completeness::of(report);
            [missing, unknown].map(Option::unwrap_or_default)
        };
        let none = String::new();
        assert_eq!(told(&Report::default()), [none.clone(), none.clone()]);
        assert_eq!(
            told(&report(1, 1, 1, &[])),
            ["1 entry is missing from the journal, in one place".to_owned(), none.clone()]
        );
        assert_eq!(
            told(&report(7, 2, 5, &[(NotChecked::Unread, 3), (NotChecked::Boot, 10)])),
            [
                "7 entries are missing from the journal, in 2 places, 5 in the largest",
                "not checked whether more entries are missing: 13 numbers without an entry, and numbers may be \
                 passed over at a boot (10), files were not read (3)"
            ]
        );
        assert_eq!(
            told(&report(0, 0, 0, &[(NotChecked::Vacuumed, 300)])),
            [
                none,
                "not checked whether entries are missing: 300 numbers without an entry, and older files may have \
                 been vacuumed"
                    .to_owned()
            ]
        );
    }
}
