//! What is read again, in part or as a whole, leaves the store as if it had been read once.

use std::io::Read as _;
use std::sync::OnceLock;

use nwlog_correlate::{Advance, ChangeKind, Config, Correlator, Incident};
use nwlog_index::merge;
use nwlog_ingest::Event;
use nwlog_ingest::scan::{Scanned, Session};
use nwlog_ingest::source::{Chunks, Limits, decompress};

/// A chunk that holds a whole story, and a good part of a recording.
const CHUNK: usize = 1 << 20;

/// What a log gives: its events in stored order, and how far each boot was read in between.
#[derive(Clone)]
enum Step {
    Event(Box<Event>),
    Seen(Advance),
}

struct Log {
    name: String,
    steps: Vec<Step>,
    /// What is kept of it where it is read once.
    once: Vec<Incident>,
}

impl Log {
    fn read(name: &str, bytes: &[u8]) -> Self {
        let mut log = Self { name: name.to_owned(), steps: Vec::new(), once: Vec::new() };
        let mut session = Session::default();
        for chunk in Chunks::new(bytes, Limits { chunk: CHUNK, ..Limits::default() }).unwrap() {
            let scanned = Scanned::of(chunk.unwrap());
            let seen = scanned.seen().to_vec();
            session.take(scanned, &mut |event| log.steps.push(Step::Event(Box::new(event))));
            let seen = seen.into_iter();
            let seen = seen.map(|seen| Advance::To { origin: Box::new(seen.origin), at: seen.last });
            log.steps.extend(seen.map(Step::Seen));
        }
        session.finish(&mut |event| log.steps.push(Step::Event(Box::new(event))));
        let mut kept = Kept::default();
        analyzed(&log.steps).into_iter().for_each(|incident| kept.write(incident));
        log.once = kept.sorted();
        log
    }
}

fn logs() -> &'static [Log] {
    static LOGS: OnceLock<Vec<Log>> = OnceLock::new();
    LOGS.get_or_init(|| {
        let recorded = nwlog_corpora::recordings::all().unwrap().into_iter().map(|recording| {
            let packed = std::io::Cursor::new(recording.read().unwrap());
            let mut bytes = Vec::new();
            decompress(packed).unwrap().read_to_end(&mut bytes).unwrap();
            Log::read(recording.name, &bytes)
        });
        let told = nwlog_corpora::scenario::all().unwrap();
        recorded.chain(told.iter().map(|(name, story)| Log::read(name, &story.export()))).collect()
    })
}

/// What an analysis of so much of a log keeps.
fn analyzed(steps: &[Step]) -> Vec<Incident> {
    let mut correlator = Correlator::new(Config { updates: false, ..Config::default() });
    steps.iter().for_each(|step| feed(&mut correlator, step));
    correlator.advance(Advance::End);
    let told = correlator.changes().into_iter();
    told.filter(|change| change.kind != ChangeKind::Withdrawn).map(|change| change.incident).collect()
}

fn feed(correlator: &mut Correlator, step: &Step) {
    match step {
        Step::Event(event) => correlator.push((**event).clone()),
        Step::Seen(seen) => correlator.advance(seen.clone()),
    }
}

/// The incidents of a store, without a disk below them.
#[derive(Clone, Default)]
struct Kept(Vec<Incident>);

impl Kept {
    fn write(&mut self, incident: Incident) {
        let (merged, gone) = merge(incident, &self.0);
        self.0.retain(|known| known.id != merged.id && !gone.contains(&known.id));
        self.0.push(merged);
    }

    /// All that is kept, without how often each was written.
    fn sorted(self) -> Vec<Incident> {
        let told = self.0.into_iter().map(|incident| Incident { revision: 0, ..incident });
        let mut told: Vec<_> = told.collect();
        told.sort_by_key(|incident| incident.id);
        told
    }
}

/// What differs between two stores, by incident and field.
fn differences(what: &str, found: &[Incident], once: &[Incident]) -> Vec<String> {
    let mut all = Vec::new();
    let find =
        |kept: &[Incident], incident: &Incident| kept.iter().find(|one| one.id == incident.id).cloned();
    for incident in once.iter().filter(|incident| find(found, incident).is_none()) {
        all.push(format!("{what}: lost: {} {}", incident.id, incident.headline));
    }
    for incident in found {
        let Some(other) = find(once, incident) else {
            all.push(format!("{what}: left over: {} {} {}", incident.id, incident.state, incident.headline));
            continue;
        };
        // A name that a part was told under still finds the whole.
        let names_all = other.formerly.iter().all(|name| incident.formerly.contains(name));
        let incident = if names_all {
            &Incident { formerly: other.formerly.clone(), ..incident.clone() }
        } else {
            incident
        };
        let (one, two) = (serde_json::to_value(incident).unwrap(), serde_json::to_value(&other).unwrap());
        for (name, value) in one.as_object().unwrap().iter().filter(|(name, value)| two[*name] != **value) {
            all.push(format!("{what}: {}: {name}: {value}, not {}", other.headline, two[name]));
        }
    }
    all
}

#[track_caller]
fn assert_none(problems: Vec<String>) {
    assert!(problems.is_empty(), "{} broken\n{}", problems.len(), problems.join("\n"));
}

/// Numbers that look random and are always the same: SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % end.max(1) as u64).unwrap()
    }
}

/// The first part of a log, then all of it.
#[test]
fn a_log_that_was_cut_off_and_then_the_whole() {
    let mut dice = Dice(1);
    let mut broken = Vec::new();
    for log in logs() {
        let cuts: Vec<usize> = match log.steps.len() {
            steps if steps < 60 => (0..steps).collect(),
            steps => std::iter::once(steps / 2).chain((0..6).map(|_| dice.below(steps))).collect(),
        };
        for cut in cuts {
            let mut kept = Kept::default();
            let parts = analyzed(&log.steps[..cut]).into_iter().chain(analyzed(&log.steps));
            parts.for_each(|incident| kept.write(incident));
            let what = format!("{} cut after {cut} of {} steps", log.name, log.steps.len());
            broken.extend(differences(&what, &kept.sorted(), &log.once));
        }
    }
    assert_none(broken);
}

/// One who follows a log, dies at any place and goes on from an older checkpoint.
#[test]
fn a_replay_from_any_checkpoint() {
    let mut dice = Dice(2);
    let mut broken = Vec::new();
    for log in logs() {
        for _ in 0..2 {
            let dies = dice.below(log.steps.len() + 1);
            let saved = dice.below(dies + 1);
            let (mut kept, mut snapshot) = (Kept::default(), Vec::new());
            let mut correlator = Correlator::new(Config::default());
            for (number, step) in log.steps[..dies].iter().enumerate() {
                if number == saved {
                    snapshot = correlator.snapshot();
                }
                feed(&mut correlator, step);
                correlator.changes().into_iter().for_each(|change| kept.write(change.incident));
            }
            if saved == dies {
                snapshot = correlator.snapshot();
            }
            let mut correlator = Correlator::restore(Config::default(), &snapshot).unwrap();
            log.steps[saved..].iter().for_each(|step| feed(&mut correlator, step));
            correlator.advance(Advance::End);
            correlator.changes().into_iter().for_each(|change| kept.write(change.incident));
            let what = format!("{} replayed from {saved} after {dies} steps", log.name);
            broken.extend(differences(&what, &kept.sorted(), &log.once));
        }
    }
    assert_none(broken);
}
