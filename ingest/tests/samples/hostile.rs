//! Any bytes are read to their end: what comes out is bounded by what went in.

use std::sync::LazyLock;

use bstr::ByteSlice as _;
use nwlog_corpora::samples;
use nwlog_ingest::source::{Chunks, Format, Limits, Stats};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::{forms, read, written};

const FORMATS: [Format; 6] =
    [Format::Export, Format::Json, Format::Kmsg, Format::Dmesg, Format::Short { host: true }, Format::Bare];

/// How much of a log is mutated at a time, in bytes: a mutation is to hit something that matters.
const PIECE: usize = 48 << 10;

/// Logs of every format, with the format: the samples as they are, and pieces of the recordings.
static LOGS: LazyLock<Vec<(Format, Vec<u8>)>> = LazyLock::new(|| {
    let sample = |sample: samples::Sample| {
        let log = sample.read().unwrap();
        let format = Chunks::new(&*log, Limits::default()).unwrap().format().unwrap();
        (format, log)
    };
    let mut logs: Vec<_> = samples::all().unwrap().into_iter().map(sample).collect();
    for recording in forms::recordings() {
        let entries = written::entries(&recording, Format::Export);
        for format in FORMATS {
            let log = written::log(&entries, format);
            logs.extend(log.chunks(PIECE).map(|piece| (format, piece.to_vec())));
        }
    }
    logs
});

/// What opens, nests and ends things in the formats and families.
const PIECES: &[&[u8]] = &[
    b"\0",
    b"\n",
    b"\n\n",
    b"\xff\xff\xff\xff\xff\xff\xff\xff",
    b"MESSAGE\n\xff\xff\xff\xff\xff\xff\xff\x7f",
    b"{\"MESSAGE\":[",
    b"\\x",
    b"panic: ",
    b"goroutine 18446744073709551616 [running]:\n",
    b"total-vm:18446744073709551616kB",
    b"oom-kill:constraint=",
    b"sysrq: Manual OOM execution\n",
    b"Memory cgroup stats for /:\n",
    b"Considered 9 cgroups for killing, top candidates were:\n",
    b"sending SIGTERM to process 5 uid 0 \"x\": badness 1, VmRSS 18446744073709551615 MiB\n",
    b"CONTAINER_NAME=a\nCONTAINER_PARTIAL_MESSAGE=true\n",
    b"9999999999999999999999999",
];

/// Damage to a log.
#[derive(Clone, Debug)]
enum Damage {
    Flip(Index, u8),
    Cut(Index),
    CutHead(Index),
    Drop(Index),
    Double(Index),
    Swap(Index, Index),
    Insert(Index, Vec<u8>),
}

fn damage() -> impl Strategy<Value = Damage> {
    let place = any::<Index>;
    let piece =
        prop_oneof![select(PIECES).prop_map(<[u8]>::to_vec), prop::collection::vec(any::<u8>(), 0..64)];
    prop_oneof![
        4 => (place(), any::<u8>()).prop_map(|(at, byte)| Damage::Flip(at, byte)),
        1 => place().prop_map(Damage::Cut),
        1 => place().prop_map(Damage::CutHead),
        3 => place().prop_map(Damage::Drop),
        3 => place().prop_map(Damage::Double),
        3 => (place(), place()).prop_map(|(one, other)| Damage::Swap(one, other)),
        3 => (place(), piece).prop_map(|(at, piece)| Damage::Insert(at, piece)),
    ]
}

