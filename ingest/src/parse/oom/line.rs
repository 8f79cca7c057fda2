//! Which line of a block a record is.

use std::sync::LazyLock;

use memchr::memmem;
use nom::Parser;
use nom::branch::alt;

use super::aftermath::{PINNED, REAPER, aftermath};
use super::caller::{Caller, caller};
use super::header::{INVOKED, header};
use super::kill::{Kill, Message, choice, kill, spared};
use super::lex::MAX_COMM;
use super::machine::{Machine, mem_info};
use super::memcg::{Limited, TASK_IN, TASKS_IN, group, limited};
use super::panic::{PANIC, no_victim};
use super::promise::{PROMISE, not_promised};
use super::stats::{Counters, stats};
use super::summary::{SUMMARY, Summary, summary};
use super::sysrq::{self, Sysrq, sysrq};
use super::tasks::{Columns, columns};
use super::usage::{Usage, usage};
use crate::event::oom::{Aftermath, NoVictim, NotPromised, Request, Task};

static FINDER: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new(INVOKED));

/// A line that a block is made of. The rows of its task table are known by their place only.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Line {
    /// "X invoked oom-killer".
    Header(Task, Request),
    /// "sysrq: Manual OOM execution".
    Sysrq(Sysrq),
    /// "Mem-Info:".
    Machine(Machine),
    /// "Memory cgroup stats for …".
    Stats(Counters),
    /// "CPU: … PID: … Comm: …".
    Caller(Caller),
    /// "memory: usage …, limit …".
    Usage(Usage),
    /// "Task in … killed as a result of limit of …".
    Limited(Limited),
    /// The header of the task table.
    Columns(Columns),
    /// "oom-kill:constraint=…".
    Summary(Summary),
    /// The beginning of a summary that did not fit in one record.
    Part,
    /// "Out of memory: Kill process …", and whom.
    Choice(Message, u32),
    /// "Killed process …".
    Kill(Kill),
    /// "Tasks in … are going to be killed", and where.
    Group(Box<str>),
    /// The victim was exiting already.
    Spared,
    /// Nobody was killed.
    NoVictim(NoVictim),
    /// What became of a victim.
    Aftermath(Aftermath),
    /// "__vm_enough_memory: …".
    NotPromised(NotPromised),
}

/// What a line begins with that needs no block before it. A header begins with a name.
const OPENERS: [&str; 12] = [
    "Killed process ",
    "Out of memory",
    "out of memory",
    "Memory cgroup out of memory: ",
    "No available memory ",
    SUMMARY,
    TASK_IN,
    TASKS_IN,
    PANIC,
    REAPER,
    PINNED,
    PROMISE,
];

/// Their first letters.
const INITIALS: &[u8] = b"KOoMNT_";

impl Line {
    /// Reads a line by its first bytes.
    pub(super) fn read(text: &[u8]) -> Option<Self> {
        let text = text.trim_ascii_end();
        let told = alt((
            kill.map(Self::Kill),
            choice.map(|(message, pid)| Self::Choice(message, pid)),
            spared.map(|_| Self::Spared),
            no_victim.map(Self::NoVictim),
            group.map(Self::Group),
            limited.map(Self::Limited),
            sysrq.map(Self::Sysrq),
            aftermath.map(Self::Aftermath),
            not_promised.map(Self::NotPromised),
        ));
        let context = alt((
            usage.map(Self::Usage),
            caller.map(Self::Caller),
            columns.map(Self::Columns),
            stats.map(Self::Stats),
            mem_info.map(Self::Machine),
            header.map(|(task, request)| Self::Header(task, request)),
        ));
        let summary =
            alt((summary.map(Self::Summary), nom::bytes::complete::tag(SUMMARY).map(|_| Self::Part)));
        alt((told, summary, context)).parse(text).ok().map(|(_, line)| line)
    }

