//! Bytes to events, as a batch run reads them.

use nwlog_corpora::samples::Sample;
use nwlog_ingest::event::oom::{OomFact, OomKill};
use nwlog_ingest::event::{Event, Fact, GoFact};
use nwlog_ingest::scan::{Scanned, Session};
use nwlog_ingest::source::{Chunk, Chunks, Format, Limits};

/// The events of a log whose format its content tells; none where it is no log.
pub(crate) fn sniffed(log: &[u8]) -> Option<Vec<Event>> {
    let chunks = Chunks::new(log, Limits::default()).ok()?;
    Some(taken(chunks.map(|chunk| chunk.expect("a readable chunk"))))
}

/// The events of a log of a known format, cut into chunks of about so many bytes.
pub(crate) fn of_format(log: &[u8], format: Format, chunk: usize) -> Vec<Event> {
    taken(chunks(log, format, chunk))
}

/// The chunks of a log of a known format.
pub(crate) fn chunks(log: &[u8], format: Format, chunk: usize) -> impl Iterator<Item = Chunk> {
    let limits = Limits { chunk, ..Limits::default() };
    Chunks::with_format(log, format, limits).map(|chunk| chunk.expect("a readable chunk"))
}

/// The events of a sample.
pub(crate) fn sample(sample: &Sample) -> Vec<Event> {
    sniffed(&sample.read().unwrap()).unwrap_or_else(|| panic!("{} is no log", sample.name))
}

fn taken(chunks: impl Iterator<Item = Chunk>) -> Vec<Event> {
    let mut events = Vec::new();
    let mut session = Session::default();
    for chunk in chunks {
        session.take(Scanned::of(chunk), &mut |event| events.push(event));
    }
    session.finish(&mut |event| events.push(event));
    events
}

/// The kills among events.
pub(crate) fn kills(events: &[Event]) -> Vec<&OomKill> {
    let mut kills = Vec::new();
    for event in events {
        if let Fact::Oom(OomFact::Kill(kill)) = &event.fact {
            kills.push(&**kill);
        }
    }
    kills
}

/// The crashes among events.
pub(crate) fn crashes(events: &[Event]) -> Vec<&GoFact> {
    let mut crashes = Vec::new();
    for event in events {
        if let Fact::Go(crash) = &event.fact {
            crashes.push(&**crash);
        }
    }
    crashes
}
