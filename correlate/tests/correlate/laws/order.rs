//! When the entries are delivered changes nothing, as long as it is within the lateness.

use std::collections::BTreeMap;

use nwlog_correlate::{Advance, Config, Incident};
use nwlog_ingest::event::{Event, Origin};
use nwlog_ingest::time::Moment;

use crate::logs::{Dice, Log, WHOLE, all, assert_none, differences};
use crate::story::{Step, batch, incidents, steps};

const HOUR_US: u64 = 3_600_000_000;

fn lateness_us() -> u64 {
    Config::default().lateness_us
}

/// The events of a log, each stored when `stored` says, and sorted by that. The log goes on for long after them, so that
/// how far it was seen makes no difference.
fn delivered(log: &Log, mut stored: impl FnMut(&Event) -> u64) -> Vec<Step> {
    let mut events: Vec<Event> = Vec::new();
    let mut boots: BTreeMap<String, (Origin, Moment)> = BTreeMap::new();
    for step in &log.steps {
        if let Step::Event(event) = step {
            let mut event = (**event).clone();
            let after = stored(&event).saturating_sub(event.at.key());
            event.received = later(event.at, after);
            let (origin, last) = (event.origin.clone(), later(event.received, HOUR_US));
            let boot = format!("{:?} {:?} {:?}", origin.machine, origin.boot, origin.host);
            let seen = boots.entry(boot).or_insert_with(|| (origin, last));
            seen.1 = if last.key() > seen.1.key() { last } else { seen.1 };
            events.push(event);
        }
    }
    events.sort_by_key(|event| event.received.key());
    let ends = boots.into_values();
    let ends = ends.map(|(origin, at)| Step::Seen(Advance::To { origin: Box::new(origin), at }));
    events.into_iter().map(|event| Step::Event(Box::new(event))).chain(ends).collect()
}

fn later(at: Moment, us: u64) -> Moment {
    Moment { realtime: at.realtime.map(|at| at + us), monotonic: at.monotonic.map(|at| at + us) }
}

/// Incidents, without what only tells in which order the records were stored.
fn told(steps: Vec<Step>) -> Vec<Incident> {
    let mut told = incidents(steps, batch());
    for incident in &mut told {
        incident.revision = 0;
        incident.cursors = None;
    }
    told
}

/// As stored, but nothing later than the lateness allows: what comes later than that is told later.
fn in_time(event: &Event) -> u64 {
    event.received.key().min(event.at.key() + lateness_us())
}

#[test]
fn true_order_is_as_good_as_stored_order() {
    let mut broken = Vec::new();
    for log in all() {
        let stored = told(delivered(log, in_time));
        let at_once = told(delivered(log, |event| event.at.key()));
        broken.extend(differences(&format!("{} in true order", log.name), &at_once, &stored));
    }
    assert_none(broken);
}

#[test]
fn delays_within_the_lateness() {
    let mut broken = Vec::new();
    let mut dice = Dice::new(3);
    for log in all() {
        let stored = told(delivered(log, in_time));
        let rounds = if log.steps.len() < 500 { 4 } else { 1 };
        for round in 0..rounds {
            // What happened in one instant has no order but that in which it was stored.
            let mut delays: BTreeMap<u64, u64> = BTreeMap::new();
            let late = told(delivered(log, |event| {
                let most = event.at.key() + lateness_us();
                let any = || dice.below(usize::try_from(lateness_us()).unwrap()) as u64;
                (in_time(event) + *delays.entry(event.at.key()).or_insert_with(any)).min(most)
            }));
            broken.extend(differences(&format!("{}, round {round}", log.name), &late, &stored));
        }
    }
    assert_none(broken);
}

/// Every entry comes once more: at once, or some entries later.
#[test]
fn entries_that_come_twice() {
    let mut broken = Vec::new();
    let mut dice = Dice::new(4);
    for log in all() {
        let mut places: Vec<(usize, &[u8])> = Vec::new();
        for (number, entry) in log.entries.iter().enumerate() {
            let again = if log.entries.len() < 1_000 { number } else { number + dice.below(50) };
            places.extend([(number, entry.as_slice()), (again, entry.as_slice())]);
        }
        places.sort_by_key(|(place, _)| *place);
        let twice: Vec<u8> = places.into_iter().flat_map(|(_, bytes)| bytes.iter().copied()).collect();
        let found: Vec<_> = incidents(steps(&twice, WHOLE, true), batch()).into_iter().map(bare).collect();
        let whole: Vec<_> = log.whole.iter().cloned().map(bare).collect();
        broken.extend(differences(&log.name, &found, &whole));
    }
    assert_none(broken);
}

/// Lines that were stored twice are two lines of context.
fn bare(mut incident: Incident) -> Incident {
    incident.context.clear();
    incident.timeline.retain(|item| &*item.event != "line");
    incident
}

/// Every event comes once more, at any time within the lateness.
#[test]
fn events_that_come_twice() {
    let mut broken = Vec::new();
    let mut dice = Dice::new(5);
    for log in all() {
        let whole = told(delivered(log, in_time));
        let mut places: Vec<(u64, Step)> = Vec::new();
        let steps = delivered(log, in_time);
        for (number, step) in steps.into_iter().enumerate() {
            let number = number as u64;
            if matches!(step, Step::Event(_)) {
                places.push((number + dice.below(20) as u64, step.clone()));
            }
            places.push((number, step));
        }
        places.sort_by_key(|(place, _)| *place);
        let found = told(places.into_iter().map(|(_, step)| step).collect());
        broken.extend(differences(&log.name, &found, &whole));
    }
    assert_none(broken);
}
