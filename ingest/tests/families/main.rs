//! What every family of records gives, and what looks like them and gives nothing.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod dumps;
mod listed;
mod nothing;
mod read;
mod units;
