//! Kills by systemd-oomd.

use serde::{Deserialize, Serialize};

/// A kill by systemd-oomd (systemd, src/oom/oomd-manager.c): every process of a cgroup.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OomdKill {
    /// The cgroup.
    pub cgroup: Box<str>,
    /// Why, as systemd-oomd words it.
    pub why: OomdReason,
    /// How many cgroups it had to choose from.
    pub considered: Option<u64>,
    /// The first of them, at most [`MAX_TOP`](super::MAX_TOP), the worst first.
    pub candidates: Vec<Candidate>,
}

/// Why systemd-oomd killed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum OomdReason {
    /// Processes waited for memory for too long.
    Pressure {
        /// The cgroup that was watched.
        of: Box<str>,
        /// How much of the last 10 s they waited, as printed: `74.23%`.
        reached: Box<str>,
        /// The limit of that.
        limit: Box<str>,
        /// How long it was above the limit, as printed: `20s`.
        during: Box<str>,
    },
    /// Memory and swap were used up, or swap alone in v248. Sizes are in bytes.
    Used {
        /// Memory that was used, and all of it.
        memory: Option<(u64, u64)>,
        /// Swap that was used, and all of it.
        swap: (u64, u64),
        /// The limit, as printed: `90.00%`.
        limit: Box<str>,
    },
    /// In other words than are known here.
    Other,
}

/// A cgroup that systemd-oomd might have killed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The cgroup.
    pub cgroup: Box<str>,
    /// Its pressure of the last 10 s, in percent, as printed.
    pub pressure: Option<Box<str>>,
    /// Its memory, as printed: `24.8G`.
    pub memory: Option<Box<str>>,
    /// Its swap, as printed.
    pub swap: Option<Box<str>>,
}
