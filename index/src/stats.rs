//! What a store holds, in numbers.

use std::fs;
use std::io;
use std::path::Path;

use chrono::{DateTime, Utc};
use nwlog_correlate::{Kind, State};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur, Query as Search, RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Order, Searcher, TantivyError, Term};

use crate::error::Error;
use crate::schema::{FIRST, LAST};
use crate::store::Store;

/// What a store holds. Withdrawn incidents are counted apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stats {
    /// How many incidents.
    pub incidents: usize,
    /// How many of them are open.
    pub open: usize,
    /// How many were withdrawn.
    pub withdrawn: usize,
    /// How many of each kind, by the kind of their root.
    pub kinds: Vec<(Kind, usize)>,
    /// When the first of them began.
    pub first: Option<DateTime<Utc>>,
    /// When the last thing of any of them happened.
    pub last: Option<DateTime<Utc>>,
    /// In how many pieces the index lies.
    pub segments: usize,
    /// What the directory takes on disk, in bytes.
    pub bytes: u64,
}

impl Store {
    /// Counts what the store holds.
    ///
    /// # Errors
    /// [`Error::Damaged`], or what reading its files gives.
    pub fn stats(&self) -> Result<Stats, Error> {
        let mut stats = self.count().map_err(|why| self.failed(why))?;
        stats.bytes = size(self.dir()).map_err(|why| Error::io(self.dir(), why))?;
        Ok(stats)
    }

    fn count(&self) -> Result<Stats, TantivyError> {
        let searcher = self.searcher();
        let fields = *self.fields();
        let having = |field, value: &str| searcher.search(&valid(&fields.state, term(field, value)), &Count);
        let withdrawn = searcher.search(&*term(fields.state, State::Withdrawn.name()), &Count)?;
        let documents = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
        let kinds = Kind::ALL
            .iter()
            .map(|&kind| Ok((kind, having(fields.root, kind.name())?)))
            .collect::<Result<_, TantivyError>>()?;
        Ok(Stats {
            incidents: documents.saturating_sub(withdrawn),
            open: having(fields.state, State::Open.name())?,
            withdrawn,
            kinds,
            first: edge(&searcher, fields.state, fields.first, FIRST, Order::Asc)?,
            last: edge(&searcher, fields.state, fields.last, LAST, Order::Desc)?,
            segments: searcher.segment_readers().len(),
            bytes: 0,
        })
    }
}

fn term(field: Field, value: &str) -> Box<dyn Search> {
    Box::new(TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic))
}

/// What a query finds and nobody withdrew.
fn valid(state: &Field, query: Box<dyn Search>) -> BooleanQuery {
    BooleanQuery::new(vec![(Occur::Must, query), (Occur::MustNot, term(*state, State::Withdrawn.name()))])
}

/// The first or last known time in a field.
fn edge(
    searcher: &Searcher,
    state: Field,
    field: Field,
    name: &str,
    order: Order,
) -> Result<Option<DateTime<Utc>>, TantivyError> {
    let known = std::ops::Bound::Included(Term::from_field_u64(field, 1));
    let known = RangeQuery::new(known, std::ops::Bound::Unbounded);
    let top = TopDocs::with_limit(1).order_by_fast_field::<u64>(name, order);
    let found = searcher.search(&valid(&state, Box::new(known)), &top)?;
    let micros = found.first().and_then(|(micros, _)| *micros).and_then(|micros| i64::try_from(micros).ok());
    Ok(micros.and_then(DateTime::from_timestamp_micros))
}

impl Store {
    /// How many bytes the segments take for so many documents that are not deleted.
    pub(crate) fn live_bytes(&self, documents: u64) -> u64 {
        let searcher = self.searcher();
        let all: u64 = searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum();
        let bytes = searcher.space_usage().map_or(0, |usage| usage.total().get_bytes());
        let live = u128::from(bytes) * u128::from(documents) / u128::from(all.max(1));
        u64::try_from(live).unwrap_or(u64::MAX)
    }
}

/// The size of a directory's files and of those in directories in it. One that goes away meanwhile counts nothing.
fn size(dir: &Path) -> io::Result<u64> {
    let mut bytes: u64 = 0;
    for file in fs::read_dir(dir)? {
        let file = file?;
        let len = match file.metadata() {
            Ok(meta) if meta.is_dir() => size(&file.path()),
            other => other.map(|meta| if meta.is_file() { meta.len() } else { 0 }),
        };
        match len {
            Ok(len) => bytes = bytes.saturating_add(len),
            Err(why) if why.kind() == io::ErrorKind::NotFound => {}
            Err(why) => return Err(why),
        }
    }
    Ok(bytes)
}
