//! What became of victims.

use serde::{Deserialize, Serialize};

/// What became of a process that was killed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aftermath {
    /// The process, in the kernel's own numbers.
    pub pid: u32,
    /// Its name.
    pub comm: Box<str>,
    /// What.
    pub kind: AftermathKind,
}

/// What became of a process that was killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AftermathKind {
    /// "oom_reaper: reaped process …": its memory was taken before it was gone (4.6 and later).
    Reaped,
    /// "oom_reaper: unable to reap …": it keeps its memory until it is gone.
    NotReaped,
    /// "oom killer … has mm pinned by …": init shares its memory, which stays (4.8 and later).
    Pinned,
    /// earlyoom saw it gone.
    Gone,
    /// earlyoom only tries, and sent nothing.
    Spared,
}
