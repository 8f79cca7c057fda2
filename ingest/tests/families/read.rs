//! Records to events.

use nwlog_ingest::event::{Event, Fact};
use nwlog_ingest::scan::{Scanned, Session};
use nwlog_ingest::source::{Chunks, Format, Limits};
use serde_json::{Map, Value, json};

/// The events of a log of a known format.
pub(crate) fn of_format(log: &[u8], format: Format) -> Vec<Event> {
    let mut events = Vec::new();
    let mut session = Session::default();
    for chunk in Chunks::with_format(log, format, Limits::default()) {
        session.take(Scanned::of(chunk.expect("a readable chunk")), &mut |event| events.push(event));
    }
    session.finish(&mut |event| events.push(event));
    events
}

/// The events of entries with these fields, stored one after the other.
pub(crate) fn entries(entries: impl IntoIterator<Item = Map<String, Value>>) -> Vec<Event> {
    let mut log = String::new();
    for (number, mut entry) in entries.into_iter().enumerate() {
        entry.insert("__REALTIME_TIMESTAMP".into(), json!((1_795_400_000_000_000 + number).to_string()));
        entry.insert("__MONOTONIC_TIMESTAMP".into(), json!((1_000_000 + number).to_string()));
        entry.insert("_BOOT_ID".into(), json!("0123456789abcdef0123456789abcdef"));
        log.push_str(&Value::Object(entry).to_string());
        log.push('\n');
    }
    of_format(log.as_bytes(), Format::Json)
}

/// An entry of these fields.
pub(crate) fn entry(fields: &[(&str, &str)]) -> Map<String, Value> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect()
}

/// A line that a process of a unit wrote to its standard error.
pub(crate) fn line(text: &str) -> Map<String, Value> {
    entry(&[
        ("_TRANSPORT", "stdout"),
        ("_PID", "311"),
        ("_UID", "0"),
        ("_COMM", "app"),
        ("_SYSTEMD_UNIT", "app.service"),
        ("MESSAGE", text),
    ])
}

/// A record of PID 1 about a unit.
pub(crate) fn manager(unit: &str, text: &str, more: &[(&str, &str)]) -> Map<String, Value> {
    let own = [("_TRANSPORT", "journal"), ("_PID", "1"), ("_UID", "0"), ("UNIT", unit), ("MESSAGE", text)];
    entry(&[&own, more].concat())
}

/// The name of an event's kind, as it is serialized.
pub(crate) fn name(event: &Event) -> String {
    let value = match &event.fact {
        Fact::Oom(fact) => serde_json::to_value(fact),
        Fact::Disk(fact) => serde_json::to_value(fact.error),
        Fact::Go(fact) => serde_json::to_value(fact.reason),
        Fact::Unit(fact) => serde_json::to_value(fact),
        Fact::Gap(fact) => serde_json::to_value(fact.what),
        Fact::Storage(fact) => serde_json::to_value(fact.kind),
    };
    match value.unwrap() {
        Value::String(name) => name,
        Value::Object(fact) => fact.keys().next().unwrap().clone(),
        other => panic!("a fact is {other}"),
    }
}
