//! What must change nothing: how a log is cut, read, stored twice, delayed, interrupted or mixed with another's.

use nwlog_corpora::scenario::{self, Story};
use nwlog_correlate::{Advance, Correlator, Incident};
use nwlog_ingest::event::Event;
use proptest::prelude::*;

use crate::story::{Step, batch, incidents, last_word, steps};

const WHOLE: usize = 4 << 20;

fn stories() -> Vec<(String, Story)> {
    scenario::all().unwrap_or_else(|error| panic!("{error}"))
}

/// All that was read, and the incidents.
fn read(log: &[u8]) -> Vec<Incident> {
    incidents(steps(log, WHOLE, true), batch())
}

fn recording() -> Vec<u8> {
    use std::io::Read as _;
    let packed = nwlog_corpora::recordings::all().unwrap().remove(0).read().unwrap();
    let mut log = Vec::new();
    nwlog_ingest::source::decompress(std::io::Cursor::new(packed)).unwrap().read_to_end(&mut log).unwrap();
    log
}

#[test]
fn cutting_a_recording_changes_nothing() {
    let log = recording();
    let whole = read(&log);
    assert!(!whole.is_empty());
    for chunk in [1, 777, 65_536] {
        assert_eq!(incidents(steps(&log, chunk, true), batch()), whole, "cut at {chunk}");
    }
    assert_eq!(incidents(steps(&log, WHOLE, false), batch()), whole, "without the prefilter");
}

#[test]
fn going_on_from_a_snapshot_changes_nothing() {
    let log = recording();
    let whole = read(&log);
    let mut correlator = Correlator::new(batch());
    let mut changes = Vec::new();
    for (number, step) in steps(&log, 65_536, true).into_iter().enumerate() {
        match step {
            Step::Event(event) => correlator.push(*event),
            Step::Seen(seen) => correlator.advance(seen),
        }
        if number % 37 == 0 {
            changes.extend(correlator.changes());
            correlator = Correlator::restore(batch(), &correlator.snapshot()).unwrap();
        }
    }
    correlator.advance(Advance::End);
    changes.extend(correlator.changes());
    assert_eq!(last_word(changes), whole);
}

#[test]
fn telling_of_open_incidents_changes_nothing() {
    let log = recording();
    let mut told = incidents(steps(&log, WHOLE, true), nwlog_correlate::Config::default());
    let mut whole = read(&log);
    told.iter_mut().chain(&mut whole).for_each(|incident| incident.revision = 0);
    assert_eq!(told, whole);
}

#[test]
fn storing_everything_twice_changes_nothing() {
    for (name, story) in stories() {
        let twice: Vec<u8> = story.entries.iter().flat_map(|entry| entry.bytes.repeat(2)).collect();
        let whole = read(&story.export());
        let again: Vec<_> = read(&twice).into_iter().map(without_lines).collect();
        assert_eq!(again, whole.into_iter().map(without_lines).collect::<Vec<_>>(), "{name}");
    }
}

/// Lines that were stored twice are two lines of context.
fn without_lines(mut incident: Incident) -> Incident {
    incident.context.clear();
    incident.timeline.retain(|item| &*item.event != "line");
    incident
}

#[test]
fn another_machine_in_between_changes_nothing() {
    for (name, story) in stories().into_iter().filter(|(name, _)| !name.starts_with("two-")) {
        let path = nwlog_corpora::root().join(format!("scenarios/{name}.story"));
        let text = std::fs::read_to_string(path).unwrap();
        let other = scenario::parse(&text.replace("\nmachine ", "\nmachine another-")).unwrap();
        let mut mixed: Vec<_> = story.entries.iter().chain(&other.entries).collect();
        mixed.sort_by_key(|entry| entry.stored);
        let log: Vec<u8> = mixed.into_iter().flat_map(|entry| entry.bytes.iter().copied()).collect();
        let mut apart = read(&story.export());
        apart.extend(read(&other.export()));
        apart.sort_by_key(|incident| (incident.first.realtime, incident.id));
        assert_eq!(read(&log), apart, "{name}");
    }
}

/// The events of a log, each stored later by so much, and sorted again.
fn delayed(log: &[u8], delays: &[u64]) -> Vec<Step> {
    let events = steps(log, WHOLE, true).into_iter().filter_map(|step| match step {
        Step::Event(event) => Some(*event),
        Step::Seen(_) => None,
    });
    let later = |(event, delay): (Event, &u64)| {
        let mut event = event;
        event.received.monotonic = event.received.monotonic.map(|at| at + delay);
        event.received.realtime = event.received.realtime.map(|at| at + delay);
        event
    };
    let mut events: Vec<_> = events.zip(delays.iter().cycle()).map(later).collect();
    events.sort_by_key(|event| event.received.key());
    events.into_iter().map(|event| Step::Event(Box::new(event))).collect()
}

/// What does not hang on how far the log was seen to go.
fn story_of(incident: Incident) -> impl PartialEq + std::fmt::Debug {
    (
        incident.id,
        incident.kind,
        incident.cause,
        incident.occurrences,
        incident.invocations,
        incident.timeline,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn delays_within_the_lateness_change_nothing(
        pick in any::<prop::sample::Index>(),
        delays in prop::collection::vec(0_u64..20_000_000, 1..20),
    ) {
        let stories = stories();
        let (name, story) = pick.get(&stories);
        let log = story.export();
        let whole: Vec<_> = incidents(delayed(&log, &[0]), batch()).into_iter().map(story_of).collect();
        let late: Vec<_> = incidents(delayed(&log, &delays), batch()).into_iter().map(story_of).collect();
        prop_assert_eq!(whole, late, "{}", name);
    }

    #[test]
    fn cutting_a_story_changes_nothing(pick in any::<prop::sample::Index>(), chunk in 1_usize..5_000) {
        let stories = stories();
        let (name, story) = pick.get(&stories);
        let log = story.export();
        prop_assert_eq!(incidents(steps(&log, chunk, true), batch()), read(&log), "{}", name);
    }
}
