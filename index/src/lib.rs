//! Keeps incidents in a tantivy index and answers queries over them.
//!
//! A store is a directory. One process writes it through a [`Writer`]; any number read it through a [`Store`], which
//! takes no writer's lock and writes nothing. An incident is stored whole, as JSON, beside the terms that find it.
//!
//! Nothing here prints or reads a clock: where a query speaks of `yesterday`, the caller says when now is.

mod checkpoint;
mod document;
mod error;
mod measure;
mod merge;
mod query;
mod retention;
mod row;
mod schema;
mod search;
mod stats;
mod store;
mod time;
mod tokenizer;
mod writer;

pub use checkpoint::Checkpoint;
pub use document::STORED_FORMAT;
pub use error::Error;
pub use measure::{Dimension, Measure};
pub use merge::{MAX_FORMERLY, MAX_TIMELINE, merge, revise};
pub use query::{Query, QueryError, parse_size};
pub use retention::Retention;
pub use row::Row;
pub use schema::SCHEMA_VERSION;
pub use search::{Found, Hit, Order};
pub use stats::Stats;
pub use store::{MIN_PREFIX, Repaired, Store, is_guarded};
pub use time::{TimeError, parse_span, parse_time};
pub use writer::{Writer, WriterOptions};
