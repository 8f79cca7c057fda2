//! What the lines of the table are made of.

use std::collections::HashMap;

use chrono::{Datelike, Days};
use nwlog_index::Row;

use super::By;
use crate::output::time::Zone;

/// A line of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) value: Option<String>,
    pub(super) incidents: u64,
    pub(super) occurrences: u64,
    /// All together, in microseconds, of those incidents of which it is known.
    pub(super) down_us: u64,
    /// The longest of one incident.
    pub(super) longest_us: Option<u64>,
    /// The median of those incidents of which it is known.
    pub(super) detect_us: Option<u64>,
    /// As `detect_us`.
    pub(super) recover_us: Option<u64>,
    /// How many incidents began in each of some stretches of time, all as long.
    pub(super) course: Vec<u64>,
}

/// What is known of one value so far.
#[derive(Debug, Default)]
struct Group {
    line: Line,
    detect: Vec<u64>,
    recover: Vec<u64>,
    began: Vec<u64>,
}

/// Counts incidents.
#[derive(Debug)]
pub(super) struct Tally {
    by: By,
    zone: Zone,
    groups: HashMap<Option<String>, Group>,
    total: Group,
}

impl Tally {
    pub(super) fn new(by: By, zone: Zone) -> Self {
        Self { by, zone, groups: HashMap::new(), total: Group::default() }
    }

    /// Counts an incident.
    pub(super) fn count(&mut self, row: &Row) {
        let value = value(self.by, self.zone, row);
        self.total.count(row);
        self.groups.entry(value).or_default().count(row);
    }

    /// The lines, those with the most incidents first or the latest first, and one for all. Their course has so many
    /// stretches.
    pub(super) fn finish(self, stretches: usize) -> (Vec<Line>, Line) {
        let (first, last) = (self.total.began.iter().min(), self.total.began.iter().max());
        let span = (first.copied().unwrap_or_default(), last.copied().unwrap_or_default());
        let groups = self.groups.into_iter();
        let mut lines: Vec<_> = groups.map(|(value, group)| group.finish(value, span, stretches)).collect();
        lines.sort_by(|a, b| match self.by.is_time() {
            true => b.value.cmp(&a.value),
            false => b.incidents.cmp(&a.incidents).then_with(|| a.value.cmp(&b.value)),
        });
        (lines, self.total.finish(None, span, stretches))
    }
}

impl Group {
    fn count(&mut self, row: &Row) {
        let line = &mut self.line;
        line.incidents += 1;
        line.occurrences = line.occurrences.saturating_add(row.occurrences);
        line.down_us = line.down_us.saturating_add(row.down_us.unwrap_or_default());
        line.longest_us = line.longest_us.max(row.down_us.filter(|us| *us > 0));
        self.detect.extend(row.detect_us);
        self.recover.extend(row.recover_us);
        self.began.extend(row.first);
    }

    fn finish(self, value: Option<String>, (first, last): (u64, u64), stretches: usize) -> Line {
        let mut course = vec![0; stretches];
        let span = u128::from(last.saturating_sub(first)) + 1;
        for began in self.began {
            let at = u128::from(began.saturating_sub(first)) * stretches as u128 / span;
            if let Some(n) = usize::try_from(at).ok().and_then(|at| course.get_mut(at)) {
                *n += 1;
            }
        }
        let (detect_us, recover_us) = (median(self.detect), median(self.recover));
        Line { value, detect_us, recover_us, course, ..self.line }
    }
}

/// The value in the middle; of two the smaller one.
fn median(mut values: Vec<u64>) -> Option<u64> {
    let at = values.len().checked_sub(1)? / 2;
    Some(*values.select_nth_unstable(at).1)
}

/// A course in fewer stretches.
pub(super) fn narrowed(course: &[u64], stretches: usize) -> Vec<u64> {
    let stretches = stretches.clamp(1, course.len().max(1));
    let mut narrow = vec![0; stretches];
    for (at, n) in course.iter().enumerate() {
        if let Some(sum) = narrow.get_mut(at * stretches / course.len()) {
            *sum += n;
        }
    }
    narrow
}

