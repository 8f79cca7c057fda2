//! One story of two analyses that each know lives which the other does not.

use std::collections::BTreeMap;

use nwlog_correlate::{CauseCount, Incident, MAX_FIELDS, TimelineItem, headline};

use super::MAX_TIMELINE;

/// Puts two parts of one episode together, the one with the earlier beginning first. The part that ends last says how
/// it ended; what depends on the beginning comes from the earlier one. What neither can give for the whole is absent.
pub(super) fn blend(earlier: Incident, mut later: Incident) -> Incident {
    let mut whole = if earlier.last.key() > later.last.key() { earlier.clone() } else { later.clone() };
    let both = later.invocations.iter().filter(|life| earlier.invocations.contains(life)).count();
    let both = u64::try_from(both).unwrap_or(u64::MAX);
    let added = |early: u64, late: u64| early.saturating_add(late.saturating_sub(both)).max(late);

    whole.id = earlier.id;
    whole.revision = earlier.revision.max(later.revision);
    (whole.kind, whole.cause) = match earlier.cause {
        Some(_) => (earlier.kind, earlier.cause),
        None => (later.kind, later.cause),
    };
    whole.causes = causes(&earlier, &later);
    if earlier.disk.is_some() {
        // Data that was refused stays lost, whatever came after.
        whole.severity = whole.severity.max(earlier.severity);
    }
    whole.first = earlier.first;
    let before = earlier.occurrences.saturating_sub(both);
    for item in &mut later.timeline {
        item.occurrence = item.occurrence.saturating_add(before);
    }
    whole.occurrences = added(earlier.occurrences, later.occurrences);
    whole.restarts = added(earlier.restarts, later.restarts);
    // Both parts may count the same time.
    whole.down_us = None;
    whole.detect_us = earlier.detect_us;
    whole.cursors = match (&earlier.cursors, whole.cursors) {
        (Some((first, _)), Some((_, last))) => Some((first.clone(), last)),
        (early, late) => early.clone().or(late),
    };
    whole.truncated.occurrences = earlier.truncated.occurrences.max(later.truncated.occurrences);
    whole.truncated.timeline = earlier.truncated.timeline.max(later.truncated.timeline);
    whole.truncated.context = earlier.truncated.context;
    let dropped = timeline(&mut whole.timeline, earlier.timeline, later.timeline);
    whole.truncated.timeline = whole.truncated.timeline.saturating_add(dropped);

    whole.units = union(earlier.units, later.units);
    whole.invocations = union(earlier.invocations, later.invocations);
    whole.gaps = union(earlier.gaps, later.gaps);
    whole.links = union(earlier.links, later.links);
    whole.context = earlier.context;
    whole.fields = union(earlier.fields, later.fields);
    whole.fields.truncate(MAX_FIELDS);
    whole.host = earlier.host.or(later.host);
    whole.disk = earlier.disk.or(later.disk);
    whole.go = earlier.go.or(later.go);
    whole.oom = whole.oom.or(earlier.oom).or(later.oom);
    whole.headline = headline(&whole);
    whole
}

/// What stands in either, in order, once.
fn union<T: PartialEq>(mut first: Vec<T>, second: Vec<T>) -> Vec<T> {
    for one in second {
        if !first.contains(&one) {
            first.push(one);
        }
    }
    first
}

/// The items of the earlier part from before the later one begins, then the later one's and what the earlier one has
/// after them. Returns how many had to be left out.
fn timeline(whole: &mut Vec<TimelineItem>, earlier: Vec<TimelineItem>, later: Vec<TimelineItem>) -> u64 {
    let from = later.first().map(|item| item.at.key());
    let to = later.last().map(|item| item.at.key());
    let (mut head, rest): (Vec<_>, Vec<_>) =
        earlier.into_iter().partition(|item| from.is_none_or(|from| item.at.key() < from));
    let tail = rest.into_iter().filter(|item| to.is_some_and(|to| item.at.key() > to));
    let ending: Vec<_> = later.into_iter().chain(tail).collect();

    let room = MAX_TIMELINE.saturating_sub(ending.len());
    let dropped = head.len().saturating_sub(room);
    head.truncate(room);
    head.extend(ending);
    *whole = head;
    u64::try_from(dropped).unwrap_or(u64::MAX)
}

/// The roots of both parts. How many of them both counted is not known: the larger count is a lower bound.
fn causes(earlier: &Incident, later: &Incident) -> Vec<CauseCount> {
    let mut counts = BTreeMap::new();
    for part in [earlier, later] {
        let single = CauseCount { kind: part.kind, cause: part.cause, count: part.occurrences };
        let listed = if part.causes.is_empty() { std::slice::from_ref(&single) } else { &part.causes };
        for root in listed {
            let count = counts.entry((root.kind, root.cause)).or_insert(root.count);
            *count = root.count.max(*count);
        }
    }
    if counts.len() < 2 {
        return Vec::new();
    }
    counts.into_iter().map(|((kind, cause), count)| CauseCount { kind, cause, count }).collect()
}
