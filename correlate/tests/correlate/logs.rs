//! Every log that the laws are held on: the recordings, and the stories.

use std::io::Read as _;
use std::sync::OnceLock;

use nwlog_correlate::Incident;
use serde_json::Value;

use crate::story::{Step, batch, incidents, steps};

/// A chunk that holds a whole story, and a good part of a recording.
pub(crate) const WHOLE: usize = 4 << 20;

/// A log, read once.
pub(crate) struct Log {
    pub(crate) name: String,
    /// The export's entries, in stored order.
    pub(crate) entries: Vec<Vec<u8>>,
    /// What it gives to the correlator.
    pub(crate) steps: Vec<Step>,
    /// Its incidents.
    pub(crate) whole: Vec<Incident>,
}

impl Log {
    fn new(name: &str, entries: Vec<Vec<u8>>) -> Self {
        let steps = steps(&entries.concat(), WHOLE, true);
        let whole = incidents(steps.clone(), batch());
        Self { name: name.to_owned(), entries, steps, whole }
    }

    /// The export.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.entries.concat()
    }
}

/// Every recorded machine.
pub(crate) fn recordings() -> &'static [Log] {
    static LOGS: OnceLock<Vec<Log>> = OnceLock::new();
    LOGS.get_or_init(|| {
        let recorded = nwlog_corpora::recordings::all().unwrap().into_iter().map(|recording| {
            let mut log = Vec::new();
            let packed = std::io::Cursor::new(recording.read().unwrap());
            nwlog_ingest::source::decompress(packed).unwrap().read_to_end(&mut log).unwrap();
            Log::new(recording.name, entries(&log))
        });
        recorded.collect()
    })
}

/// Every story.
pub(crate) fn stories() -> &'static [Log] {
    static LOGS: OnceLock<Vec<Log>> = OnceLock::new();
    LOGS.get_or_init(|| {
        let told = nwlog_corpora::scenario::all().unwrap_or_else(|error| panic!("{error}"));
        let entries = |story: nwlog_corpora::scenario::Story| {
            story.entries.into_iter().map(|entry| entry.bytes).collect::<Vec<_>>()
        };
        told.into_iter().map(|(name, story)| Log::new(&name, entries(story))).collect()
    })
}

/// Recordings and stories.
pub(crate) fn all() -> impl Iterator<Item = &'static Log> {
    recordings().iter().chain(stories())
}

/// The entries of an export (systemd, docs/JOURNAL_EXPORT_FORMATS.md).
fn entries(export: &[u8]) -> Vec<Vec<u8>> {
    let (mut entries, mut begin, mut at) = (Vec::new(), 0, 0);
    while at < export.len() {
        let end = at + export[at..].iter().position(|byte| *byte == b'\n').unwrap();
        let line = &export[at..end];
        at = end + 1;
        if line.is_empty() {
            entries.push(export[begin..at].to_vec());
            begin = at;
        } else if !line.contains(&b'=') {
            let size: [u8; 8] = export[at..at + 8].try_into().unwrap();
            at += 8 + usize::try_from(u64::from_le_bytes(size)).unwrap() + 1;
        }
    }
    entries
}

/// What differs between incidents and those that they should be: by name and field, for a whole incident is no message.
pub(crate) fn differences(what: &str, found: &[Incident], whole: &[Incident]) -> Vec<String> {
    let one_of = |incidents: &[Incident], id| incidents.iter().find(|one| one.id == id).cloned();
    let mut all = Vec::new();
    for incident in whole.iter().filter(|one| one_of(found, one.id).is_none()) {
        all.push(format!("{what}: missed: {} {}", incident.id, incident.headline));
    }
    for incident in found {
        let Some(other) = one_of(whole, incident.id) else {
            all.push(format!("{what}: invented: {} {}", incident.id, incident.headline));
            continue;
        };
        let fields = |of: &Incident| match serde_json::to_value(of).unwrap() {
            Value::Object(fields) => fields,
            other => panic!("{other}"),
        };
        let (one, two) = (fields(incident), fields(&other));
        for (name, value) in one.iter().filter(|(name, value)| two.get(*name) != Some(value)) {
            let (value, should) = first_difference(value, &two[name]);
            all.push(format!("{what}: {}: {name}: {value}, not {should}", other.headline));
        }
    }
    if all.is_empty() && found != whole {
        all.push(format!("{what}: another order"));
    }
    all
}

/// The first elements of two lists that differ; what is no list, whole.
fn first_difference(one: &Value, other: &Value) -> (Value, Value) {
    let (Value::Array(one), Value::Array(other)) = (one, other) else { return (one.clone(), other.clone()) };
    let at =
        one.iter().zip(other).position(|(one, other)| one != other).unwrap_or(one.len().min(other.len()));
    let element = |of: &[Value]| of.get(at).cloned().unwrap_or_default();
    (element(one), element(other))
}

/// Asserts that a law was broken nowhere.
#[track_caller]
pub(crate) fn assert_none(problems: Vec<String>) {
    assert!(problems.is_empty(), "{} broken\n{}", problems.len(), problems.join("\n"));
}

/// How far apart the places of a long log are at which a law is held, on average, where there are to be about so many of
/// them. With `NWLOG_THOROUGH` in the environment it is held at every place, which takes long.
pub(crate) fn every(log: &Log, places: usize) -> usize {
    if std::env::var_os("NWLOG_THOROUGH").is_some() { 1 } else { (log.steps.len() / places).max(1) }
}

/// Numbers that look random and are always the same: SplitMix64.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below another one.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % end.max(1) as u64).unwrap()
    }
}
