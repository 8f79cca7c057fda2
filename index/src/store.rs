//! A store on disk, as its readers see it.

mod anew;
mod damage;
mod layout;
mod readonly;
mod rescue;
mod shared;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use nwlog_correlate::{Incident, IncidentId};
use tantivy::collector::DocSetCollector;
use tantivy::directory::Directory;
use tantivy::query::{PhrasePrefixQuery, Query, TermSetQuery};
use tantivy::schema::Field;
use tantivy::{DocAddress, Index, IndexReader, ReloadPolicy, Searcher, TantivyDocument, TantivyError, Term};

use crate::checkpoint::Checkpoint;
use crate::document;
use crate::error::Error;
use crate::schema::{Fields, schema};
use crate::tokenizer::{self, Cut, LogTokenizer};
use crate::writer::{Writer, WriterOptions};

pub use anew::Repaired;
pub(crate) use anew::upgrade;
pub use damage::is_guarded;
pub(crate) use layout::prepare;

/// The fewest hex digits that select an incident.
pub const MIN_PREFIX: usize = 4;

/// A store that is open for reading. It shows the commit that was newest when it was opened or last reloaded.
pub struct Store {
    dir: PathBuf,
    index: Index,
    reader: IndexReader,
    fields: Fields,
}

impl Store {
    /// Opens a store for reading. Needs no writer's lock and no right to write.
    ///
    /// # Errors
    /// [`Error::NoStore`], [`Error::SchemaVersion`], [`Error::Damaged`], or what opening its files gives.
    pub fn open_reader(dir: impl AsRef<Path>) -> Result<Self, Error> {
        let dir = dir.as_ref();
        let index = layout::check(dir)?;
        let files = readonly::ReadOnly::open(&index).map_err(|why| match layout::has_index(&index) {
            true => Error::index(dir, why.into()),
            false => Error::damaged(dir, format!("{} is missing", index.display())),
        })?;
        if !Index::exists(&files).map_err(|why| Error::index(dir, why.into()))? {
            return Err(match layout::has_index(&index) {
                true => Error::damaged(dir, "an index without its meta.json"),
                false => Error::NoStore(dir.to_owned()),
            });
        }
        Self::over(dir, Box::new(files))
    }

    /// Opens a store for writing, and makes it if it is not there yet.
    ///
    /// # Errors
    /// [`Error::LockBusy`] while another process writes, [`Error::SchemaVersion`], [`Error::Damaged`], or what
    /// making or opening its files gives.
    pub fn open_writer(dir: impl AsRef<Path>, options: WriterOptions) -> Result<Writer, Error> {
        Writer::open(dir.as_ref(), options)
    }

    /// Opens the index that the files of a directory make.
    pub(crate) fn over(dir: &Path, files: Box<dyn Directory>) -> Result<Self, Error> {
        let failed = |why| Error::index(dir, why);
        let index = Index::open(files).map_err(failed)?;
        let (schema, fields) = schema();
        if index.schema() != schema {
            return Err(Error::damaged(dir, "its fields are not those of its schema version"));
        }
        index.tokenizers().register(tokenizer::NAME, LogTokenizer(Cut::Words));
        index.tokenizers().register(tokenizer::PARTS, LogTokenizer(Cut::Parts));
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(failed)?;
        Ok(Self { dir: dir.to_owned(), index, reader, fields })
    }

    /// Turns to the newest commit.
    ///
    /// # Errors
    /// What opening its files gives.
    pub fn reload(&self) -> Result<(), Error> {
        self.reader.reload().map_err(|why| self.failed(why))
    }

    /// Where it lies.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The incident of an id, present or former.
    ///
    /// # Errors
    /// [`Error::Damaged`], or what reading its files gives.
    pub fn get(&self, id: IncidentId) -> Result<Option<Incident>, Error> {
        let mut found = self.named([id], [])?;
        found.sort_by_key(|incident| incident.id != id);
        Ok(found.into_iter().next())
    }

    /// The incidents whose id, present or former, begins with these hex digits; in the order of their ids.
    ///
    /// # Errors
    /// [`Error::BadPrefix`] where there are fewer than [`MIN_PREFIX`] digits or more than an id has, else as
    /// [`get`](Self::get).
    pub fn by_prefix(&self, prefix: &str) -> Result<Vec<Incident>, Error> {
        let hex = prefix.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !hex || !(MIN_PREFIX..=16).contains(&prefix.len()) {
            return Err(Error::BadPrefix(prefix.to_owned()));
        }
        self.all(&begins(self.fields.names, &prefix.to_ascii_lowercase()))
    }

    /// What the last live reader left.
    ///
    /// # Errors
    /// [`Error::Damaged`] where it cannot be read.
    pub fn checkpoint(&self) -> Result<Option<Checkpoint>, Error> {
        let meta = self.index.load_metas().map_err(|why| self.failed(why))?;
        let checkpoint = meta.payload.as_deref().map(Checkpoint::from_payload).transpose();
        checkpoint.map_err(|why| Error::damaged(&self.dir, format!("the position of follow: {why}")))
    }

    /// The incidents that have one of these ids, present or former, or one of these lives.
    pub(crate) fn named(
        &self,
        ids: impl IntoIterator<Item = IncidentId>,
        lives: impl IntoIterator<Item = String>,
    ) -> Result<Vec<Incident>, Error> {
        let ids = ids.into_iter().map(|id| Term::from_field_text(self.fields.names, &id.to_string()));
        let lives = lives.into_iter().map(|life| Term::from_field_text(self.fields.lives, &life));
        self.all(&TermSetQuery::new(ids.chain(lives)))
    }

    /// Every incident that a query finds.
    fn all(&self, query: &dyn Query) -> Result<Vec<Incident>, Error> {
        let searcher = self.searcher();
        let found = self.guarded(|| searcher.search(query, &DocSetCollector))?;
        let mut incidents = found
            .into_iter()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .map(|at| self.read(&searcher, at))
            .collect::<Result<Vec<_>, _>>()?;
        incidents.sort_by_key(|incident| incident.id);
        Ok(incidents)
    }

    pub(crate) fn read(&self, searcher: &Searcher, at: DocAddress) -> Result<Incident, Error> {
        let doc: TantivyDocument = self.guarded(|| searcher.doc(at))?;
        document::read(&self.fields, &doc).map_err(|why| Error::damaged(&self.dir, why))
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    pub(crate) fn index(&self) -> &Index {
        &self.index
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    pub(crate) fn failed(&self, why: TantivyError) -> Error {
        Error::index(&self.dir, why)
    }
}

/// Finds the terms of a field that begin with a text. With one term alone, the query's limit allocates nothing.
pub(crate) fn begins(field: Field, prefix: &str) -> PhrasePrefixQuery {
    let mut query = PhrasePrefixQuery::new(vec![Term::from_field_text(field, prefix)]);
    query.set_max_expansions(u32::MAX);
    query
}
