//! One JSON object a line: the contract with scripts.
//!
//! Version 1 (`schema`). Keys are only ever added. A fact that is not known is an absent key, and so is an empty
//! list, the timeline excepted; nothing is null. Times are RFC 3339, UTC, with microseconds; durations are integers
//! in microseconds (`…_us`), sizes integers in KiB (`…_kb`).
//!
//! | key | value |
//! |---|---|
//! | `schema` | 1 |
//! | `change` | `opened`, `updated`, `closed`, `withdrawn`: in a stream of changes only |
//! | `id`, `formerly` | 16 hex digits; `formerly`: ids that it absorbed |
//! | `revision`, `state` | counts up at every change; `open`, `closed`, `withdrawn` (with `into`, the id that took it over) |
//! | `kind` | `oom-kill`, `disk-full`, `go-panic`, `unit-failure` |
//! | `cause`, `causes` | the root; `[{kind, cause, count}]` where occurrences differ |
//! | `severity` | `critical`, `warning`, `notice` |
//! | `outcome` | `running`, `down`, `start-limit-hit`, `stopped`, `unknown` |
//! | `host`, `machine_id`, `boot_id`, `manager` | manager: `system` or `user@UID` |
//! | `unit`, `units`, `invocations` | the primary unit, all affected ones, and the lives that failed |
//! | `first`, `last` | when the first and the last thing of it happened |
//! | `occurrences`, `restarts` | counts |
//! | `down_us`, `detect_us`, `recover_us` | down in all; failure to systemd's record; failure to running again |
//! | `headline` | one English sentence |
//! | `systemd_result` | systemd's own verdict |
//! | `process` | `{pid, comm, exit: {code, status}}` |
//! | `last_word` | what the program said of its end: its last line at a level such as `fatal`, with the error |
//! | `oom` | `{constraint, invoker: {pid, comm}, victim: {pid, comm, uid, cgroup, total_vm_kb, anon_rss_kb, file_rss_kb, shmem_rss_kb, oom_score_adj}, oom_memcg, usage_kb, limit_kb, top: [{pid, comm, rss_kb}]}` |
//! | `disk` | `{path, directory, mount, device, error, refused}` |
//! | `go` | `{reason, value, signal, goroutine: {id, state}, frames: [{function, file, line}], created_by, goroutines: {total, groups: [{state, minutes, count, frame, stack: [{function, file, line}]}]}}`; a group has one state and one stack, of which the first frames are shown; the first frame is the first outside the runtime and the standard library |
//! | `timeline` | `[{at, source, event, unit, pid, text, link, count, occurrence}]`, in true order; occurrence: which of the occurrences it tells of, from 1; source: `kernel`, `systemd`, `unit`, `nwlog`; link: `kernel-cgroup`, `pid`, `invocation`, `stream`, `container`, `directory`, `mount`, `counter`, and the weak ones `name`, `near` |
//! | `cursors` | `{first, last}`, for `journalctl --cursor` |
//! | `context` | `[{at, text}]`: the unit's last lines before the first occurrence |
//! | `fields` | `["TRACE_ID=4f5e", …]`: what those lines told beside their text |
//! | `gaps` | `[{from, to, what, count}]`; what: `rate-limited`, `kernel-overrun`, `kernel-rate-limited`, `sequence` (entries that no file of the journal has), `kmsg-sequence` (records that a dump of /dev/kmsg lacks), `suspended` (the machine slept), `clock-set` (times before and after cannot be compared) |
//! | `truncated` | `{occurrences, timeline, context, early}`: what was left out by a limit, where anything was; `early`: it was closed because too many were open |
//! | `links` | ids of incidents that this one names |
//!
//! Control characters, bidirectional overrides and invisible characters stand as `\uXXXX` escapes: the same strings,
//! and nothing that a terminal obeys.

mod detail;
mod item;
mod safe;
mod wire;

use std::io::{self, Write};

use nwlog_correlate::{Incident, IncidentId};
use serde::Serialize;

pub use self::safe::Safe;

/// The version of the contract.
pub const SCHEMA: u32 = 1;

/// What a stream of changes adds to an incident.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extra<'a> {
    /// `opened`, `updated`, `closed` or `withdrawn`.
    pub change: Option<&'a str>,
    /// The incident that took a withdrawn one over.
    pub into: Option<IncidentId>,
}

/// Writes an incident on one line.
///
/// # Errors
/// What the writer says.
pub fn write(out: &mut dyn Write, incident: &Incident, extra: Extra<'_>) -> io::Result<()> {
    line(out, &wire::Wire::new(incident, extra))
}

/// Writes any value on one line, with nothing in it that a terminal obeys.
///
/// # Errors
/// What the writer says.
pub fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, Safe))?;
    out.write_all(b"\n")
}
