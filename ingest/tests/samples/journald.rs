//! A crash says the same on stderr and in a journal, where its lines stand apart, between others', and the empty ones
//! are lost.

use nwlog_corpora::samples::{self, Family};
use nwlog_ingest::event::{GoFact, Identity};
use nwlog_ingest::parse::Record;
use nwlog_ingest::parse::go::{GoDump, Taken};
use nwlog_ingest::source::Format;
use nwlog_ingest::time::Moment;

use crate::read;
use crate::written::{self, Entry};

/// Lines of one process, each with its empty lines, straight through the assembler.
fn of_stderr(text: &[u8]) -> Vec<GoFact> {
    let mut facts = Vec::new();
    let mut open: Option<GoDump> = None;
    for text in text.split(|&byte| byte == b'\n') {
        let (at, identity) = (Moment::default(), Identity(0));
        let record = Record { at, received: at, identity, text };
        if open.as_mut().is_some_and(|dump| dump.push(&record) == Taken::Yes) {
            continue;
        }
        facts.extend(open.take().and_then(GoDump::finish));
        open = GoDump::open(&record);
    }
    facts.extend(open.and_then(GoDump::finish));
    facts.into_iter().map(|told| told.fact).collect()
}

/// As journald stores them: one entry a line, with another process's line after each.
fn entries(text: &[u8]) -> Vec<Entry> {
    let full = text.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
    let line = |(number, text): (usize, &[u8])| {
        let at = 1_000_000 + 10 * number as u64;
        let other: &[u8] = if number % 2 == 0 { b"panic: of another" } else { b"goroutine 1 [running]:" };
        [written::line(at, 7, "app", text), written::line(at + 5, 8, "other", other)]
    };
    full.enumerate().flat_map(line).collect()
}

#[test]
fn crashes_read_the_same_in_every_form() {
    for sample in samples::of(Family::GoPanic).unwrap() {
        let text = sample.read().unwrap();
        let expected = of_stderr(&text);
        let own = |events: Vec<nwlog_ingest::Event>| -> Vec<GoFact> {
            let own = events.into_iter().filter(|event| event.origin.pid != Some(8)).collect::<Vec<_>>();
            read::crashes(&own).into_iter().cloned().collect()
        };
        let entries = entries(&text);
        assert_eq!(own(read::sniffed(&text).unwrap()), expected, "{} bare", sample.name);
        for format in [Format::Export, Format::Json, Format::Short { host: true }] {
            let log = written::log(&entries, format);
            for chunk in [777, 4 << 20] {
                let read = own(read::of_format(&log, format, chunk));
                assert_eq!(read, expected, "{} as {format:?} by {chunk}", sample.name);
            }
        }
    }
}
