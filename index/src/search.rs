//! Running a query over a store.

use nwlog_correlate::Incident;
use tantivy::DocAddress;
use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue};
use tantivy::collector::{Count, TopDocs};

use crate::error::Error;
use crate::query::Query;
use crate::schema::LAST;
use crate::store::Store;

/// What comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// What happened last.
    Newest,
    /// What matches the words best; among equals what happened last.
    Relevance,
}

/// What a query found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The first of them, in order.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
}

/// An incident that a query found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The incident.
    pub incident: Incident,
    /// How well it matches; 0 where order is by time.
    pub score: f32,
}

impl Query {
    /// The order that suits it: by relevance if it looks for words, else by time.
    pub fn order(&self) -> Order {
        if self.has_text() { Order::Relevance } else { Order::Newest }
    }
}

impl Store {
    /// Runs a query, and reads the first `limit` incidents that it finds.
    ///
    /// # Errors
    /// [`Error::Damaged`], or what reading its files gives.
    pub fn search(&self, query: &Query, limit: usize, order: Order) -> Result<Found, Error> {
        let searcher = self.searcher();
        let failed = |why| self.failed(why);
        let search = query.compile(self.fields()).map_err(failed)?;
        let documents = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
        let top = TopDocs::with_limit(limit.clamp(1, documents.max(1)));
        let newest = SortByStaticFastValue::<u64>::for_field(LAST);
        let (total, ranked): (usize, Vec<(f32, DocAddress)>) = match order {
            Order::Newest => {
                let (total, top) =
                    searcher.search(&*search, &(Count, top.order_by(newest))).map_err(failed)?;
                (total, top.into_iter().map(|(_, at)| (0.0, at)).collect())
            }
            Order::Relevance => {
                let by_score = top.order_by((SortBySimilarityScore, newest));
                let (total, top) = searcher.search(&*search, &(Count, by_score)).map_err(failed)?;
                (total, top.into_iter().map(|((score, _), at)| (score, at)).collect())
            }
        };
        let hit = |(score, at)| Ok(Hit { incident: self.read(&searcher, at)?, score });
        let hits = ranked.into_iter().take(limit).map(hit).collect::<Result<_, Error>>()?;
        Ok(Found { hits, total })
    }
}
