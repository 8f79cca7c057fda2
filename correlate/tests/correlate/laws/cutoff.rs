//! A log that is cut off tells the beginning of the same stories.

use std::collections::{BTreeMap, BTreeSet};

use nwlog_correlate::{Advance, Config, Correlator, Incident, Outcome};
use nwlog_ingest::Id128;

use crate::logs::{Dice, Log, WHOLE, assert_none, every, recordings, stories};
use crate::story::{Step, batch, incidents, last_word, steps};

/// What of the part is none of the whole's: every incident of it has to be unfinished, or a beginning.
fn broken(what: &str, part: &[Incident], whole: &[Incident], seen: &Seen) -> Vec<String> {
    let mut all = Vec::new();
    for (number, incident) in part.iter().enumerate() {
        if part[..number].iter().any(|other| other.id == incident.id) {
            all.push(format!("{what}: two are {}", incident.id));
        }
        let same = |other: &&Incident| other.id == incident.id || other.formerly.contains(&incident.id);
        let Some(story) =
            whole.iter().find(same).or_else(|| whole.iter().find(|other| is_nameless(incident, other)))
        else {
            all.push(format!(
                "{what}: invented: {} {} ({})",
                incident.id, incident.headline, incident.outcome
            ));
            continue;
        };
        if incident.outcome != Outcome::Unknown
            && !begins(incident, story, seen.all_of(incident) && !what.contains("-late"))
        {
            all.push(format!(
                "{what}: {} ({}): not a beginning of {}",
                incident.headline, incident.outcome, story.headline
            ));
        }
    }
    all
}

/// Whether both tell of one life that has no id: it goes by the record that was first by its own time, which may be stored
/// behind another one.
fn is_nameless(incident: &Incident, other: &Incident) -> bool {
    let near = incident.first.since(&other.first).max(other.first.since(&incident.first));
    [incident, other].iter().all(|one| one.invocations.is_empty())
        && (&incident.unit, incident.kind) == (&other.unit, other.kind)
        && near <= Config::default().lateness_us
}

/// How far each boot was seen.
#[derive(Default)]
struct Seen(BTreeMap<Option<Id128>, u64>);

impl Seen {
    fn of(steps: &[Step]) -> Self {
        let mut seen = Self::default();
        steps.iter().for_each(|step| seen.take(step));
        seen
    }

    fn take(&mut self, step: &Step) {
        let (boot, at) = match step {
            Step::Event(event) => (event.origin.boot, event.received.key()),
            Step::Seen(Advance::To { origin, at }) => (origin.boot, at.key()),
            Step::Seen(Advance::Over { .. } | Advance::End) => return,
        };
        let seen = self.0.entry(boot).or_default();
        *seen = at.max(*seen);
    }

    /// Whether everything about an incident had the time to come.
    fn all_of(&self, incident: &Incident) -> bool {
        let seen = self.0.get(&incident.boot_id).copied().unwrap_or_default();
        seen >= incident.last.key() + 2 * Config::default().lateness_us
    }
}

/// Whether an incident tells of the first occurrences of another one, and of nothing else. The root of the last one may
/// not be known yet; in the stories `*-late*` it is stored later than anyone waits.
fn begins(incident: &Incident, story: &Incident, is_all_seen: bool) -> bool {
    let roots = |of: &Incident| -> BTreeSet<_> {
        let causes = of.causes.iter().map(|one| (one.kind, one.cause));
        causes.chain([(of.kind, of.cause)]).collect()
    };
    incident.occurrences <= story.occurrences
        && story.invocations.starts_with(&incident.invocations)
        && incident.first.key() >= story.first.key()
        && (!is_all_seen || roots(incident).is_subset(&roots(story)))
}

#[test]
fn a_story_after_any_entry() {
    let mut all = Vec::new();
    for log in stories() {
        for entries in 0..log.entries.len() {
            all.extend(after_entries(log, entries));
        }
    }
    assert_none(all);
}

fn after_entries(log: &Log, entries: usize) -> Vec<String> {
    let steps = steps(&log.entries[..entries].concat(), WHOLE, true);
    let seen = Seen::of(&steps);
    let what = format!("{} after {entries} entries", log.name);
    broken(&what, &incidents(steps, batch()), &log.whole, &seen)
}

/// The incidents after each of some steps, the log being fed but once.
fn after_steps(log: &Log, mut at: impl FnMut(usize) -> bool) -> Vec<String> {
    let mut all = Vec::new();
    let (mut correlator, mut seen) = (Correlator::new(batch()), Seen::default());
    let mut changes = Vec::new();
    for (number, step) in log.steps.iter().enumerate() {
        seen.take(step);
        step.clone().feed(&mut correlator);
        changes.extend(correlator.changes());
        if at(number) {
            let mut cut = correlator.clone();
            cut.advance(Advance::End);
            let part = last_word(changes.iter().cloned().chain(cut.changes()).collect());
            all.extend(broken(&format!("{} after {} steps", log.name, number + 1), &part, &log.whole, &seen));
        }
    }
    all
}

#[test]
fn a_recording_after_any_event() {
    let mut dice = Dice::new(7);
    let mut all = Vec::new();
    for log in recordings() {
        let every = every(log, 150);
        all.extend(after_steps(log, |_| dice.below(every) == 0));
    }
    assert_none(all);
}

#[test]
fn a_recording_after_some_entries() {
    let mut dice = Dice::new(8);
    let mut all = Vec::new();
    for log in recordings() {
        let cuts = if log.entries.len() > 10_000 { 1 } else { 3 };
        for _ in 0..cuts {
            let entries = dice.below(log.entries.len());
            all.extend(after_entries(log, entries));
        }
    }
    assert_none(all);
}
