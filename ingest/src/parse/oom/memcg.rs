//! The lines about memory cgroups that stand by themselves.

use nom::bytes::complete::{tag, take_until};
use nom::combinator::rest;
use nom::sequence::{delimited, preceded, separated_pair};
use nom::{IResult, Parser};
use serde::{Deserialize, Serialize};

use super::lex::{path, until_last};

/// How the two lines begin.
pub(super) const TASK_IN: &str = "Task in /";
/// See [`TASK_IN`].
pub(super) const TASKS_IN: &str = "Tasks in /";

/// Whose limit was reached, and where the chosen process is, up to 4.20.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Limited {
    /// The chosen process's cgroup.
    pub(super) task: Box<str>,
    /// The cgroup whose limit was reached.
    pub(super) limit: Box<str>,
}

/// Reads "Task in /A killed as a result of limit of /B" (Linux, mm/memcontrol.c, `mem_cgroup_print_oom_info`).
pub(super) fn limited(input: &[u8]) -> IResult<&[u8], Limited> {
    const KILLED: &str = " killed as a result of limit of ";
    preceded(tag("Task in "), separated_pair(take_until(KILLED), tag(KILLED), rest))
        .map(|(task, limit): (&[u8], &[u8])| Limited {
            task: path(task),
            limit: path(limit.trim_ascii_end()),
        })
        .parse(input)
}

/// Reads the cgroup of "Tasks in /A are going to be killed due to memory.oom.group set" (Linux, mm/memcontrol.c,
/// `mem_cgroup_print_oom_group`, 4.19 and later): the kill lines that follow are of the same kill.
pub(super) fn group(input: &[u8]) -> IResult<&[u8], Box<str>> {
    delimited(
        tag("Tasks in "),
        until_last(" are going to be killed due to memory.oom.group set"),
        tag(" are going to be killed"),
    )
    .map(path)
    .parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits() {
        for (text, expected) in [
            (
                "Task in /docker/ab killed as a result of limit of /docker/ab",
                Some(("/docker/ab", "/docker/ab")),
            ),
            ("Task in /a b/c, d killed as a result of limit of /a b\n", Some(("/a b/c, d", "/a b"))),
            ("Task in / killed as a result of limit of /", Some(("/", "/"))),
            ("Task in /a", None),
            ("Tasks in /a are going to be killed due to memory.oom.group set", None),
        ] {
            let read = limited(text.as_bytes()).ok().map(|(_, read)| read);
            assert_eq!(read.as_ref().map(|read| (&*read.task, &*read.limit)), expected, "{text}");
        }
    }

    #[test]
    fn groups() {
        for (text, expected) in [
            ("Tasks in /a/b c are going to be killed due to memory.oom.group set", Some("/a/b c")),
            ("Tasks in / are going to be killed due to memory.oom.group set", Some("/")),
            ("Tasks in /a are going to be killed", None),
            ("Tasks state (memory values in pages):", None),
        ] {
            assert_eq!(group(text.as_bytes()).ok().map(|(_, read)| read).as_deref(), expected, "{text}");
        }
    }
}
