//! The readers of journal files against the generated text that these were made from.
#![allow(clippy::unwrap_used)]

use std::io::{Write, stderr};
use std::path::Path;

use nwlog_benches::generator::{Failures, generate};
use nwlog_benches::reader::{self, FIELDS, Tally, files};
use nwlog_benches::side::set::{Form, Set, Source};

const ENTRIES: u64 = 20_000;
const SOURCE: Source = Source { seed: 7, failures: Failures::Often };

/// What the generated export holds. Its five fields are all of the form without a length.
fn expected() -> Tally {
    let mut export = Vec::new();
    generate(&mut export, ENTRIES, SOURCE.seed, SOURCE.failures).unwrap();
    let lines = || export.split(|&byte| byte == b'\n');
    let is_asked = |line: &&[u8]| FIELDS.iter().any(|field| line.starts_with(field));
    Tally {
        entries: lines().filter(|line| line.starts_with(b"__REALTIME_TIMESTAMP=")).count() as u64,
        bytes: lines().filter(is_asked).map(|line| line.len() as u64).sum(),
    }
}

#[test]
fn all_find_what_was_written() {
    if !Path::new("/lib/systemd/systemd-journal-remote").is_file() {
        writeln!(stderr(), "skipped: systemd-journal-remote is missing (Debian package of that name)")
            .unwrap();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let expected = expected();
    for form in [Form::Plain, Form::Compact] {
        let set = Set::in_folder(folder.path(), form, ENTRIES, SOURCE).unwrap();
        assert_eq!(set.entries, Some(expected.entries), "{form}: headers");
        let files = files(&set.path).unwrap();
        assert_eq!(reader::memmem::read(&files).unwrap(), set.bytes, "{form}: memmem");
        assert_eq!(reader::nwlog::read(&files).unwrap(), expected, "{form}: nwlog");
        assert_eq!(reader::sdjournal::read(&set.path).unwrap(), expected, "{form}: sdjournal");
    }
}
