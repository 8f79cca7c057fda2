//! What is counted of incidents, without reading them whole.

use std::sync::Arc;

use nwlog_correlate::{Cause, IncidentId, Kind};
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::EnableScoring;
use tantivy::{DocId, SegmentReader, TantivyError};

use crate::error::Error;
use crate::measure::Measure;
use crate::query::Query;
use crate::schema::{FIRST, HOSTNAME, LAST, NUMBER, ROOT, ROOT_CAUSE, SUBJECT};
use crate::store::Store;

/// What is counted of an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which it is.
    pub id: IncidentId,
    /// The kind of its root.
    pub kind: Option<Kind>,
    /// Its root.
    pub cause: Option<Cause>,
    /// The unit that it is about, else the process.
    pub subject: Option<Arc<str>>,
    /// The host.
    pub host: Option<Arc<str>>,
    /// When it began, in microseconds since 1970, where that is known.
    pub first: Option<u64>,
    /// When the last thing of it happened.
    pub last: Option<u64>,
    /// How often it failed.
    pub occurrences: u64,
    /// How long the unit was down in all, in microseconds.
    pub down_us: Option<u64>,
    /// From the failure to systemd's record of it.
    pub detect_us: Option<u64>,
    /// From the failure to running again.
    pub recover_us: Option<u64>,
}

impl Store {
    /// Shows what a query finds, in no order.
    ///
    /// # Errors
    /// [`Error::Damaged`], or what reading its files gives.
    pub fn visit(&self, query: &Query, each: &mut dyn FnMut(Row)) -> Result<(), Error> {
        self.guarded(|| self.rows(query, each))
    }

    fn rows(&self, query: &Query, each: &mut dyn FnMut(Row)) -> Result<(), TantivyError> {
        let searcher = self.searcher();
        let search = query.compile(self.fields())?;
        let weight = search.weight(EnableScoring::disabled_from_searcher(&searcher))?;
        for segment in searcher.segment_readers() {
            let mut columns = Columns::open(segment)?;
            let alive = segment.alive_bitset();
            weight.for_each_no_score(segment, &mut |docs| {
                let docs = docs.iter().filter(|doc| alive.is_none_or(|alive| alive.is_alive(**doc)));
                docs.for_each(|doc| each(columns.row(*doc)));
            })?;
        }
        Ok(())
    }
}

/// The columns of one segment.
struct Columns {
    id: Column<u64>,
    first: Column<u64>,
    last: Column<u64>,
    occurrences: Column<u64>,
    down: Column<u64>,
    detect: Column<u64>,
    recover: Column<u64>,
    kind: Words<Kind>,
    cause: Words<Cause>,
    subject: Words<Arc<str>>,
    host: Words<Arc<str>>,
}

impl Columns {
    fn open(segment: &SegmentReader) -> Result<Self, TantivyError> {
        let columns = segment.fast_fields();
        let number = |name: &str| -> Result<Column<u64>, TantivyError> {
            Ok(columns.column_opt(name)?.unwrap_or_else(|| Column::build_empty_column(segment.max_doc())))
        };
        let shared = |word: &str| Some(Arc::from(word));
        Ok(Self {
            id: number(NUMBER)?,
            first: number(FIRST)?,
            last: number(LAST)?,
            occurrences: number(Measure::Occurrences.name())?,
            down: number(Measure::Down.name())?,
            detect: number(Measure::Detect.name())?,
            recover: number(Measure::Recover.name())?,
            kind: Words::read(columns.str(ROOT)?, |word| named(Kind::ALL, Kind::name, word))?,
            cause: Words::read(columns.str(ROOT_CAUSE)?, |word| named(Cause::ALL, Cause::name, word))?,
            subject: Words::read(columns.str(SUBJECT)?, shared)?,
            host: Words::read(columns.str(HOSTNAME)?, shared)?,
        })
    }

    fn row(&mut self, doc: DocId) -> Row {
        Row {
            id: IncidentId(self.id.first(doc).unwrap_or_default()),
            kind: self.kind.get(doc),
            cause: self.cause.get(doc),
            subject: self.subject.get(doc),
            host: self.host.get(doc),
            first: self.first.first(doc).filter(|time| *time > 0),
            last: self.last.first(doc).filter(|time| *time > 0),
            occurrences: self.occurrences.first(doc).unwrap_or_default(),
            down_us: self.down.first(doc),
            detect_us: self.detect.first(doc),
            recover_us: self.recover.first(doc),
        }
    }
}

fn named<T: Copy>(all: &[T], name: fn(T) -> &'static str, word: &str) -> Option<T> {
    all.iter().copied().find(|one| name(*one) == word)
}

/// A column of words, each read when it first comes.
struct Words<T> {
    column: Option<StrColumn>,
    read: fn(&str) -> Option<T>,
    known: Vec<Option<Option<T>>>,
}

impl<T: Clone> Words<T> {
    fn read(column: Option<StrColumn>, read: fn(&str) -> Option<T>) -> Result<Self, TantivyError> {
        let known = column.as_ref().map_or(0, |column| column.num_terms());
        Ok(Self { column, read, known: vec![None; known] })
    }

    fn get(&mut self, doc: DocId) -> Option<T> {
        let column = self.column.as_ref()?;
        let ord = column.term_ords(doc).next()?;
        let slot = self.known.get_mut(usize::try_from(ord).ok()?)?;
        let read = || {
            let mut word = String::new();
            column.ord_to_str(ord, &mut word).ok().filter(|found| *found)?;
            (self.read)(&word)
        };
        slot.get_or_insert_with(read).clone()
    }
}
