//! Writing a store: upserts, collected and committed together with the position of the reader that made them.

mod pending;

use std::path::Path;

use nwlog_correlate::{Corrected, Incident, IncidentId};
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, NoMergePolicy};
use tantivy::{IndexWriter, TantivyDocument, Term};

use crate::checkpoint::Checkpoint;
use crate::document;
use crate::error::Error;
use crate::merge::revise;
use crate::store::{Store, prepare, upgrade};

use pending::Pending;

/// Segments that lie side by side before they are made one: each costs every search some time.
const MIN_SEGMENTS: usize = 4;
/// The share of replaced documents at which a segment is rewritten.
const MAX_DELETED: f32 = 0.3;

/// How much a writer may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriterOptions {
    /// Memory for documents that are not on disk yet, in bytes; at least 15 million.
    pub heap_bytes: usize,
}

impl WriterOptions {
    /// For many incidents at once.
    pub const BATCH: Self = Self { heap_bytes: 50_000_000 };
    /// For a few now and then.
    pub const LIVE: Self = Self { heap_bytes: 15_000_000 };
}

impl Default for WriterOptions {
    fn default() -> Self {
        Self::BATCH
    }
}

/// A store that is open for writing: the only writer of it.
///
/// What is written stays in memory until [`commit`](Self::commit), and is lost where that is not called. Readers see
/// a commit whole or not at all, and what is committed is on disk.
pub struct Writer {
    // Dropped first: it works on the index that the store holds. None where it could not be opened again.
    inner: Option<IndexWriter>,
    store: Store,
    options: WriterOptions,
    pending: Pending,
}

impl Writer {
    pub(crate) fn open(dir: &Path, options: WriterOptions) -> Result<Self, Error> {
        match prepare(dir) {
            Ok(files) => Self::over(Store::over(dir, Box::new(files))?, options),
            Err(Error::Older { .. }) => upgrade(dir, options),
            Err(other) => Err(other),
        }
    }

    /// A writer of an index that is open.
    pub(crate) fn over(store: Store, options: WriterOptions) -> Result<Self, Error> {
        let inner = inner(&store, options)?;
        inner.set_merge_policy(policy());
        store.reload()?;
        Ok(Self { inner: Some(inner), store, options, pending: Pending::default() })
    }

    /// The store as of the last commit.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// How many incidents wait for a commit. They are held in memory: commit every thousand or so.
    pub fn pending(&self) -> usize {
        self.pending.len()
    }

    /// Writes an incident, and with it replaces what [`merge`](crate::merge()) says that it replaces. Returns what will be stored.
    ///
    /// # Errors
    /// What reading the stored incidents gives.
    pub fn write(&mut self, incident: Incident) -> Result<&Incident, Error> {
        self.revise(incident, None)
    }

    /// The same for an incident of which more was told before: see [`revise`].
    ///
    /// # Errors
    /// What reading the stored incidents gives.
    pub fn revise(&mut self, incident: Incident, corrects: Option<&Corrected>) -> Result<&Incident, Error> {
        let names = std::iter::once(incident.id).chain(incident.formerly.iter().copied());
        let lives = incident.invocations.iter().map(ToString::to_string);
        let mut known = self.store.named(names, lives)?;
        known.retain(|old| !self.pending.replaces(old.id));
        known.extend(self.pending.like(&incident));
        let (merged, gone) = revise(incident, corrects, &known);
        gone.into_iter().for_each(|id| self.pending.delete(id));
        Ok(self.pending.put(merged))
    }

    /// Writes an incident that is known to stand alone.
    pub(crate) fn put(&mut self, incident: Incident) {
        self.pending.put(incident);
    }

    /// Forgets a stored incident.
    pub(crate) fn forget(&mut self, id: IncidentId) {
        if !self.pending.replaces(id) {
            self.pending.delete(id);
        }
    }

    /// Puts everything written since the last commit on disk, together with how far the reader has come. Without a
    /// checkpoint the one of the commit before stays. Does nothing where there is nothing to do.
    ///
    /// # Errors
    /// What writing its files gives; for instance, no space is left. Everything still waits then: try again later.
    pub fn commit(&mut self, checkpoint: Option<&Checkpoint>) -> Result<(), Error> {
        if checkpoint.is_none() && self.pending.is_empty() {
            return Ok(());
        }
        let damaged = |why: serde_json::Error| Error::damaged(self.store.dir(), why);
        let payload = match checkpoint {
            Some(checkpoint) => Some(checkpoint.to_payload().map_err(damaged)?),
            None => self.store.index().load_metas().map_err(|why| self.store.failed(why))?.payload,
        };
        self.commit_with(payload)
    }

