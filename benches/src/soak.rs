//! A soak: a log as long as wanted, ordinary noise with failures in it, read as it is made.
//!
//! The generator keeps its own account of what it lets fail: unit, kind, cause, time, occurrences and outcome. Incidents are
//! held against that account, and never the other way round. Nothing is kept but what is under way, so memory stays as it is
//! however long the log gets.

mod account;
mod failure;
mod machine;
mod noise;
mod record;
mod run;

pub use account::{Account, Row};
pub use run::{Report, Sample, soak};

/// What is to be made and read.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many entries, at least.
    pub entries: u64,
    /// How many failures; of some there are two rows in the account.
    pub failures: u64,
    /// The same seed gives the same log.
    pub seed: u64,
}
