//! How fast nwlog is, by itself and beside other tools.
//!
//! - [`behind`]: the entries behind such incidents, asked the same by journalctl and ripgrep;
//! - [`generator`]: a busy machine's journal, as large as wanted and always the same;
//! - [`analyze_bytes`], [`incidents_of`]: the whole pipeline in memory, on one core;
//! - [`years`]: incidents without end, for what keeps them;
//! - [`reader`]: readers of journal files, asked for the same;
//! - [`score`]: what is read out of all samples, held against what is in them;
//! - [`soak`]: a long log with failures in it, held against the generator's own account;
//! - [`side`]: whole processes, timed in turns;
//! - [`flood`]: a journald that is flooded, and who follows it, with kills by this machine's kernel among it.

pub mod behind;
pub mod flood;
pub mod generator;
pub mod reader;
pub mod score;
pub mod side;
pub mod soak;
mod whole;
pub mod years;

pub use whole::{analyze_bytes, incidents_of};
