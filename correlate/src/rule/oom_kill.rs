//! Kills for memory.
//!
//! Opens: a kernel's kill in the unit's cgroup; systemd's word that a process of the unit was killed by the OOM killer, or
//! by systemd-oomd, where no kernel record is there; earlyoom's word that it ended a process.
//! Joins: the end of that life, if systemd saw the kill (`OUT_OF_MEMORY`, result `oom-kill`), or if SIGKILL ended the main
//! process within the lateness; an end of whatever kind that follows earlyoom's signal to the main process, as long as
//! nobody asked systemd for it; a silent end near a kill; the other kills of one block, which are one occurrence (memory.oom.group).
//! Closes: as all do. A kill that comes to light after the end was told opens the closed incident again, and takes it over.
//! Suppressed by: a parent unit's echo of a kill below it: systemd counts it in every cgroup above, and may say so minutes
//! later.
//! Leaves alone: a life that goes on after the kill of a child: the kill is an occurrence by itself.
//! Why so: the kernel's word is the proof. On cgroup v1 systemd sees no kill, and under load not on v2 either; its result is
//! then `signal`, and the headline says so.

use nwlog_ingest::event::oom::Killer;
use nwlog_ingest::event::unit::{Exit, ExitCode};
use nwlog_ingest::parse::oom::{Limit, limit_of};
use nwlog_ingest::time::Moment;

use super::Verdict;
use crate::incident::{Cause, Kind};
use crate::life::{Kill, Life};

/// How long after systemd's word an end of whatever kind still belongs to the kill, in microseconds: the default of
/// TimeoutStopSec is 90 s, and OOMPolicy=stop asks the rest of the unit to end.
const AFTERMATH_US: u64 = 120_000_000;

/// The kill that a life's end goes back to.
pub(super) fn of_end(life: &Life, failed: bool, lateness_us: u64) -> Option<Verdict> {
    let end = life.ended()?;
    let early = |kill: &&Kill| {
        kill.oom.killer == Killer::Earlyoom
            && end.order(&kill.at).is_ge()
            && end.since(&kill.at) <= lateness_us
    };
    if let Some(kill) = life.kills.iter().rev().find(early) {
        return Some(of_kill(kill));
    }
    let result = life.failed.as_ref().is_some_and(|(_, result)| &**result == "oom-kill");
    let told = life.oom_told.or(life.oomd).is_some_and(|told| end.since(&told) <= AFTERMATH_US);
    let sigkill = matches!(life.exit, Some((_, Exit { code: ExitCode::Killed, status: 9 })));
    if !(result || failed && (told || sigkill)) {
        return None;
    }
    let near = |kill: &&Kill| {
        let before = if result || told { AFTERMATH_US } else { lateness_us };
        end.since(&kill.at) <= before && kill.at.since(&end) <= lateness_us
    };
    if let Some(kill) = life.kills.iter().rev().find(near) {
        // The first kill of its block has the cgroup.
        let first = life.kills.iter().find(|other| other.oom.block == kill.oom.block);
        return Some(of_kill(first.unwrap_or(kill)));
    }
    if !(result || told) {
        return None;
    }
    let cause = life.oomd.map(|_| Cause::Oomd);
    let at = life.oomd.or(life.oom_told).unwrap_or(end);
    Some(Verdict { kind: Kind::OomKill, cause, at, record: life.record })
}

/// The kill that a life's silent end goes back to: who lost a worker may end with status 0. In text the kernel's lines have
/// the time at which they were stored.
pub(crate) fn near(life: &Life, end: &Moment, lateness_us: u64) -> Option<Verdict> {
    let near = |kill: &&Kill| end.since(&kill.at) <= lateness_us && kill.at.since(end) <= lateness_us;
    life.kills.iter().rev().find(near).map(of_kill)
}

/// What one kill goes back to.
pub(crate) fn of_kill(kill: &Kill) -> Verdict {
    let cause = limit_of(&kill.oom).map(|limit| match limit {
        Limit::Own => Cause::MemcgLimit,
        Limit::Slice => Cause::SliceLimit,
        Limit::Global => Cause::Global,
    });
    Verdict { kind: Kind::OomKill, cause, at: kill.at, record: kill.record }
}
