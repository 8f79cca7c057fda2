//! Bytes of journals and kernel logs into typed events.
//!
//! The stages, in the order that data takes through them:
//!
//! 1. [`source`] finds out what a stream of bytes is and cuts it into chunks of whole records;
//! 2. [`decode`] reads one wire format and shows each record as an [`Entry`], a view that lives inside one call;
//! 3. [`parse`] reads what the kernel, systemd and Go wrote, and makes an [`Event`] of it.
//!
//! Nothing here prints, reads a clock or fails on bad input: a record that cannot be decoded is skipped and counted,
//! and parsing has no error at all.

pub mod calendar;
pub mod decode;
mod entry;
pub mod event;
pub mod pairs;
pub mod parse;
pub mod scan;
pub mod source;
pub mod time;

pub use entry::{Entry, Field, Known, Provenance, decimal};
pub use event::Event;
pub use nwlog_journal::{self as journal, Id128};
