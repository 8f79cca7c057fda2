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
///
/// A later occurrence begins where a record of the kind comes again that began the first one.
pub(super) fn folded(incident: &Incident, all: bool) -> Folded<'_> {
    let items = &incident.timeline;
    let whole = || Folded { first: items.iter().collect(), occurrences: 0, later: Vec::new() };
    if all || incident.occurrences < 2 {
        return whole();
    }
    let Some(opener) = items.first().map(kind) else {
        return whole();
    };
    let again = items.iter().skip(1).position(|item| kind(item) == opener);
    let length = again.map_or(items.len(), |again| again + 1);
    let (first, rest) = items.split_at_checked(length).unwrap_or((items, &[]));
    let mut seen: HashSet<_> = first.iter().map(kind).collect();
    let later = rest.iter().filter(|item| seen.insert(kind(item))).collect();
    Folded { first: first.iter().collect(), occurrences: incident.occurrences - 1, later }
}

fn kind(item: &TimelineItem) -> (nwlog_ingest::event::Writer, &str) {
    (item.source, &item.event)
}
