//! Saving the state and going on from it changes nothing; nor does telling of incidents while they are open.

use nwlog_correlate::{Advance, Change, Config, Correlator};

use crate::logs::{Dice, Log, all, assert_none, differences, every, recordings, stories};
use crate::story::incidents;

/// Every change that a log gives, with the state saved and loaded before the steps at which `at` says so.
fn changes(log: &Log, mut at: impl FnMut(usize) -> bool) -> Vec<Change> {
    let mut correlator = Correlator::new(Config::default());
    let mut changes = Vec::new();
    for (number, step) in log.steps.iter().enumerate() {
        if at(number) {
            changes.extend(correlator.changes());
            correlator = Correlator::restore(Config::default(), &correlator.snapshot()).unwrap();
        }
        step.clone().feed(&mut correlator);
    }
    correlator.advance(Advance::End);
    changes.extend(correlator.changes());
    changes
}

fn assert_same(log: &Log, found: &[Change], whole: &[Change]) {
    assert_eq!(found.len(), whole.len(), "{}", log.name);
    for (number, (one, other)) in found.iter().zip(whole).enumerate() {
        assert_eq!(one, other, "{}: change {number}", log.name);
    }
}

#[test]
fn between_any_two_steps_of_a_story() {
    for log in stories() {
        let whole = changes(log, |_| false);
        assert_same(log, &changes(log, |_| true), &whole);
    }
}

#[test]
fn at_places_of_a_recording() {
    let mut dice = Dice::new(2);
    for log in recordings() {
        let whole = changes(log, |_| false);
        let every = every(log, 40);
        assert_same(log, &changes(log, |_| dice.below(every) == 0), &whole);
    }
}

#[test]
fn what_is_told_while_it_is_open_changes_nothing() {
    let mut broken = Vec::new();
    for log in all() {
        let mut told = incidents(log.steps.clone(), Config::default());
        let mut whole = log.whole.clone();
        told.iter_mut().chain(&mut whole).for_each(|incident| incident.revision = 0);
        broken.extend(differences(&log.name, &told, &whole));
    }
    assert_none(broken);
}
