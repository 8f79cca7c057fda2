//! From logs to printed entries: which are wanted, in which order they come, and how they get out.
//!
//! What is wanted is data ([`matches`], [`wanted`]), whoever evaluates it: a journal file by its own lists, a stream
//! entry by entry. A feed brings printed entries by the sheet, in order; several feeds are merged.

pub mod boots;
pub mod feed;
mod fill;
pub mod journals;
pub mod matches;
pub mod paper;
pub mod pattern;
pub mod sheet;
pub mod stream;
pub mod unit;
pub mod wanted;
