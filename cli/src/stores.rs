//! The stores that are read, as one.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::path::Path;

use nwlog_correlate::{Incident, IncidentId};
use nwlog_index::{Found, Hit, Order, Query, Row, Store, WriterOptions};

use crate::errors::Hint;
use crate::store_dir::{self, Places};
use crate::terminal::Terminal;

/// Every store that can be read.
pub struct Stores {
    open: Vec<Store>,
}

impl Stores {
    /// Opens the store that was asked for, else all that are there. Says what may not be read.
    ///
    /// # Errors
    /// Where the one that was asked for cannot be read, or none of those that are there.
    pub fn open(asked: Option<&Path>, terminal: &Terminal) -> anyhow::Result<Self> {
        let readable = store_dir::to_read(asked, &Places::of_process())?;
        for refused in &readable.refused {
            terminal.warn_of(refused);
        }
        let mut open = Vec::new();
        for dir in readable.stores {
            match Store::open_reader(&dir) {
                Ok(store) => open.push(store),
                Err(nwlog_index::Error::NoStore(_)) if asked.is_none() => {}
                Err(older @ nwlog_index::Error::Older { .. }) => open.push(upgraded(&dir, older, terminal)?),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Self { open })
    }

    /// Them, the system's first.
    pub fn iter(&self) -> impl Iterator<Item = &Store> {
        self.open.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Runs a query over all of them.
    ///
    /// # Errors
    /// What a store gives.
    pub fn search(&self, query: &Query, limit: usize, order: Order) -> anyhow::Result<Found> {
        let mut all = Found { hits: Vec::new(), total: 0 };
        for store in &self.open {
            let found = store.search(query, limit, order)?;
            all.total += found.total;
            all.hits.extend(found.hits);
        }
        let both = all.hits.len();
        all.hits = newest_of_each(all.hits, |hit| &hit.incident);
        all.total -= both - all.hits.len();
        all.hits.sort_by(|a, b| rank(order, a, b));
        all.hits.truncate(limit);
        Ok(all)
    }

    /// Shows what a query finds, in no order; what several stores hold of one incident once.
    ///
    /// # Errors
    /// What a store gives.
    pub fn visit(&self, query: &Query, each: &mut dyn FnMut(Row)) -> anyhow::Result<()> {
        let [one] = self.open.as_slice() else {
            let mut seen = HashSet::new();
            for store in &self.open {
                store.visit(query, &mut |row| {
                    if seen.insert(row.id) {
                        each(row);
                    }
                })?;
            }
            return Ok(());
        };
        Ok(one.visit(query, each)?)
    }

    /// The incidents whose id, present or former, begins with these digits.
    ///
    /// # Errors
    /// Where these are no digits of an id, or too few; what a store gives.
    pub fn by_prefix(&self, prefix: &str) -> anyhow::Result<Vec<Incident>> {
        let mut all = Vec::new();
        for store in &self.open {
            all.extend(store.by_prefix(prefix)?);
        }
        let mut all = newest_of_each(all, |incident| incident);
        all.sort_by_key(|incident| incident.id);
        Ok(all)
    }
}

/// Writes a store of an earlier version anew, where that may be, and opens it.
fn upgraded(dir: &Path, older: nwlog_index::Error, terminal: &Terminal) -> anyhow::Result<Store> {
    let written = Store::open_writer(dir, WriterOptions::BATCH).and_then(|writer| writer.close());
    if written.is_err() {
        return Err(older)
            .hint("a user who may write there does that, and any nwlog that keeps incidents there");
    }
    terminal
        .note(format_args!("the store in {} was of an earlier version and is written anew", dir.display()));
    Ok(Store::open_reader(dir)?)
}

/// The best or the newest first.
fn rank(order: Order, a: &Hit, b: &Hit) -> Ordering {
    let by_score = match order {
        Order::Relevance => b.score.total_cmp(&a.score),
        Order::Newest => Ordering::Equal,
    };
    by_score
        .then_with(|| b.incident.last.realtime.cmp(&a.incident.last.realtime))
        .then_with(|| a.incident.id.cmp(&b.incident.id))
}

/// Of what several stores hold of one incident, what was revised last; between equals what came first.
fn newest_of_each<T>(all: Vec<T>, incident: impl Fn(&T) -> &Incident) -> Vec<T> {
    let mut kept: Vec<T> = Vec::with_capacity(all.len());
    let mut places: HashMap<IncidentId, usize> = HashMap::new();
    for one in all {
        let place = *places.entry(incident(&one).id).or_insert(kept.len());
        match kept.get_mut(place) {
            None => kept.push(one),
            Some(other) if incident(other).revision < incident(&one).revision => *other = one,
            Some(_) => {}
        }
    }
    kept
}
