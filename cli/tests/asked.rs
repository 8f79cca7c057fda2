//! What must be found and what must not: queries over thousands of generated incidents and those of the recordings.
//!
//! What is expected is told by a plain look at the incidents themselves. `NWLOG_INCIDENTS=100000 cargo test --release -p
//! nwlog --test runner asked` takes more of them.

use std::collections::BTreeSet;
use std::env;

use chrono::{DateTime, FixedOffset};
use nwlog_benches::{incidents_of, years};
use nwlog_corpora::recordings;
use nwlog_correlate::Incident;
use nwlog_index::{Order, Query, Store, WriterOptions};

use crate::asked_for::queries;

/// How many incidents are generated where nobody says.
const FEW: u64 = 3_000;
/// The recordings of different machines.
const MACHINES: [&str; 4] = ["nightbox", "harbor", "pier", "quay"];

/// 2026-06-01 00:00 UTC.
pub(crate) fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-06-01T00:00:00+00:00").unwrap()
}

/// An incident, and all that it says.
pub(crate) struct Told {
    pub(crate) incident: Incident,
    pub(crate) texts: Vec<String>,
}

impl Told {
    fn new(incident: Incident) -> Self {
        let mut texts: Vec<String> = vec![incident.headline.clone(), incident.kind.to_string()];
        let mut say = |text: &str| texts.push(text.to_owned());
        incident.units.iter().chain(&incident.unit).for_each(|unit| say(unit));
        incident.cause.iter().for_each(|cause| say(cause.name()));
        incident.host.iter().for_each(|host| say(host));
        incident.systemd_result.iter().chain(&incident.last_word).for_each(|text| say(text));
        incident.process.iter().filter_map(|process| process.comm.as_ref()).for_each(|comm| say(comm));
        incident.context.iter().for_each(|line| say(&line.text));
        incident.fields.iter().for_each(|field| say(field));
        for item in &incident.timeline {
            say(&item.text);
            say(&item.event);
        }
        for root in &incident.causes {
            say(root.kind.name());
            root.cause.iter().for_each(|cause| say(cause.name()));
        }
        if let Some(oom) = &incident.oom {
            oom.oom_memcg.iter().for_each(|cgroup| say(cgroup));
            oom.invoker.iter().for_each(|task| say(&task.comm));
            oom.top.iter().for_each(|task| say(&task.comm));
            if let Some(victim) = &oom.victim {
                say(&victim.comm);
                victim.cgroup.iter().for_each(|cgroup| say(cgroup));
            }
        }
        if let Some(disk) = &incident.disk {
            say(disk.error.errno());
            [&disk.path, &disk.directory, &disk.device].into_iter().flatten().for_each(|path| say(path));
        }
        if let Some(go) = &incident.go {
            say(&go.value);
            go.signal.iter().chain(&go.created_by).for_each(|text| say(text));
            go.groups.iter().filter_map(|group| group.frame.as_ref()).for_each(|frame| say(frame));
            for frame in &go.frames {
                say(&frame.function);
                frame.file.iter().for_each(|file| say(file));
            }
        }
        Self { incident, texts }
    }
}

fn many() -> Vec<Incident> {
    let n = env::var("NWLOG_INCIDENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(FEW);
    let generated = (0..n).map(|n| years::incident(7, n));
    let recorded = recordings::all().unwrap();
    let recorded = recorded.iter().filter(|recording| MACHINES.contains(&recording.name));
    generated
        .chain(recorded.flat_map(|recording| incidents_of(&recording.read().unwrap().into()).unwrap()))
        .collect()
}

#[test]
fn each_query_finds_what_it_must_and_nothing_else() {
    let incidents = many();
    let dir = tempfile::tempdir().unwrap();
    let mut writer = Store::open_writer(dir.path(), WriterOptions::BATCH).unwrap();
    for incident in &incidents {
        writer.write(incident.clone()).unwrap();
        if writer.pending() >= 2_000 {
            writer.commit(None).unwrap();
        }
    }
    writer.commit(None).unwrap();
    writer.close().unwrap();
    let store = Store::open_reader(dir.path()).unwrap();
    let told: Vec<_> = incidents.into_iter().map(Told::new).collect();
    let queries = queries(&told);
    assert!(queries.len() >= 60, "{}", queries.len());
    assert_eq!(store.stats().unwrap().incidents, told.len());

    let mut wrong = String::new();
    let mut empty = 0;
    for (text, is_meant) in &queries {
        let query = Query::parse(text, &now()).unwrap_or_else(|why| panic!("{text}: {why}"));
        let found = store.search(&query, usize::MAX, Order::Newest).unwrap();
        let found: BTreeSet<_> = found.hits.iter().map(|hit| hit.incident.id).collect();
        let meant: BTreeSet<_> =
            told.iter().filter(|told| is_meant(told)).map(|told| told.incident.id).collect();
        empty += usize::from(meant.is_empty());
        let show = |ids: BTreeSet<_>, what: &str| {
            let one = ids.first().and_then(|id| told.iter().find(|told| told.incident.id == *id));
            one.map(|one| format!("  {what} {}, one of {}\n", one.texts.join(" · "), ids.len()))
                .unwrap_or_default()
        };
        let missed = show(&meant - &found, "missed");
        let too_many = show(&found - &meant, "found");
        if !missed.is_empty() || !too_many.is_empty() {
            wrong += &format!("{text} ({} meant)\n{missed}{too_many}", meant.len());
        }
        // Rows are counted by the same query, in another way.
        let mut rows = 0;
        store.visit(&query, &mut |_| rows += 1).unwrap();
        assert_eq!(rows, found.len(), "{text}");
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(empty < queries.len() / 8, "{empty} queries have nothing to find");
}
