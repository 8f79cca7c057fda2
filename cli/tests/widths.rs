//! What is printed on a terminal is no wider than it: every verb, in both languages, in terminals of two widths.

use std::path::PathBuf;
use std::process::Command;

use nwlog::output::{Format, Printer, View, escape};
use nwlog::words::Lang;
use nwlog_corpora::recordings;

use crate::desk::Desk;

const WIDTHS: [usize; 2] = [80, 140];
const LOCALES: [&str; 2] = ["C.UTF-8", "zh_CN.UTF-8"];

/// Commands as people type them. `cat` and JSON are what was written, however wide.
const COMMANDS: &[&str] = &[
    "list -n all",
    "list -n 5 -o timeline",
    "show ID",
    "search killed -n all",
    "search 'killed OR panic OR refused' -n all -o timeline",
    "search nosuchword",
    "search --facet unit -n all",
    "search --facet kind",
    "search --facet day",
    "stats",
    "stats --by unit -n all",
    "stats --by week",
    "status",
    "analyze --no-store night.export",
    "analyze --no-store -o short night.export",
    "analyze --no-store /nowhere/at/all/and/with/a/path/that/is/longer/than/a/narrow/terminal/is/wide/x.export",
    "search killed 'knd:oom-kill'",
    "search 'a_field_that_is_none_at_all:>7'",
    "list -n few",
    "list --since soon",
    "show ffffffff",
    "store check",
    "store",
    "help query",
    "nonsense",
];

/// A desk with a recording in its store and beside it, and the id of one of its incidents.
fn desk() -> (Desk, String) {
    let desk = Desk::new();
    let night = recordings::all().unwrap().into_iter().find(|one| one.name == "nightbox").unwrap();
    desk.put("night.export", night.read().unwrap());
    desk.run("analyze -q -o short night.export").with_status(0);
    let id = desk.run("list -n 1 -o json kind:oom-kill").column("id");
    let id = id.first().cloned().unwrap_or_else(|| desk.run("list -n 1 -o json").column("id")[0].clone());
    (desk, id)
}

/// What a terminal of so many columns gets, where this machine can make one (script, of util-linux).
pub(crate) fn on_terminal(desk: &Desk, width: usize, locale: &str, command: &str) -> Option<String> {
    let nwlog = PathBuf::from(env!("CARGO_BIN_EXE_nwlog"));
    let line = format!("stty cols {width} rows 50; '{}' {command}", nwlog.display());
    let mut script = desk.command("script");
    let path = std::env::var_os("PATH")?;
    script.env("PATH", path).env("TERM", "xterm-256color").env("LC_ALL", locale).env("NWLOG_PAGER", "cat");
    let output = script.args(["-q", "-c", &line, "/dev/null"]).output().ok()?;
    Some(String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n"))
}

#[track_caller]
fn assert_fits(text: &str, width: usize, what: &str) {
    let plain = anstream::adapter::strip_str(text).to_string();
    assert!(!plain.trim().is_empty(), "{what} says nothing");
    // What a bar drew is drawn over.
    for line in plain.lines().filter_map(|line| line.rsplit('\r').next()) {
        assert!(
            escape::columns(line) <= width,
            "{what}, {width} columns, {} are taken: {line}",
            escape::columns(line)
        );
    }
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    if Command::new("script").arg("--version").output().is_err() {
        eprintln!("skipped: no script(1) here");
        return;
    }
    let (desk, id) = desk();
    for width in WIDTHS {
        for locale in LOCALES {
            for command in COMMANDS {
                let command = command.replace("ID", &id);
                let said = on_terminal(&desk, width, locale, &command).unwrap();
                assert_fits(&said, width, &format!("{locale}: nwlog {command}"));
            }
            for verb in crate::help::VERBS {
                for help in ["-h", "--help"] {
                    let command = format!("{verb} {help}");
                    let said = on_terminal(&desk, width, locale, &command).unwrap();
                    assert_fits(&said, width, &format!("{locale}: nwlog {command}"));
                }
            }
        }
    }
}

#[test]
fn every_incident_fits_as_it_is_listed_told_and_followed() {
    for recording in recordings::all().unwrap() {
        let incidents = nwlog_benches::incidents_of(&recording.read().unwrap().into()).unwrap();
        if incidents.is_empty() {
            continue;
        }
        for width in [60, 80, 140] {
            for lang in [Lang::En, Lang::Zh] {
                for format in [Format::Short, Format::Timeline] {
                    let view = View { width: Some(width), lang, ..View::PLAIN };
                    let mut out = Vec::new();
                    let mut printer = Printer::new(&mut out, format, view);
                    for incident in &incidents {
                        printer.incident(incident).unwrap();
                        if width > 60 {
                            printer.change(incident, "withdrawn").unwrap();
                        }
                    }
                    assert_fits(&String::from_utf8(out).unwrap(), width, recording.name);
                }
            }
        }
    }
}
