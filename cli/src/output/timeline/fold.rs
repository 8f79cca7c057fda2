//! Which items of a timeline are shown, where its occurrences repeat.

use std::collections::HashSet;

use nwlog_correlate::{Incident, TimelineItem};

/// A timeline, folded.
pub(super) struct Folded<'a> {
    /// The items of the first occurrence.
    pub(super) first: Vec<&'a TimelineItem>,
    /// How many occurrences there are besides.
    pub(super) occurrences: u64,
    /// What came later and was of no kind that the first occurrence had.
    pub(super) later: Vec<&'a TimelineItem>,
}

/// Folds the later occurrences away, unless all is asked for.
pub(super) fn folded(incident: &Incident, all: bool) -> Folded<'_> {
    let items = &incident.timeline;
    if all || incident.occurrences < 2 {
        return Folded { first: items.iter().collect(), occurrences: 0, later: Vec::new() };
    }
    let of_first = items.iter().map(|item| item.occurrence).min();
    let (first, rest): (Vec<_>, Vec<_>) = items.iter().partition(|item| Some(item.occurrence) == of_first);
    let mut seen: HashSet<_> = first.iter().copied().map(kind).collect();
    let later = rest.into_iter().filter(|item| seen.insert(kind(item))).collect();
    Folded { first, occurrences: incident.occurrences - 1, later }
}

fn kind(item: &TimelineItem) -> (nwlog_ingest::event::Writer, &str) {
    (item.source, &item.event)
}
