//! Every file that fuzzing began with or stumbled over, read in every way there is.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../../fuzz/fuzz_targets/journal_file/everything.rs"]
mod everything;

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/journal_file");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 40, "only {} files", files.len());
    files
}

#[test]
fn no_file_has_traces_of_a_machine() {
    for path in files() {
        let bytes = fs::read(&path).unwrap();
        let traces = ["_EXE=", "_CMDLINE=", "_CAP_EFFECTIVE=", "_SYSTEMD_CGROUP=", "_SYSTEMD_INVOCATION_ID="];
        let has = |trace: &&&str| memchr::memmem::find(&bytes, trace.as_bytes()).is_some();
        assert_eq!(traces.iter().find(has), None, "{path:?}");
        for at in memchr::memmem::find_iter(&bytes, "_HOSTNAME=") {
            assert!(bytes[at..].starts_with(b"_HOSTNAME=zoo"), "{path:?}: another host");
        }
    }
}

#[test]
fn every_file_is_read() {
    let files = files();
    let failed: Vec<_> = files
        .iter()
        .filter(|path| {
            let bytes = fs::read(path).unwrap();
            catch_unwind(|| everything::read(&bytes)).is_err()
        })
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
}
