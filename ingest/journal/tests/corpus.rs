//! Every file that fuzzing began with or stumbled over, read in every way there is.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../../fuzz/fuzz_targets/journal_file/everything.rs"]
mod everything;

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

#[test]
fn every_file_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/journal_file");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 40, "only {} files", files.len());
    let failed: Vec<_> = files
        .iter()
        .filter(|path| {
            let bytes = fs::read(path).unwrap();
            catch_unwind(|| everything::read(&bytes)).is_err()
        })
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
}
