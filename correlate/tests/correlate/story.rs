//! Journal bytes to incidents, and incidents to a text that a person can hold against the story.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    dead_code
)]

use std::fmt::Write as _;

use nwlog_correlate::{Advance, Change, ChangeKind, Config, Correlator, Incident};
use nwlog_ingest::event::Event;
use nwlog_ingest::scan::{Scanned, Session};
use nwlog_ingest::source::{Chunks, Limits};

/// What a log gives: its events in stored order, and how far each boot was read in between.
#[derive(Clone)]
pub(crate) enum Step {
    Event(Box<Event>),
    Seen(Advance),
}

impl Step {
    pub(crate) fn feed(self, correlator: &mut Correlator) {
        match self {
            Self::Event(event) => correlator.push(*event),
            Self::Seen(seen) => correlator.advance(seen),
        }
    }
}

/// Reads a log, cut into chunks of about so many bytes.
pub(crate) fn steps(log: &[u8], chunk: usize, prefilter: bool) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut session = Session::default();
    let limits = Limits { chunk, ..Limits::default() };
    for chunk in Chunks::new(log, limits).expect("a log") {
        let scanned = Scanned::with_prefilter(chunk.expect("a readable chunk"), prefilter);
        let seen = scanned.seen().to_vec();
        session.take(scanned, &mut |event| steps.push(Step::Event(Box::new(event))));
        let seen = seen.into_iter().map(|seen| Advance::To { origin: Box::new(seen.origin), at: seen.last });
        steps.extend(seen.map(Step::Seen));
    }
    session.finish(&mut |event| steps.push(Step::Event(Box::new(event))));
    steps
}

/// The incidents of a log as they are in the end, in order of their beginning.
pub(crate) fn incidents(steps: Vec<Step>, config: Config) -> Vec<Incident> {
    let mut correlator = Correlator::new(config);
    steps.into_iter().for_each(|step| step.feed(&mut correlator));
    correlator.advance(Advance::End);
    last_word(correlator.changes())
}

/// The last word on each incident.
pub(crate) fn last_word(changes: Vec<Change>) -> Vec<Incident> {
    let mut incidents: Vec<Incident> = Vec::new();
    for Change { kind, incident, .. } in changes {
        incidents.retain(|known| known.id != incident.id);
        if kind != ChangeKind::Withdrawn {
            incidents.push(incident);
        }
    }
    incidents.sort_by_key(|incident| (incident.first.realtime, incident.id));
    incidents
}

/// The config of a batch run.
pub(crate) fn batch() -> Config {
    Config { updates: false, ..Config::default() }
}

/// An incident as text.
pub(crate) fn print(incident: &Incident) -> String {
    let mut out = String::new();
    let name = |text: &Option<Box<str>>| text.as_deref().unwrap_or("-").to_owned();
    writeln!(
        out,
        "{} {} {}",
        incident.kind,
        incident.cause.map_or("-", |cause| cause.name()),
        name(&incident.unit)
    )
    .unwrap();
    writeln!(out, "  {}", incident.headline).unwrap();
    writeln!(
        out,
        "  {} {} {}, {} occurrences, {} restarts, units {:?}, {} lives, {}",
        incident.state,
        incident.severity,
        incident.outcome,
        incident.occurrences,
        incident.restarts,
        incident.units,
        incident.invocations.len(),
        incident.manager,
    )
    .unwrap();
    for cause in &incident.causes {
        let named = cause.cause.map_or("-", |cause| cause.name());
        writeln!(out, "  cause {} {named} x{}", cause.kind, cause.count).unwrap();
    }
    for (what, us) in
        [("down", incident.down_us), ("detect", incident.detect_us), ("recover", incident.recover_us)]
    {
        if let Some(us) = us {
            writeln!(out, "  {what} {:.3} s", us as f64 / 1e6).unwrap();
        }
    }
    if let Some(oom) = &incident.oom {
        let victim = oom.victim.as_ref().map(|victim| (victim.pid, &victim.comm, &victim.cgroup));
        writeln!(out, "  oom {:?} at {:?} of {:?}", victim, oom.usage_kb, oom.limit_kb).unwrap();
    }
    if let Some(disk) = &incident.disk {
        writeln!(out, "  disk {} {:?} refused {}", disk.error.errno(), disk.directory, disk.refused).unwrap();
    }
    if let Some(go) = &incident.go {
        writeln!(out, "  go {:?} {:?} {} goroutines", go.reason, go.value, go.goroutines).unwrap();
    }
    for gap in &incident.gaps {
        writeln!(out, "  gap {:?} {:?}", gap.what, gap.count).unwrap();
    }
    if !incident.links.is_empty() {
        writeln!(out, "  names {} other", incident.links.len()).unwrap();
    }
    for item in &incident.timeline {
        let at = item.at.monotonic.unwrap_or_default() as f64 / 1e6;
        let times = if item.count > 1 { format!(" x{}", item.count) } else { String::new() };
        let source = format!("{:?}", item.source).to_lowercase();
        writeln!(out, "  {at:>9.3} {source:<8}{}: {}{times} ({})", item.event, item.text, item.link.name())
            .unwrap();
    }
    for line in &incident.context {
        writeln!(out, "  | {}", line.text).unwrap();
    }
    out
}
