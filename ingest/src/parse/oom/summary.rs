//! The summary, from 5.0 on (and where it was back-ported): one line of `key=value`.

use bstr::ByteSlice;
use nom::bytes::complete::{is_not, tag};
use nom::character::complete::u32;
use nom::combinator::opt;
use nom::sequence::preceded;
use nom::{IResult, Parser};
use serde::{Deserialize, Serialize};

use super::lex::{COMM_BYTES, comm_len, path, until_last};
use crate::event::oom::Constraint;

/// How every summary begins.
pub(super) const SUMMARY: &str = "oom-kill:constraint=";

const OOM_MEMCG: &str = ",oom_memcg=";
const GLOBAL: &str = ",global_oom,task_memcg=";
const TASK_MEMCG: &str = ",task_memcg=";
const TASK: &str = ",task=";

/// The victim as the kernel chose it, and whose limit was reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Summary {
    /// Whose limit it was; none for a name unknown here.
    pub(super) constraint: Option<Constraint>,
    /// The cgroup whose limit was reached; none in a global kill.
    pub(super) oom_memcg: Option<Box<str>>,
    /// The victim's cgroup; none without memory cgroups.
    pub(super) task_memcg: Option<Box<str>>,
    /// The victim.
    pub(super) pid: u32,
    /// Its user.
    pub(super) uid: Option<u32>,
}

/// Reads `oom-kill:constraint=C,nodemask=N,cpuset=S,mems_allowed=M,oom_memcg=P,task_memcg=P,task=T,pid=1,uid=0`
/// (Linux, mm/oom_kill.c, `dump_oom_victim`). A global kill has `global_oom` in the place of `oom_memcg=P`, a kernel
/// without cpusets neither `cpuset` nor `mems_allowed`, one without memory cgroups no `memcg` at all.
///
/// Paths and names may hold commas and keys: the keys' order, the `/` that begins a path and the length of a name
/// tell them apart.
pub(super) fn summary(input: &[u8]) -> IResult<&[u8], Summary> {
    let (after, constraint) = preceded(tag(SUMMARY), is_not(",")).parse(input)?;
    let (numbers, body) = until_last(",pid=")(after)?;
    let (_, (pid, uid)) = (preceded(tag(",pid="), u32), opt(preceded(tag(",uid="), u32))).parse(numbers)?;
    let (oom, task) = memcgs(body);
    let constraint = match constraint {
        b"CONSTRAINT_NONE" => Some(Constraint::None),
        b"CONSTRAINT_CPUSET" => Some(Constraint::Cpuset),
        b"CONSTRAINT_MEMORY_POLICY" => Some(Constraint::MemoryPolicy),
        b"CONSTRAINT_MEMCG" => Some(Constraint::Memcg),
        _ => None,
    };
    Ok((&[], Summary { constraint, oom_memcg: oom.map(path), task_memcg: task.map(path), pid, uid }))
}

/// Finds the paths `oom_memcg` and `task_memcg` between the constraint and `,pid=`. The name of a cpuset has no `/`:
/// the first of the keys with one is no part of it.
fn memcgs(body: &[u8]) -> (Option<&[u8]>, Option<&[u8]>) {
    let memcg = body.find(",oom_memcg=/").map(|at| (at, OOM_MEMCG));
    let global = body.find(",global_oom,task_memcg=/").map(|at| (at, GLOBAL));
    let Some((at, key)) = memcg.into_iter().chain(global).min() else { return (None, None) };
    let paths = body.get(at + key.len()..).unwrap_or_default();
    if key == GLOBAL { (None, Some(without_name(paths))) } else { limit_and_task(paths) }
}

/// Cuts `P,task_memcg=P/Q,task=T`: a victim is at the limit's cgroup or below it, which tells the key from the same
/// text inside a path.
fn limit_and_task(paths: &[u8]) -> (Option<&[u8]>, Option<&[u8]>) {
    let cut = |at: usize| Some((paths.get(..at)?, paths.get(at + TASK_MEMCG.len()..)?));
    let mut cuts = paths.find_iter(TASK_MEMCG).filter_map(cut);
    let first = cuts.clone().next();
    match cuts.find(|(limit, task)| task.starts_with(limit)).or(first) {
        Some((limit, task)) => (Some(limit), Some(without_name(task))),
        None => (Some(without_name(paths)), None),
    }
}

