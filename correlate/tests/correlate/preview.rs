//! What is told at once: it comes to the same, and nothing is told twice.

use std::collections::{BTreeMap, BTreeSet};

use nwlog_correlate::{
    Advance, Change, ChangeKind, Config, Corrected, Correlator, Incident, IncidentId, Preview, State,
};

use crate::logs::{self, Log};
use crate::story::{Step, last_word, steps};

/// Every story, and the first recordings.
fn logs(recordings: usize) -> impl Iterator<Item = &'static Log> {
    logs::stories().iter().chain(logs::recordings().iter().take(recordings))
}

fn feed(preview: &mut Preview, step: &Step) {
    match step {
        Step::Event(event) => preview.push((**event).clone()),
        Step::Seen(seen) => preview.advance(seen.clone()),
    }
}

/// All that is told of a log, with how many steps had been taken.
fn told(steps: &[Step]) -> Vec<(usize, Change)> {
    let mut preview = Preview::new(Config::default());
    let mut told = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        feed(&mut preview, step);
        if preview.is_due() {
            told.extend(preview.tell().into_iter().map(|change| (number, change)));
        }
    }
    preview.advance(Advance::End);
    told.extend(preview.tell().into_iter().map(|change| (steps.len(), change)));
    assert!(!preview.is_open());
    told
}

fn without_revision(mut incident: Incident) -> Incident {
    incident.revision = 0;
    incident
}

/// The last word of a stream of changes, checked by the way.
fn sum(name: &str, told: &[(usize, Change)]) -> Vec<Incident> {
    let mut known: BTreeMap<IncidentId, (u64, State)> = BTreeMap::new();
    let mut before: BTreeMap<IncidentId, &Incident> = BTreeMap::new();
    let ids: BTreeSet<IncidentId> = told.iter().map(|(_, change)| change.incident.id).collect();
    for (_, Change { kind, incident, corrects }) in told {
        let Incident { id, revision, state, into, .. } = incident;
        match known.insert(*id, (*revision, *state)) {
            None => assert_eq!((*kind, *revision), (ChangeKind::Opened, 1), "{name} {id}"),
            Some((before, was)) => {
                assert_ne!(*kind, ChangeKind::Opened, "{name} {id}: opened twice");
                assert_eq!(*revision, before + 1, "{name} {id}");
                let is_again = *state == State::Open || *kind == ChangeKind::Closed;
                assert!(was != State::Closed || is_again, "{name} {id}: told after its end");
            }
        }
        if let Some(before) = before.insert(*id, incident) {
            let is_lost = |life| !incident.invocations.contains(life);
            let is_less = before.occurrences > incident.occurrences || before.invocations.iter().any(is_lost);
            let said = Corrected { invocations: before.invocations.clone(), occurrences: before.occurrences };
            assert_eq!(*corrects, is_less.then_some(said), "{name} {id}");
        }
        assert_eq!(*kind == ChangeKind::Withdrawn, *state == State::Withdrawn, "{name} {id}");
        assert!(into.is_none_or(|into| ids.contains(&into) && into != *id), "{name} {id} went into nothing");
    }
    last_word(told.iter().map(|(_, change)| change.clone()).collect())
}

#[test]
fn what_is_told_at_once_comes_to_the_same() {
    let (mut opened, mut withdrawn, mut corrected) = (0, 0, 0);
    for Log { name, steps, whole, .. } in logs(usize::MAX) {
        let told = told(steps);
        let last: Vec<_> = sum(name, &told).into_iter().map(without_revision).collect();
        let whole: Vec<_> = whole.iter().cloned().map(without_revision).collect();
        assert_eq!(last, whole, "{name}");
        let of = |kind| told.iter().filter(|(_, change)| change.kind == kind).count();
        opened += of(ChangeKind::Opened);
        withdrawn += of(ChangeKind::Withdrawn);
        corrected += told.iter().filter(|(_, change)| change.corrects.is_some()).count();
    }
    assert!(corrected > 0, "nothing was told too early");
    assert!(withdrawn * 8 <= opened, "{withdrawn} of {opened} were said too early");
}

#[test]
fn it_is_told_no_later_than_in_the_end() {
    for Log { name, steps, .. } in logs(1) {
        let mut first: BTreeMap<IncidentId, usize> = BTreeMap::new();
        for (at, change) in told(steps) {
            first.entry(change.incident.id).or_insert(at);
        }
        let mut correlator = Correlator::new(Config::default());
        let mut late: BTreeMap<IncidentId, usize> = BTreeMap::new();
        for (number, step) in steps.iter().cloned().enumerate() {
            match step {
                Step::Event(event) => correlator.push(*event),
                Step::Seen(seen) => correlator.advance(seen),
            }
            for Change { kind, incident, .. } in correlator.changes() {
                if kind == ChangeKind::Withdrawn {
                    late.remove(&incident.id);
                } else {
                    late.entry(incident.id).or_insert(number);
                }
            }
        }
        for (id, number) in late {
            let at = first.get(&id);
            assert!(at.is_some_and(|at| *at <= number), "{name} {id}: {at:?} is after {number}");
        }
    }
}

#[test]
fn a_kill_is_told_with_its_own_record() {
    let log = logs(0).find(|log| log.name == "oom-crash-loop").unwrap();
    let (name, steps) = (&log.name, steps(&log.bytes(), 1, true));
    let is_kill = |step: &Step| matches!(step, Step::Event(event) if matches!(event.fact, nwlog_ingest::event::Fact::Oom(_)));
    let kill = steps.iter().position(is_kill).unwrap();
    let told = told(&steps);
    let (at, change) = &told[0];
    assert_eq!((*at, change.kind), (kill, ChangeKind::Opened), "{name}");
    assert!(change.incident.oom.is_some());
}

#[test]
fn going_on_from_a_snapshot_tells_the_same() {
    for Log { name, steps, .. } in logs(0) {
        let mut preview = Preview::new(Config::default());
        let mut again = Vec::new();
        for (number, step) in steps.iter().enumerate() {
            feed(&mut preview, step);
            if preview.is_due() {
                again.extend(preview.tell().into_iter().map(|change| (number, change)));
            }
            if number % 7 == 0 || steps.len() < 100 {
                preview = Preview::restore(Config::default(), &preview.snapshot()).unwrap();
            }
        }
        preview.advance(Advance::End);
        again.extend(preview.tell().into_iter().map(|change| (steps.len(), change)));
        assert_eq!(again, told(steps), "{name}");
    }
}

#[test]
fn how_often_it_is_told_changes_nothing_in_the_end() {
    for Log { name, steps, whole, .. } in logs(1) {
        let mut preview = Preview::new(Config::default());
        let mut seldom = Vec::new();
        for (number, step) in steps.iter().enumerate() {
            feed(&mut preview, step);
            if number % 50 == 0 {
                seldom.extend(preview.tell().into_iter().map(|change| (number, change)));
            }
        }
        preview.advance(Advance::End);
        seldom.extend(preview.tell().into_iter().map(|change| (steps.len(), change)));
        let last: Vec<_> = sum(name, &seldom).into_iter().map(without_revision).collect();
        let whole: Vec<_> = whole.iter().cloned().map(without_revision).collect();
        assert_eq!(last, whole, "{name}");
    }
}
