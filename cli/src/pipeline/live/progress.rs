//! How a follower does, for `nwlog status`: a small file beside the store's own.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::state::Counts;

/// What it is called.
const FILE: &str = "follow.json";

/// How a follower does.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Its process; none where it ended.
    pub pid: Option<u32>,
    /// When this was written, in microseconds since 1970.
    pub at: u64,
    /// When the last entry was stored that it read.
    pub read: Option<u64>,
    /// Nothing more was there to read.
    pub caught_up: bool,
    /// Entries a second, of late.
    pub rate: f64,
    /// What it has counted.
    pub counts: Counts,
    /// How many incidents wait for the store.
    pub held: usize,
    /// How many had to go without ever being stored.
    pub dropped: u64,
    /// Why the store cannot be written.
    pub fails: Option<String>,
}

impl Progress {
    /// Writes it into a store's directory.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&self, dir: &Path) -> io::Result<()> {
        let path = dir.join(FILE);
        let draft = path.with_added_extension("new");
        fs::write(&draft, serde_json::to_vec(self)?)?;
        fs::rename(draft, path)
    }

    /// Reads what the last follower of a store wrote.
    pub fn read(dir: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(dir.join(FILE)).ok()?).ok()
    }

    /// Whether the process that wrote it is there still.
    pub fn is_alive(&self) -> bool {
        self.pid.is_some_and(|pid| {
            let comm = fs::read_to_string(format!("/proc/{pid}/comm"));
            comm.is_ok_and(|comm| comm.trim() == "nwlog")
        })
    }

    /// How far it is behind, in microseconds, at a moment.
    pub fn lag(&self, now: u64) -> Option<u64> {
        match (self.caught_up && self.is_alive(), self.read) {
            (true, _) => Some(0),
            (false, read) => read.map(|read| now.saturating_sub(read)),
        }
    }
}
