//! `EVENTS.md` against the code.

use std::collections::BTreeSet;

use nwlog_ingest::event::gap::GapKind;
use nwlog_ingest::event::go::GoReason;
use nwlog_ingest::event::storage::StorageKind;
use nwlog_ingest::event::{DiskError, Event, OomFact, UnitFact};
use nwlog_ingest::parse::word;
use nwlog_ingest::source::Format;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::read;

const LIST: &str = include_str!("../../EVENTS.md");

/// What stands before an example's record that is text.
const STAMP: &str = "2026-11-23T03:00:00.000000+00:00 host ";

/// The columns of a row: event, who writes it, versions, fields, example.
struct Row<'a> {
    family: &'a str,
    event: &'a str,
    fields: Vec<&'a str>,
    example: Vec<&'a str>,
}

fn rows() -> Vec<Row<'static>> {
    let mut rows = Vec::new();
    let mut family = "";
    for line in LIST.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            family = title;
        }
        let cells: Vec<_> = line.split(" |").map(|cell| cell.trim_start_matches('|').trim()).collect();
        let [event, _, _, fields, example, ..] = cells[..] else { continue };
        let Some(event) = code(event).pop() else { continue };
        rows.push(Row { family, event, fields: code(fields), example: code(example) });
    }
    rows
}

/// The code spans of a cell.
fn code(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

fn events(example: &[&str]) -> Vec<Event> {
    if example.iter().all(|record| record.starts_with('{')) {
        let parsed = example.iter().map(|record| serde_json::from_str(record).expect(record));
        return read::entries(parsed.collect::<Vec<_>>());
    }
    let log: String = example.iter().map(|record| format!("{STAMP}{record}\n")).collect();
    read::of_format(log.as_bytes(), Format::Short { host: true })
}

/// Whether a fact has a field of that name, at any depth.
fn has(value: &Value, name: &str) -> bool {
    match value {
        Value::Object(fields) => fields.iter().any(|(key, value)| key == name || has(value, name)),
        Value::Array(values) => values.iter().any(|value| has(value, name)),
        _ => false,
    }
}

#[test]
fn every_example_gives_the_event_of_its_row() {
    let mut read = 0;
    for row in rows() {
        if row.family == "last words" {
            let line = row.example[0].as_bytes();
            let word = if row.event == "logged" { word::logged(line) } else { word::last_word(line) };
            assert!(word.is_some(), "no last word in the example of {}: {:?}", row.event, row.example);
            continue;
        }
        if row.example.is_empty() {
            continue;
        }
        let found: Vec<_> = events(&row.example);
        let names: Vec<_> = found.iter().map(read::name).collect();
        assert_eq!(names, [row.event], "the example of `{}` in {}", row.event, row.family);
        let fact = serde_json::to_value(&found[0].fact).unwrap();
        for field in row.fields {
            assert!(has(&fact, field), "`{}` of {} has no field {field}: {fact}", row.event, row.family);
        }
        read += 1;
    }
    assert!(read > 30, "{read} examples were read: the table has changed its form");
}

/// Every kind of a fact, by serde's word on what it expects.
fn kinds<T: DeserializeOwned>() -> Vec<String> {
    let refused =
        serde_json::from_str::<T>("\"no such kind\"").err().expect("no kind has that name").to_string();
    let (_, expected) = refused.split_once("expected ").expect("serde says what it expects");
    expected.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_kind_of_fact_has_a_row() {
    let families = [
        ("unit", kinds::<UnitFact>()),
        ("oom", kinds::<OomFact>()),
        ("go", kinds::<GoReason>()),
        ("disk", kinds::<DiskError>()),
        ("storage", kinds::<StorageKind>()),
        ("gap", kinds::<GapKind>()),
    ];
    let rows = rows();
    for (family, kinds) in families {
        let listed: BTreeSet<_> =
            rows.iter().filter(|row| row.family == family).map(|row| row.event.to_owned()).collect();
        for kind in &kinds {
            assert!(
                listed.contains(kind),
                "ingest/EVENTS.md has no row for `{kind}`: add one to the table below \"## {family}\", as\n\
                 | `{kind}` | who writes it | versions | `field`, `field` | `example` |\n\
                 where the example is a record a code span, `kernel: TEXT` or a JSON object of fields, and the fields \
                 are those that this example gives"
            );
        }
        for event in listed {
            assert!(
                kinds.contains(&event),
                "ingest/EVENTS.md lists `{event}` below {family}, which is no kind of it"
            );
        }
    }
}
