//! The store as its users see it: what is written is found, and nothing else.

#![allow(clippy::panic, clippy::print_stderr, clippy::unwrap_used, clippy::indexing_slicing)]

mod again;
mod finding;
mod keeping;
mod night;
mod time;
mod upkeep;
