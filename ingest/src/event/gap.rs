//! Records that are known to be missing.

use serde::{Deserialize, Serialize};

use crate::time::Moment;

/// Lines are missing, or the clock ran otherwise than they tell, and something said so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GapFact {
    /// Why they are missing.
    pub what: GapKind,
    /// How many, where that was said.
    pub count: Option<u64>,
    /// When the last record before them was stored, where that is known.
    #[serde(default)]
    pub since: Option<Moment>,
}

/// Why records are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GapKind {
    /// journald's rate limit: "Suppressed N messages from UNIT" (MESSAGE_ID a596d6fe…, systemd, src/journal/journald-rate-limit.c).
    RateLimited,
    /// The kernel's ring was overrun: "Missed N kernel messages" (MESSAGE_ID e9bf28e6…, systemd, src/journal/journald-kmsg.c).
    KernelOverrun,
    /// The kernel's printk limit: "N callbacks suppressed" (Linux, lib/ratelimit.c).
    KernelRateLimited,
    /// journald numbered entries that no file has (systemd, src/libsystemd/sd-journal/journal-file.c,
    /// `journal_file_entry_seqnum`).
    Sequence,
    /// The numbers of /dev/kmsg records jump where they were dense: the log lacks some (Linux,
    /// Documentation/ABI/testing/dev-kmsg).
    KmsgSequence,
    /// The machine slept: nothing ran, and nothing could be logged ("PM: suspend entry", Linux, kernel/power/suspend.c
    /// and hibernate.c; systemd, src/sleep/sleep.c, MESSAGE_IDs 6bbd95ee… and 8811e6df…).
    Suspended,
    /// The clock was set: times before and after cannot be compared ("Time has been changed", systemd,
    /// src/core/manager.c, MESSAGE_ID c7a78707…).
    ClockSet,
}