/// Drops `,task=T`, at the first place that leaves a name of its length: a process can name itself `,task=x`.
fn without_name(path: &[u8]) -> &[u8] {
    let fits = |at: &usize| path.get(at + TASK.len()..).is_some_and(|name| comm_len(name) <= COMM_BYTES);
    let at = path.find_iter(TASK).find(fits).or_else(|| path.rfind(TASK));
    at.and_then(|at| path.get(..at)).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    type Row<'a> = (Option<Constraint>, Option<&'a str>, Option<&'a str>, u32, Option<u32>);

    fn check(text: &str, expected: Row<'_>) {
        let (_, read) = summary(text.as_bytes()).unwrap();
        let row =
            (read.constraint, read.oom_memcg.as_deref(), read.task_memcg.as_deref(), read.pid, read.uid);
        assert_eq!(row, expected, "{text}");
    }

    #[test]
    fn forms() {
        let memcg = Some(Constraint::Memcg);
        let none = Some(Constraint::None);
        let table: [(&str, &str, Row<'_>); 12] = [
            (
                "CONSTRAINT_MEMCG",
                "nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/system.slice/a.service,task_memcg=/system.slice/a.service,task=my app (v2),pid=69,uid=0",
                (memcg, Some("/system.slice/a.service"), Some("/system.slice/a.service"), 69, Some(0)),
            ),
            (
                "CONSTRAINT_MEMCG",
                "nodemask=(null),cpuset=pod,mems_allowed=0-1,3,oom_memcg=/k/pod,task_memcg=/k/pod/c,task=,pid=1,uid=9,pid=70,uid=1000",
                (memcg, Some("/k/pod"), Some("/k/pod/c"), 70, Some(1000)),
            ),
            (
                "CONSTRAINT_NONE",
                "nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/system.slice/b.service,task=b,pid=7,uid=991",
                (none, None, Some("/system.slice/b.service"), 7, Some(991)),
            ),
            (
                "CONSTRAINT_MEMORY_POLICY",
                "nodemask=0,2-3,cpuset=/,mems_allowed=0-3,global_oom,task_memcg=/,task=b,pid=7,uid=0",
                (Some(Constraint::MemoryPolicy), None, Some("/"), 7, Some(0)),
            ),
            (
                "CONSTRAINT_CPUSET",
                "nodemask=0,cpuset=x,mems_allowed=0,global_oom,task_memcg=/a,task=b,pid=7,uid=0",
                (Some(Constraint::Cpuset), None, Some("/a"), 7, Some(0)),
            ),
            (
                "CONSTRAINT_NONE",
                "nodemask=,global_oom,task_memcg=/syz0,task=syz.0,pid=7,uid=0",
                (none, None, Some("/syz0"), 7, Some(0)),
            ),
            (
                "CONSTRAINT_MEMCG",
                "nodemask=(null),oom_memcg=/syz0,task_memcg=/syz0,task=syz.0,pid=7,uid=0",
                (memcg, Some("/syz0"), Some("/syz0"), 7, Some(0)),
            ),
            (
                "CONSTRAINT_NONE",
                "nodemask=(null),cpuset=/,mems_allowed=0,task=b,pid=7,uid=0",
                (none, None, None, 7, Some(0)),
            ),
            (
                "CONSTRAINT_MEMCG",
                "nodemask=(null),cpuset=,oom_memcg=x,mems_allowed=0,oom_memcg=/a,b=c,task_memcg=/a,b=c/d, e,task=a,task=b,pid=7,uid=0",
                (memcg, Some("/a,b=c"), Some("/a,b=c/d, e"), 7, Some(0)),
            ),
            (
                "CONSTRAINT_MEMCG",
                "nodemask=(null),oom_memcg=/a,task_memcg=/b,task_memcg=/a,task_memcg=/b/c,task=x,pid=7,uid=0",
                (memcg, Some("/a,task_memcg=/b"), Some("/a,task_memcg=/b/c"), 7, Some(0)),
            ),
            (
                "CONSTRAINT_NONE",
                "nodemask=(null),global_oom,task_memcg=/x,oom_memcg=/y,task=x,pid=7,uid=0",
                (none, None, Some("/x,oom_memcg=/y"), 7, Some(0)),
            ),
            (
                "CONSTRAINT_NEW",
                "nodemask=(null),global_oom,task_memcg=/x,task=x,pid=7",
                (None, None, Some("/x"), 7, None),
            ),
        ];
        for (constraint, rest, expected) in table {
            check(&format!("oom-kill:constraint={constraint},{rest}"), expected);
        }
    }

    #[test]
    fn parts_are_none() {
        for text in [
            "",
            "oom-kill:constraint=CONSTRAINT_MEMCG",
            "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/a",
            "oom-kill:constraint=CONSTRAINT_NONE,task=b,pid=x",
            "x oom-kill:constraint=CONSTRAINT_NONE,task=b,pid=1,uid=0",
        ] {
            assert!(summary(text.as_bytes()).is_err(), "{text}");
        }
    }
}