impl Damage {
    fn apply(&self, log: &mut Vec<u8>) {
        let line = |log: &[u8], at: &Index| {
            let at = at.index(log.len());
            let start = log[..at].rfind_byte(b'\n').map_or(0, |end| end + 1);
            start..log[at..].find_byte(b'\n').map_or(log.len(), |end| at + end + 1)
        };
        match self {
            _ if log.is_empty() => {}
            Self::Flip(at, byte) => {
                let at = at.index(log.len());
                log[at] ^= byte;
            }
            Self::Cut(at) => log.truncate(at.index(log.len())),
            Self::CutHead(at) => drop(log.drain(..at.index(log.len()))),
            Self::Drop(at) => drop(log.drain(line(log, at))),
            Self::Double(at) => {
                let line = line(log, at);
                let copy = log[line.clone()].to_vec();
                log.splice(line.start..line.start, copy);
            }
            Self::Swap(one, other) => {
                let taken: Vec<u8> = log.drain(line(log, one)).collect();
                let at = if log.is_empty() { 0 } else { line(log, other).start };
                log.splice(at..at, taken);
            }
            Self::Insert(at, piece) => {
                let at = at.index(log.len());
                log.splice(at..at, piece.iter().copied());
            }
        }
    }
}

/// Reads a log to its end, and holds the events against its lines.
fn check(log: &[u8], format: Format, chunk: usize) -> Result<(), TestCaseError> {
    let events = read::of_format(log, format, chunk);
    let (mut kill_lines, mut lines) = (0, 0);
    for chunk in read::chunks(log, format, chunk) {
        chunk.visit(&mut Stats::default(), &mut |_, entry| {
            let text = entry.known().message.unwrap_or_default();
            kill_lines += usize::from(text.contains_str("Killed process"));
            lines += 1 + text.find_iter("\n").count();
        });
    }
    prop_assert!(read::kills(&events).len() <= kill_lines);
    // A line tells of one thing at the most, and a dump that it ends of another.
    prop_assert!(events.len() <= 2 * lines, "{} events of {lines} lines", events.len());
    for event in &events {
        prop_assert!(event.text.len() <= nwlog_ingest::event::MAX_TEXT);
        prop_assert!(event.context.iter().count() <= nwlog_ingest::scan::CONTEXT_LINES);
        prop_assert!(event.at.order(&event.received).is_le(), "{event:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(
        log in prop::collection::vec(any::<u8>(), 0..2_000),
        format in select(&FORMATS[..]),
        chunk in 1_usize..3_000,
    ) {
        check(&log, format, chunk)?;
        read::sniffed(&log);
    }

    #[test]
    fn damaged_logs_are_read(
        pick in any::<Index>(),
        damages in prop::collection::vec(damage(), 1..24),
        foreign in prop::option::weighted(0.1, select(&FORMATS[..])),
        chunk in prop_oneof![Just(4_usize << 20), 1_usize..100_000],
    ) {
        let (format, log) = pick.get(&LOGS[..]);
        let mut log = log.clone();
        damages.iter().for_each(|damage| damage.apply(&mut log));
        check(&log, foreign.unwrap_or(*format), chunk)?;
        read::sniffed(&log);
    }
}

#[test]
fn damaged_samples_are_read() {
    use proptest::test_runner::{Config, TestRunner};
    let samples = samples::all().unwrap().len();
    for (format, log) in &LOGS[..samples] {
        let mut runner =
            TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
        let damages = prop::collection::vec(damage(), 1..12);
        let run = runner.run(&damages, |damages| {
            let mut log = log.clone();
            damages.iter().for_each(|damage| damage.apply(&mut log));
            check(&log, *format, 4 << 20)
        });
        run.unwrap_or_else(|error| panic!("{error}"));
    }
}

/// A recording at once, damaged in a thousand places.
#[test]
fn a_damaged_recording_is_read() {
    use proptest::test_runner::{Config, TestRunner};
    let recording = forms::recordings().swap_remove(0);
    let damages = prop::collection::vec((any::<Index>(), 1_u8..), 1_000);
    let mut runner = TestRunner::new(Config { cases: 2, failure_persistence: None, ..Config::default() });
    let run = runner.run(&damages, |damages| {
        let mut log = recording.clone();
        for (at, byte) in damages {
            let at = at.index(log.len());
            log[at] ^= byte;
        }
        check(&log, Format::Export, 1 << 20)
    });
    run.unwrap_or_else(|error| panic!("{error}"));
}
