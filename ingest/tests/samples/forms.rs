//! The kernel's kills are the same in every form of its log.

use std::io::{Cursor, Read as _};

use nwlog_corpora::truth::Expect;
use nwlog_ingest::event::oom::OomKill;
use nwlog_ingest::event::{Event, Fact, Manager, OomFact, UnitFact, Writer};
use nwlog_ingest::source::{Format, decompress};

use crate::read;
use crate::written;

/// Every recording, as an export.
pub(crate) fn recordings() -> Vec<Vec<u8>> {
    let unpacked = |recording: nwlog_corpora::recordings::Recording| {
        let mut log = Vec::new();
        decompress(Cursor::new(recording.read().unwrap())).unwrap().read_to_end(&mut log).unwrap();
        log
    };
    let failed = |recording: &nwlog_corpora::recordings::Recording| {
        recording.rows.iter().any(|row| row.expect == Expect::Must)
    };
    nwlog_corpora::recordings::all().unwrap().into_iter().filter(failed).map(unpacked).collect()
}

/// What a kill says and whose it is, without the numbers and times that hang on where the record stood.
fn told(events: &[Event]) -> Vec<(Option<Box<str>>, OomKill)> {
    let kill = |event: &Event| match &event.fact {
        Fact::Oom(OomFact::Kill(kill)) => {
            let mut kill = OomKill { block: 0, ..(**kill).clone() };
            kill.notes.iter_mut().for_each(|note| note.at = Default::default());
            Some((event.origin.unit.clone(), kill))
        }
        _ => None,
    };
    events.iter().filter_map(kill).collect()
}

#[test]
fn kills_are_the_same_in_every_form() {
    for log in recordings() {
        let expected = told(&read::of_format(&log, Format::Export, 4 << 20));
        assert!(!expected.is_empty());
        let entries = written::entries(&log, Format::Export);
        for format in [Format::Json, Format::Short { host: true }, Format::Kmsg, Format::Dmesg] {
            let log = written::log(&entries, format);
            assert_eq!(told(&read::sniffed(&log).unwrap()), expected, "{format:?}");
        }
    }
}

/// What PID 1 said of services by their names: before v249 a job's text has the description alone. Text loses the type of
/// a job, which units programs are of, and whose manager speaks.
fn said(events: Vec<Event>) -> Vec<(Box<str>, UnitFact)> {
    let said = |event: Event| match (event.origin.unit, event.fact) {
        (Some(unit), Fact::Unit(fact)) => {
            let by_system = event.origin.writer == Writer::Systemd && event.origin.manager == Manager::System;
            (by_system && event.text.contains(&*unit)).then_some((unit, fact))
        }
        _ => None,
    };
    let mut said: Vec<_> =
        events.into_iter().filter_map(said).filter(|(unit, _)| unit.ends_with(".service")).collect();
    for (_, fact) in &mut said {
        match fact {
            UnitFact::Stopped { job_type } => *job_type = None,
            UnitFact::ControlExit(control) => control.command = None,
            // Text has milliseconds, and sizes with one digit behind the point.
            UnitFact::Resources { cpu_ns, memory_peak, swap_peak } => {
                *cpu_ns = cpu_ns.map(|ns| ns / 1_000_000);
                *memory_peak = memory_peak.filter(|bytes| *bytes > 0).map(|_| 1);
                *swap_peak = None;
            }
            _ => {}
        }
    }
    said
}

#[test]
fn managers_say_the_same_of_services_in_text() {
    for log in recordings() {
        let expected = said(read::of_format(&log, Format::Export, 4 << 20));
        assert!(!expected.is_empty());
        let mut entries = written::entries(&log, Format::Export);
        // What systemd wrote to the kernel's log before journald ran looks like its own in text, and proves nothing.
        entries.retain(|entry| {
            written::get(entry, "_TRANSPORT") != Some(b"kernel")
                || written::get(entry, "SYSLOG_FACILITY") == Some(b"0")
        });
        let text = written::log(&entries, Format::Short { host: true });
        let text = said(read::sniffed(&text).unwrap());
        assert_eq!(text, expected);
    }
}
