//! How fast nwlog is, by itself and beside other tools.
//!
//! - [`generator`]: a busy machine's journal, as large as wanted and always the same;
//! - [`analyze_bytes`]: the whole pipeline in memory, on one core;
//! - [`reader`]: readers of journal files, asked for the same;
//! - [`side`]: whole processes, timed in turns.

pub mod generator;
pub mod reader;
pub mod side;
mod whole;

pub use whole::analyze_bytes;
