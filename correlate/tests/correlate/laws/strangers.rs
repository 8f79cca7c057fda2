//! Another machine's entries in between change nothing.

use nwlog_corpora::scenario;
use nwlog_correlate::Incident;

use crate::logs::{Dice, WHOLE, recordings, stories};
use crate::story::{Step, batch, incidents, steps};

fn sorted(mut incidents: Vec<Incident>) -> Vec<Incident> {
    incidents.sort_by_key(|incident| (incident.first.realtime, incident.id));
    incidents
}

#[test]
fn another_machine_with_the_same_story() {
    for log in stories().iter().filter(|log| !log.name.starts_with("two-")) {
        let path = nwlog_corpora::root().join(format!("scenarios/{}.story", log.name));
        let text = std::fs::read_to_string(path).unwrap();
        let one = scenario::parse(&text).unwrap();
        let other = scenario::parse(&text.replace("\nmachine ", "\nmachine another-")).unwrap();
        let mut mixed: Vec<_> = one.entries.iter().chain(&other.entries).collect();
        mixed.sort_by_key(|entry| entry.stored);
        let log_of_both: Vec<u8> = mixed.into_iter().flat_map(|entry| entry.bytes.iter().copied()).collect();
        let alone = incidents(steps(&other.export(), WHOLE, true), batch());
        let apart = sorted([alone, log.whole.clone()].concat());
        assert_eq!(incidents(steps(&log_of_both, WHOLE, true), batch()), apart, "{}", log.name);
    }
}

/// Two machines' steps, drawn from one or the other at random.
#[test]
fn another_recorded_machine() {
    let mut dice = Dice::new(6);
    let machines = recordings();
    for (one, other) in machines.iter().zip(machines.iter().skip(1)) {
        let (mut one_steps, mut other_steps) = (one.steps.iter().peekable(), other.steps.iter().peekable());
        let mut mixed: Vec<Step> = Vec::new();
        while one_steps.peek().is_some() || other_steps.peek().is_some() {
            let from = if dice.below(2) == 0 { &mut one_steps } else { &mut other_steps };
            mixed.extend(from.take(1 + dice.below(20)).cloned());
        }
        let apart = sorted([one.whole.clone(), other.whole.clone()].concat());
        assert_eq!(incidents(mixed, batch()), apart, "{} and {}", one.name, other.name);
    }
}
