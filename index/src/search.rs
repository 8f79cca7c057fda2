//! Running a query over a store.

use nwlog_correlate::Incident;
use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue};
use tantivy::collector::{Count, TopDocs};
use tantivy::{DocAddress, Searcher, TantivyError};

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

impl Store {
    /// Runs a query, and reads the first `limit` incidents that it finds.
    ///
    /// # Errors
    /// [`Error::Damaged`], or what reading its files gives.
    pub fn search(&self, query: &Query, limit: usize, order: Order) -> Result<Found, Error> {
        let searcher = self.searcher();
        let ranked = || self.ranked(&searcher, query, limit, order);
        let (total, ranked) = self.guarded(ranked)?;
        let hit = |(score, at)| Ok(Hit { incident: self.read(&searcher, at)?, score });
        let hits = ranked.into_iter().take(limit).map(hit).collect::<Result<_, Error>>()?;
        Ok(Found { hits, total })
    }

    /// How many documents a query finds, and where the first of them are, with how well they match.
    fn ranked(
        &self,
        searcher: &Searcher,
        query: &Query,
        limit: usize,
        order: Order,
    ) -> Result<(usize, Vec<(f32, DocAddress)>), TantivyError> {
        let search = query.compile(self.fields())?;
        let documents = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
        let top = TopDocs::with_limit(limit.clamp(1, documents.max(1)));
        let newest = SortByStaticFastValue::<u64>::for_field(LAST);
        Ok(match order {
            Order::Newest => {
                let (total, top) = searcher.search(&*search, &(Count, top.order_by(newest)))?;
                (total, top.into_iter().map(|(_, at)| (0.0, at)).collect())
            }
            Order::Relevance => {
                let by_score = top.order_by((SortBySimilarityScore, newest));
                let (total, top) = searcher.search(&*search, &(Count, by_score))?;
                (total, top.into_iter().map(|((score, _), at)| (score, at)).collect())
            }
        })
    }
}
