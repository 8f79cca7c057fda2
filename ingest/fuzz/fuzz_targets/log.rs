//! Any bytes are a log of some format, or are refused.

#![no_main]

use nwlog_ingest::scan::{Scanned, Session};
use nwlog_ingest::source::{Chunks, Limits, decompress};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(plain) = decompress(std::io::Cursor::new(bytes.to_vec())) else { return };
    let Ok(chunks) = Chunks::new(plain, Limits { chunk: 4096, ..Limits::default() }) else { return };
    let mut session = Session::default();
    for chunk in chunks.flatten() {
        session.take(Scanned::of(chunk), &mut |_| {});
    }
    session.finish(&mut |_| {});
});
