//! A whole machine's journal, as journalctl exported it.
#![allow(missing_docs, clippy::unwrap_used)]

use std::ops::ControlFlow;
use std::path::Path;

use nwlog_ingest::source::{Source, Stats, Stream, locate};

const RECORDING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../corpora/recordings/nightbox.export.zst");

#[test]
fn every_entry_of_a_recording_is_read() {
    let mut stream = Stream::open(Path::new(RECORDING)).unwrap();
    let mut with_time = 0;
    let stats = stream.visit(&mut |entry| {
        with_time += u64::from(entry.get(b"__REALTIME_TIMESTAMP").is_some_and(|time| time.len() == 16));
        ControlFlow::Continue(())
    });
    let bytes = 6_104_966;
    assert_eq!(stats.unwrap(), Stats { entries: 7681, bytes, ..Stats::default() });
    assert_eq!(with_time, 7681);
}

#[test]
fn a_recording_is_found_in_its_directory() {
    let path = Path::new(RECORDING);
    let located = locate(path.parent().unwrap()).unwrap();
    assert!(located.logs.contains(&path.to_path_buf()), "{located:?}");
    assert!(located.unreadable.is_empty());
}
