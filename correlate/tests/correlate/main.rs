//! The correlator, held against stories, recordings and laws.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod bounds;
mod laws;
mod logs;
mod preview;
mod scenarios;
mod story;