    /// Whether a record may be a line that tells something with no block before it: never false for one that is.
    pub(super) fn opens(text: &[u8]) -> bool {
        let start = text.get(..MAX_COMM + INVOKED.len()).unwrap_or(text);
        Self::opens_at_start(text) || FINDER.find(start).is_some()
    }

    /// The same of a record that does not say who invoked the OOM killer.
    pub(super) fn opens_at_start(text: &[u8]) -> bool {
        // Few texts begin with any of these letters.
        let may = text.first().is_some_and(|first| INITIALS.contains(first));
        may && OPENERS.iter().any(|opener| text.starts_with(opener.as_bytes())) || sysrq::opens(text)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_opener_has_its_initial() {
        assert!(OPENERS.iter().all(|opener| INITIALS.contains(opener.as_bytes().first().unwrap())));
    }

    #[test]
    fn what_needs_no_block_opens() {
        for text in [
            "x invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
            r"\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b invoked oom-killer: gfp_mask=0xcc0",
            "Task in /a killed as a result of limit of /a",
            "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),global_oom,task_memcg=/,task=x,pid=1,uid=0",
            "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null)",
            "Out of memory: Kill process 5 (x) score 919 or sacrifice child",
            "Out of memory (oom_kill_allocating_task): Killed process 5 (x) total-vm:1kB",
            "No available memory in cpuset: kill process 5 (x) score 0 or a child",
            "Memory cgroup out of memory: Killed process 5 (x) total-vm:1kB",
            "Killed process 5 (x) total-vm:1kB",
            "Tasks in /a are going to be killed due to memory.oom.group set",
            "Out of memory: OOM victim 5 (x) is already exiting. Skip killing the task",
            "Out of memory and no killable processes...",
            "Kernel panic - not syncing: out of memory. panic_on_oom is selected",
            "Kernel panic - not syncing: System is deadlocked on memory",
            "SysRq : Manual OOM execution",
            "sysrq: OOM request ignored. No task eligible",
            "oom_reaper: reaped process 5 (x), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB",
            "oom_reaper: unable to reap pid:5 (x)",
            "oom killer 5 (x) has mm pinned by 6 (y)",
            "__vm_enough_memory: pid: 5, comm: x, bytes: 1099511627776 not enough memory for the allocation",
        ] {
            assert!(Line::read(text.as_bytes()).is_some(), "{text}");
            assert!(Line::opens(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn what_needs_a_block_does_not() {
        for text in [
            "memory: usage 1kB, limit 1kB, failcnt 0",
            "CPU: 1 UID: 0 PID: 6918 Comm: x Not tainted 6.18.44 #1 PREEMPT(none) ",
            "[ pid ]   uid  tgid total_vm      rss cpu oom_adj name",
            "Mem-Info:\nactive_anon:12 inactive_anon:34 isolated_anon:0",
            "Memory cgroup stats for /x: cache:0KB rss:980KB",
            "Memory cgroup stats for /x:\nanon 123\nfile 4",
        ] {
            assert!(Line::read(text.as_bytes()).is_some(), "{text}");
            assert!(!Line::opens(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn the_rest_of_a_block_is_none() {
        for text in [
            "",
            "x cpuset=/ mems_allowed=0",
            "Call Trace:",
            "Tasks state (memory values in pages):",
            "swap: usage 0kB, limit 9007199254740988kB, failcnt 0",
            "anon 123",
            "130939 pages RAM",
            "Free swap  = 0kB",
            "sysrq: Show Memory",
            "OOM killer disabled.",
            "x: page allocation failure: order:4, mode:0xcc0(GFP_KERNEL), nodemask=(null),cpuset=/",
            "warn_alloc: 7 callbacks suppressed",
            "cma: cma_alloc: reserved: alloc failed, req-size: 512 pages, ret: -12",
            "oom_kill_process: 70 callbacks suppressed",
            "Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000009",
        ] {
            assert_eq!(Line::read(text.as_bytes()), None, "{text}");
        }
    }
}
