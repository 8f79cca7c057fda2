//! What was told, held against what happened.

use std::collections::BTreeMap;

use serde_json::Value;

use super::failure::{Failed, Failures};
use super::follower::Nwlog;

/// What was told, held against what happened.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// How many of each kind were made.
    pub made: BTreeMap<&'static str, usize>,
    /// How many of them were told, as what they were.
    pub found: usize,
    /// What is told otherwise than it was, missed, or told of nothing: a line each.
    pub problems: Vec<String>,
    /// Incidents of other processes of this machine, whom the kernel killed meanwhile.
    pub others: usize,
    /// The entries that were read.
    pub read: u64,
    /// What is known to be missing, by how that is known: lines.
    pub missing: BTreeMap<String, u64>,
}

impl Account {
    /// What a follower told of failures.
    pub(super) fn of(failures: &Failures, nwlog: &Nwlog) -> anyhow::Result<Self> {
        let mut account = Self { read: nwlog.progress.counts.entries, ..Self::default() };
        let mut last: BTreeMap<String, Value> = BTreeMap::new();
        for line in nwlog.told()? {
            let id = text(&line, "id").to_owned();
            match text(&line, "state") {
                "withdrawn" => last.remove(&id),
                _ => last.insert(id, line),
            };
        }
        let mut told: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
        for incident in last.values() {
            match failures.named_in(&incident.to_string()) {
                Some(name) => told.entry(name.to_owned()).or_default().push(incident),
                // The kernel has others to kill.
                None if text(incident, "kind") == "oom-kill" => account.others += 1,
                None => account.problems.push(format!("invented: {}", text(incident, "headline"))),
            }
        }
        account.missing = missing(last.values());
        for Failed { name, kind, cause } in &failures.made {
            *account.made.entry(kind).or_default() += 1;
            match told.remove(name).unwrap_or_default().as_slice() {
                [] => account.problems.push(format!("missed: {kind} {name}")),
                [one] if (text(one, "kind"), text(one, "cause")) == (*kind, *cause) => account.found += 1,
                [one] => {
                    let headline = text(one, "headline");
                    account.problems.push(format!("wrong: {name} is {kind} {cause}: {headline}"));
                }
                many => account.problems.push(format!("told {} times: {name}", many.len())),
            }
        }
        Ok(account)
    }
}

/// What incidents say is missing, each hole once.
fn missing<'a>(incidents: impl Iterator<Item = &'a Value>) -> BTreeMap<String, u64> {
    let gaps = incidents.filter_map(|incident| incident.get("gaps")?.as_array()).flatten();
    let holes: BTreeMap<String, &Value> = gaps.map(|gap| (gap.to_string(), gap)).collect();
    let mut missing = BTreeMap::new();
    for gap in holes.into_values() {
        let count = gap.get("count").and_then(Value::as_u64).unwrap_or_default();
        *missing.entry(text(gap, "what").to_owned()).or_default() += count;
    }
    missing
}

fn text<'a>(incident: &'a Value, key: &str) -> &'a str {
    incident.get(key).and_then(Value::as_str).unwrap_or_default()
}