fn value(by: By, zone: Zone, row: &Row) -> Option<String> {
    let day = || zone.date(row.first?);
    match by {
        By::Kind => row.kind.map(|kind| kind.to_string()),
        By::Cause => row.cause.map(|cause| cause.to_string()),
        By::Unit => row.subject.as_deref().map(str::to_owned),
        By::Host => row.host.as_deref().map(str::to_owned),
        By::Day => day().map(|day| day.to_string()),
        // Weeks begin on Monday (ISO 8601), and are called by that day: people know dates, and no numbers of weeks.
        By::Week => day().map(|day| {
            let monday = day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())));
            monday.unwrap_or(day).to_string()
        }),
        By::Month => day().map(|day| day.format("%Y-%m").to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nwlog_correlate::{IncidentId, Kind};

    /// 2026-03-01 00:00 UTC, a Sunday.
    const SUNDAY: u64 = 1_772_323_200_000_000;

    fn row(n: u64, kind: Kind, hours: u64, down: Option<u64>) -> Row {
        Row {
            id: IncidentId(n),
            kind: Some(kind),
            cause: None,
            subject: Some("a.service".into()),
            host: None,
            first: Some(SUNDAY + hours * 3_600_000_000),
            last: None,
            occurrences: n,
            down_us: down,
            detect_us: Some(n),
            recover_us: down,
        }
    }

    fn rows() -> [Row; 4] {
        [
            row(1, Kind::OomKill, 0, Some(10)),
            row(2, Kind::OomKill, 23, None),
            row(3, Kind::OomKill, 24, Some(30)),
            row(4, Kind::DiskFull, 200, Some(0)),
        ]
    }

    fn told(by: By, zone: Zone) -> (Vec<Line>, Line) {
        let mut tally = Tally::new(by, zone);
        rows().iter().for_each(|row| tally.count(row));
        tally.finish(4)
    }

    #[test]
    fn counts_sums_and_medians() {
        let (lines, total) = told(By::Kind, Zone::Utc);
        let kill = Line {
            value: Some("oom-kill".into()),
            incidents: 3,
            occurrences: 6,
            down_us: 40,
            longest_us: Some(30),
            detect_us: Some(2),
            recover_us: Some(10),
            course: vec![3, 0, 0, 0],
        };
        assert_eq!(lines[0], kill);
        assert_eq!((lines[1].down_us, lines[1].longest_us, lines[1].recover_us), (0, None, Some(0)));
        assert_eq!((total.incidents, total.occurrences, total.course), (4, 10, vec![3, 0, 0, 1]));
    }

    #[test]
    fn time_goes_by_the_readers_zone() {
        let values = |by, zone| {
            let (lines, _) = told(by, zone);
            lines
                .into_iter()
                .map(|line| format!("{} {}", line.value.unwrap(), line.incidents))
                .collect::<Vec<_>>()
        };
        assert_eq!(values(By::Day, Zone::Utc), ["2026-03-09 1", "2026-03-02 1", "2026-03-01 2"]);
        assert_eq!(values(By::Week, Zone::Utc), ["2026-03-09 1", "2026-03-02 1", "2026-02-23 2"]);
        let shanghai = Zone::Named(chrono_tz::Tz::Asia__Shanghai);
        assert_eq!(values(By::Day, shanghai), ["2026-03-09 1", "2026-03-02 2", "2026-03-01 1"]);
        assert_eq!(values(By::Month, Zone::Utc), ["2026-03 4"]);
    }

    #[test]
    fn a_course_is_narrowed_and_loses_nothing() {
        assert_eq!(narrowed(&[1, 2, 3, 4], 2), [3, 7]);
        assert_eq!(narrowed(&[1, 2, 3], 2), [3, 3]);
        assert_eq!(narrowed(&[1, 2], 9), [1, 2]);
        assert_eq!(narrowed(&[], 3), [0]);
    }
}