    /// Commits with this text beside it, for whatever it says.
    pub(crate) fn commit_with(&mut self, payload: Option<String>) -> Result<(), Error> {
        if let Err(why) = self.flush(payload) {
            // The commit's error is the one to tell; where this fails too, the next commit says so.
            if let Some(inner) = &mut self.inner {
                let _ = inner.rollback();
                inner.set_merge_policy(policy());
            }
            return Err(why);
        }
        self.pending = Pending::default();
        self.store.reload()
    }

    fn flush(&mut self, payload: Option<String>) -> Result<(), Error> {
        let damaged = |why: serde_json::Error| Error::damaged(self.store.dir(), why);
        let inner = opened(&mut self.inner, &self.store, self.options)?;
        let fields = self.store.fields();
        for id in self.pending.deleted() {
            inner.delete_term(Term::from_field_text(fields.id, &id.to_string()));
        }
        for incident in self.pending.incidents() {
            let doc: TantivyDocument = document::write(fields, incident).map_err(damaged)?;
            inner.delete_term(Term::from_field_text(fields.id, &incident.id.to_string()));
            inner.add_document(doc).map_err(|why| self.store.failed(why))?;
        }
        let mut commit = inner.prepare_commit().map_err(|why| self.store.failed(why))?;
        if let Some(payload) = payload {
            commit.set_payload(&payload);
        }
        commit.commit().map_err(|why| self.store.failed(why))?;
        Ok(())
    }

    /// Makes one piece of the index, without what was deleted, and frees the room that this took. Takes as much room
    /// again while it works. What waits for a commit goes on waiting.
    ///
    /// # Errors
    /// What writing its files gives; the store is as it was then.
    pub fn compact(self) -> Result<Self, Error> {
        let Self { inner: before, store, options, pending } = self;
        let failed = |why| store.failed(why);
        before.map_or(Ok(()), IndexWriter::wait_merging_threads).map_err(failed)?;
        let mut inner = inner(&store, options)?;
        inner.set_merge_policy(Box::new(NoMergePolicy));
        let metas = store.index().searchable_segment_metas().map_err(failed)?;
        if metas.len() > 1 || metas.iter().any(|meta| meta.has_deletes()) {
            let ids: Vec<_> = metas.iter().map(|meta| meta.id()).collect();
            inner.merge(&ids).wait().map_err(failed)?;
        }
        // Files that someone has open stay.
        store.reload()?;
        inner.garbage_collect_files().wait().map_err(failed)?;
        inner.set_merge_policy(policy());
        Ok(Self { inner: Some(inner), store, options, pending })
    }

    /// Waits until the segments that are being made one are, and goes on. A writer that is dropped does not wait: whoever
    /// writes once in a while would leave a segment behind each time.
    ///
    /// # Errors
    /// What that work gives; everything that was committed is on disk all the same.
    pub fn settle(&mut self) -> Result<(), Error> {
        let before = self.inner.take();
        before.map_or(Ok(()), IndexWriter::wait_merging_threads).map_err(|why| self.store.failed(why))?;
        opened(&mut self.inner, &self.store, self.options)?;
        self.store.reload()
    }

    /// Ends writing, and waits until the segments that are being made one are. What was not committed is lost.
    ///
    /// # Errors
    /// What that work gives; everything that was committed is on disk all the same.
    pub fn close(self) -> Result<(), Error> {
        let Self { inner, store, .. } = self;
        inner.map_or(Ok(()), IndexWriter::wait_merging_threads).map_err(|why| store.failed(why))
    }
}

/// The writer, opened again where it is not.
fn opened<'a>(
    writer: &'a mut Option<IndexWriter>,
    store: &Store,
    options: WriterOptions,
) -> Result<&'a mut IndexWriter, Error> {
    let open = match writer.take() {
        Some(open) => open,
        None => {
            let open = inner(store, options)?;
            open.set_merge_policy(policy());
            open
        }
    };
    Ok(writer.insert(open))
}

/// tantivy's writer of a store.
fn inner(store: &Store, options: WriterOptions) -> Result<IndexWriter, Error> {
    let options = IndexWriterOptions::builder()
        .memory_budget_per_thread(options.heap_bytes)
        .num_worker_threads(1)
        .num_merge_threads(1)
        .build();
    store.index().writer_with_options(options).map_err(|why| store.failed(why))
}

fn policy() -> Box<LogMergePolicy> {
    let mut policy = LogMergePolicy::default();
    policy.set_min_num_segments(MIN_SEGMENTS);
    policy.set_del_docs_ratio_before_merge(MAX_DELETED);
    Box::new(policy)
}
