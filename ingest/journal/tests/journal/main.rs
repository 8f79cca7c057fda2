//! The reader held against journalctl and sdjournal, on journal files of every kind, sound and damaged.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod lookups;
mod parts;
mod readers;
mod salvage;
mod sound;
