#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod causes;
mod ends;
mod laws;
mod stacks;

use super::*;

fn record(number: usize, text: &[u8]) -> Record<'_> {
    let at = Moment::new(1_000_000 + number as u64, number as u64);
    Record { at, received: at, identity: Identity(number as u64), text }
}

/// Reads one writer's lines as a caller does: what a dump does not take is offered to the next.
fn read<'a>(lines: impl Iterator<Item = &'a [u8]>) -> Vec<Assembled<GoFact>> {
    let mut facts = Vec::new();
    let mut current: Option<GoDump> = None;
    for (number, line) in lines.enumerate() {
        let record = record(number, line);
        if let Some(dump) = &mut current {
            if dump.push(&record) == Taken::Yes {
                let stored = serde_json::to_vec(dump).unwrap();
                *dump = serde_json::from_slice(&stored).unwrap();
                continue;
            }
            facts.extend(current.take().and_then(GoDump::finish));
        }
        current = GoDump::open(&record);
        assert!(current.is_none() || GoDump::opens(line));
    }
    facts.extend(current.and_then(GoDump::finish));
    facts
}

/// The facts of a text as it was written; the same as a journal has it, without empty lines; and as journald before
/// v229 has it, without indentation.
fn forms(text: &str) -> [Vec<Assembled<GoFact>>; 3] {
    let lines = || text.lines().map(str::as_bytes);
    let full = |line: &&[u8]| !line.trim_ascii().is_empty();
    [read(lines()), read(lines().filter(full)), read(lines().map(<[u8]>::trim_ascii).filter(full))]
}

fn only(text: &str) -> GoFact {
    let [raw, journal, stripped] = forms(text);
    assert_eq!(raw.len(), 1, "{text}: {raw:?}");
    assert_eq!(raw[0].fact, journal[0].fact, "{text}");
    assert_eq!(journal.len() + stripped.len(), 2, "{text}");
    assert_eq!(
        (raw[0].fact.reason, &raw[0].fact.frames),
        (stripped[0].fact.reason, &stripped[0].fact.frames),
        "{text}"
    );
    raw.into_iter().next().unwrap().fact
}

const MAIN: &str = "goroutine 1 [running]:\nmain.main()\n\t/s/main.go:5 +0x1d\n";
