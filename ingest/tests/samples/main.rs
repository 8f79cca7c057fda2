//! Samples, whole: bytes through chunks, scan and session to events.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod facts;
mod forms;
mod hostile;
mod journald;
mod negatives;
mod print;
mod read;
mod snapshots;
mod written;
