//! The shapes that incidents are printed in.

use nwlog::output::{Format, Printer, View};
use nwlog_correlate::Incident;

use crate::incidents;

fn printed(format: Format, view: View, incidents: &[Incident]) -> String {
    let mut out = Vec::new();
    let mut printer = Printer::new(&mut out, format, view);
    for incident in incidents {
        printer.incident(incident).unwrap();
    }
    drop(printer);
    String::from_utf8(out).unwrap()
}

fn every_kind() -> Vec<Incident> {
    vec![
        incidents::oom(),
        incidents::go_panic(),
        incidents::disk(),
        incidents::ring_only(),
        incidents::bare(),
    ]
}

#[test]
fn short() {
    insta::assert_snapshot!(printed(Format::Short, View::PLAIN, &every_kind()));
}

#[test]
fn timeline() {
    insta::assert_snapshot!(printed(Format::Timeline, View::PLAIN, &every_kind()));
}

#[test]
fn timeline_with_everything() {
    let view = View { all: true, ..View::PLAIN };
    insta::assert_snapshot!(printed(Format::Timeline, view, &[incidents::oom(), incidents::go_panic()]));
}

#[test]
fn timeline_on_a_narrow_terminal() {
    let view = View { width: Some(60), context: 2, ..View::PLAIN };
    let out = printed(Format::Timeline, view, &every_kind());
    insta::assert_snapshot!(out);
}

#[test]
fn json() {
    let lines = printed(Format::Json, View::PLAIN, &every_kind());
    let pretty: Vec<_> = lines
        .lines()
        .map(|line| {
            serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(line).unwrap()).unwrap()
        })
        .collect();
    assert_eq!(pretty.len(), 5);
    insta::assert_snapshot!(pretty.join("\n"));
}

#[test]
fn json_has_no_null() {
    for incident in every_kind() {
        let line = printed(Format::Json, View::PLAIN, &[incident]);
        assert!(!line.contains("null"), "{line}");
    }
}
