//! Bytes to events, in one piece and in small ones: both have to tell the same.

use nwlog_ingest::Event;
use nwlog_ingest::scan::{Scanned, Session};
use nwlog_ingest::source::{Chunks, Format, Limits};

/// The lines of a writer, as a journal export has them. `fields` say who it is, each `NAME=value`.
pub(crate) fn written(lines: &[u8], fields: &[&str]) -> Vec<u8> {
    let mut export = Vec::new();
    for (n, line) in lines.split(|byte| *byte == b'\n').enumerate() {
        let at = 1_000_000 + n;
        let stored =
            format!("__REALTIME_TIMESTAMP={}\n__MONOTONIC_TIMESTAMP={at}\n", 1_700_000_000_000_000 + n);
        let source = format!("_SOURCE_MONOTONIC_TIMESTAMP={at}\n_BOOT_ID=0123456789abcdef0123456789abcdef\n");
        export.extend_from_slice(stored.as_bytes());
        export.extend_from_slice(source.as_bytes());
        fields.iter().for_each(|field| export.extend_from_slice(format!("{field}\n").as_bytes()));
        // Framed, for a line may hold anything.
        export.extend_from_slice(b"MESSAGE\n");
        export.extend_from_slice(&(line.len() as u64).to_le_bytes());
        export.extend_from_slice(line);
        export.extend_from_slice(b"\n\n");
    }
    export
}

/// Reads an export, and holds what it tells against what it tells in small chunks.
pub(crate) fn read(export: &[u8]) {
    let whole = events(export, Limits::default().chunk);
    assert_eq!(whole, events(export, 512), "cut otherwise");
}

fn events(export: &[u8], chunk: usize) -> Vec<Event> {
    let limits = Limits { chunk, ..Limits::default() };
    let mut events = Vec::new();
    let mut session = Session::default();
    for chunk in Chunks::with_format(export, Format::Export, limits).flatten() {
        session.take(Scanned::of(chunk), &mut |event| events.push(event));
    }
    session.finish(&mut |event| events.push(event));
    events
}
