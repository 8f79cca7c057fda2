//! Damage: that it is told and not taken for an answer, and what can be done about it.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use tantivy::{DocAddress, TantivyError};

use super::Store;
use super::anew::{self, Repaired};
use crate::error::Error;
use crate::writer::WriterOptions;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic of this thread would be caught and told as damage: nobody needs to print it.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

impl Store {
    /// Writes a damaged store anew with every incident in it that can still be read.
    ///
    /// # Errors
    /// [`Error::NoStore`] where there is nothing to read, [`Error::LockBusy`] while another process writes, or what
    /// writing its files gives; the store is as it was then.
    pub fn repair(dir: impl AsRef<Path>, options: WriterOptions) -> Result<Repaired, Error> {
        anew::repair(dir.as_ref(), options)
    }

    /// Reads everything that the store holds, and names the files that are not as they were written.
    ///
    /// # Errors
    /// [`Error::Damaged`], or what reading its files gives.
    pub fn verify(&self) -> Result<Vec<PathBuf>, Error> {
        let mut bad: Vec<_> = self.guarded(|| self.index.validate_checksum())?.into_iter().collect();
        bad.sort();
        if bad.is_empty() {
            let searcher = self.searcher();
            for (segment, reader) in (0..).zip(searcher.segment_readers()) {
                for doc in reader.doc_ids_alive() {
                    self.read(&searcher, DocAddress::new(segment, doc))?;
                }
            }
        }
        Ok(bad)
    }

    /// Runs a search. What lies in a damaged index is taken at its word by tantivy, which may end in a panic: that is
    /// damage too.
    pub(crate) fn guarded<T>(&self, search: impl FnOnce() -> Result<T, TantivyError>) -> Result<T, Error> {
        let before = GUARDED.replace(true);
        let done = catch_unwind(AssertUnwindSafe(search));
        GUARDED.set(before);
        match done {
            Ok(done) => done.map_err(|why| self.failed(why)),
            Err(_) => Err(Error::damaged(&self.dir, "the index contradicts itself")),
        }
    }
}
