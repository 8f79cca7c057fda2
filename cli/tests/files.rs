//! Journal files beside the export of them.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use nwlog_corpora::journals::Entry;
use nwlog_corpora::journals::entry::read_export;
use nwlog_corpora::journals::forge::{Forge, Form};
use nwlog_corpora::recordings;
use nwlog_ingest::source::decompress;

use crate::desk::Desk;

/// Writes entries into so many journal files of one journal.
fn write(dir: &Path, entries: &[Entry], files: usize) {
    let len = entries.len().div_ceil(files);
    for (n, part) in entries.chunks(len).enumerate() {
        let form = Form {
            seqnum: (n * len) as u64 + 1,
            file_id: 7 + n as u128,
            compact: n % 2 == 0,
            ..Form::default()
        };
        fs::write(dir.join(format!("system{n}.journal")), Forge::file(form, part)).unwrap();
    }
}

fn entries(recording: &[u8]) -> Vec<Entry> {
    let mut export = Vec::new();
    decompress(Cursor::new(recording.to_vec())).unwrap().read_to_end(&mut export).unwrap();
    let (placed, _) = read_export(&export);
    placed.into_iter().map(|placed| placed.entry.sorted()).collect()
}

#[test]
fn a_journal_and_its_export_tell_the_same_to_the_byte() {
    for recording in recordings::all().unwrap() {
        let desk = Desk::new();
        let dir = tempfile::tempdir().unwrap();
        let entries = entries(&recording.read().unwrap());
        write(dir.path(), &entries, 5);

        let cat = [Path::new("cat"), Path::new("-oexport"), dir.path()];
        let export = desk.command(env!("CARGO_BIN_EXE_nwlog")).args(cat).output().unwrap();
        assert!(export.status.success(), "{export:?}");
        let path = desk.put("x.export", &export.stdout);
        let told = |path: &Path| {
            desk.nwlog([Path::new("analyze"), Path::new("--no-store"), Path::new("-ojson"), path])
                .with_status(0)
        };
        assert_eq!(told(dir.path()).out, told(&path).out, "{}", recording.name);
    }
}

#[test]
fn a_cut_journal_is_told_and_the_rest_is_read() {
    let desk = Desk::new();
    let dir = tempfile::tempdir().unwrap();
    let nightbox = recordings::all().unwrap().remove(0);
    let entries = entries(&nightbox.read().unwrap());
    let mut bytes = Forge::file(Form::default(), &entries);
    bytes.truncate(bytes.len() * 9 / 10);
    let path = dir.path().join("cut.journal");
    fs::write(&path, bytes).unwrap();
    let args = [Path::new("analyze"), Path::new("--no-store"), Path::new("-ojson"), &path];
    let said = desk.nwlog(args).with_status(2);
    assert!(
        said.err.contains("cut.journal is damaged") && said.err.contains("bytes cut off"),
        "{}",
        said.err
    );
    assert!(said.json().len() > 3);
}
