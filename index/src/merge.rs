//! What becomes of stored incidents when another is written that tells of the same failures.
//!
//! An incident can be written several times: as it grows, and by a later analysis that read more of the log, or less.
//! Those that share a life of one subject are one. Nothing stored is split or shortened by that.

mod blend;

use std::collections::BTreeSet;

use nwlog_correlate::{Corrected, Incident, IncidentId, State};

use blend::blend;

/// The most former ids kept of an incident.
pub const MAX_FORMERLY: usize = 4096;
/// The most timeline items kept of an incident that two analyses told of, each in part.
pub const MAX_TIMELINE: usize = 2048;

/// Joins an incident with the stored ones that tell of the same failures, and says which of those it replaces.
///
/// A stored incident is the same one if it has its id, is named in `formerly` of either, or is of the same subject
/// (machine, boot, manager, unit) and shares a life, unless the two name each other in `links`: those are two by
/// decision. The story that covers all lives of the other stays whole; between equals the newer; where each knows
/// lives that the other does not, they are put together. The earliest life names the result, and the other ids go to
/// `formerly`.
///
/// A withdrawal replaces only the incident of its own id, and nothing if another took that over.
///
/// Returns what to store, and the ids of stored incidents that must go. The order of `stored` does not matter.
pub fn merge(new: Incident, stored: &[Incident]) -> (Incident, Vec<IncidentId>) {
    revise(new, None, stored)
}

/// The same for an incident of which whoever tells it said more before: what is stored of its id, and has no more than
/// that, says nothing beside it.
pub fn revise(
    new: Incident,
    corrects: Option<&Corrected>,
    stored: &[Incident],
) -> (Incident, Vec<IncidentId>) {
    if new.state == State::Withdrawn {
        let taken_over = stored.iter().find(|old| old.formerly.contains(&new.id));
        return (taken_over.cloned().unwrap_or(new), Vec::new());
    }
    let same: Vec<&Incident> = stored.iter().filter(|old| is_same(&new, old)).collect();
    let known: BTreeSet<IncidentId> = same.iter().flat_map(|old| names(old)).chain(names(&new)).collect();

    let (mut earlier, mut later) = (Vec::new(), Vec::new());
    let is_told = |old: &Incident| {
        old.state != State::Withdrawn && !corrects.is_some_and(|corrects| is_corrected(&new, corrects, old))
    };
    for &old in same.iter().filter(|old| is_told(old)) {
        let side = if order(old) <= order(&new) { &mut earlier } else { &mut later };
        side.push(Story { fresh: false, incident: old.clone() });
    }
    for side in [&mut earlier, &mut later] {
        side.sort_by_key(|story| order(&story.incident));
    }
    let new = Story { fresh: true, incident: new };
    let told = match earlier.into_iter().reduce(join) {
        Some(before) => join(before, new),
        None => new,
    };
    let mut incident = later.into_iter().fold(told, join).incident;

    incident.formerly = known.into_iter().filter(|&name| name != incident.id).take(MAX_FORMERLY).collect();
    incident.links.retain(|link| *link != incident.id && !incident.formerly.contains(link));
    count_up(&mut incident, &same);
    let gone = same.iter().map(|old| old.id).filter(|&id| id != incident.id).collect();
    (incident, gone)
}

/// What one analysis tells.
struct Story {
    /// Whether what is being written now is in it.
    fresh: bool,
    incident: Incident,
}

/// The order in which stories are put together: by their first failure.
fn order(incident: &Incident) -> (u64, u64, IncidentId) {
    (incident.first.key(), incident.last.key(), incident.id)
}

fn names(incident: &Incident) -> impl Iterator<Item = IncidentId> {
    std::iter::once(incident.id).chain(incident.formerly.iter().copied())
}

fn is_same(new: &Incident, old: &Incident) -> bool {
    if names(new).any(|name| names(old).any(|other| name == other)) {
        return true;
    }
    let subject = |one: &Incident| (one.machine_id, one.boot_id, one.manager, one.unit.clone());
    subject(new) == subject(old)
        && new.invocations.iter().any(|life| old.invocations.contains(life))
        && !names(new).any(|name| old.links.contains(&name))
        && !names(old).any(|name| new.links.contains(&name))
}

/// Whether a stored incident has nothing but what was told of one before.
fn is_corrected(new: &Incident, corrects: &Corrected, old: &Incident) -> bool {
    let is_known = |life| corrects.invocations.contains(life) || new.invocations.contains(life);
    old.id == new.id && old.occurrences <= corrects.occurrences && old.invocations.iter().all(is_known)
}

/// Puts two stories of one incident together, the one with the earlier beginning first.
fn join(earlier: Story, later: Story) -> Story {
    let fresh = earlier.fresh || later.fresh;
    let incident =
        match (covers(&earlier.incident, &later.incident), covers(&later.incident, &earlier.incident)) {
            (true, true) => equal(earlier, later),
            (true, false) => earlier.incident,
            (false, true) => later.incident,
            (false, false) => blend(earlier.incident, later.incident),
        };
    Story { fresh, incident }
}

/// Whether all lives of one are among those of the other.
fn covers(whole: &Incident, part: &Incident) -> bool {
    let lives: BTreeSet<_> = whole.invocations.iter().collect();
    part.invocations.iter().all(|life| lives.contains(life))
}

/// Chooses between two stories of the same lives.
///
/// More occurrences beat fewer, then the correlator's own next revision stands, and then the one that goes on for
/// longer. Only between equals the newer one wins: it may come from a reading that ended early.
fn equal(earlier: Story, later: Story) -> Incident {
    let (old, new) = if earlier.fresh { (later, earlier) } else { (earlier, later) };
    let (old, new) = (old.incident, new.incident);
    let revised = old.id == new.id && new.revision > old.revision;
    let rank = |one: &Incident, revised: bool| (one.occurrences, revised, one.last.key());
    if rank(&new, revised) >= rank(&old, false) { new } else { old }
}

/// Makes a changed incident's revision larger than that of what it replaces.
fn count_up(incident: &mut Incident, stored: &[&Incident]) {
    let Some(old) = stored.iter().find(|old| old.id == incident.id) else { return };
    if incident.revision <= old.revision {
        incident.revision = old.revision;
        if incident != *old {
            incident.revision = old.revision.saturating_add(1);
        }
    }
}

#[cfg(test)]
mod tests;
