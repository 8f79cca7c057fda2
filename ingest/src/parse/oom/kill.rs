//! The kill line, and the lines that choose and spare a victim.

use bstr::ByteSlice;
use nom::branch::alt;
use nom::bytes::complete::{is_not, tag, tag_no_case};
use nom::character::complete::{i32, u32};
use nom::combinator::{opt, value};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};
use serde::{Deserialize, Serialize};

use super::lex::{comm, size_kb, until_last};
use crate::event::oom::{Constraint, Victim};

/// Why the kernel says that it kills: the `message` of `oom_kill_process`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Message {
    /// "Memory cgroup out of memory".
    Memcg,
    /// "Out of memory", for every constraint but a memory cgroup's.
    Machine,
    /// "No available memory (MPOL_BIND)", up to 2.6.35.
    Policy,
    /// "No available memory in cpuset", up to 2.6.35.
    Cpuset,
}

impl Message {
    /// The constraint, where the message alone proves it.
    pub(super) const fn constraint(self) -> Option<Constraint> {
        match self {
            Self::Memcg => Some(Constraint::Memcg),
            Self::Machine => None,
            Self::Policy => Some(Constraint::MemoryPolicy),
            Self::Cpuset => Some(Constraint::Cpuset),
        }
    }

    /// Whether it is a memory cgroup that is out of memory.
    pub(super) const fn by_memcg(self) -> bool {
        matches!(self, Self::Memcg)
    }
}

fn message(input: &[u8]) -> IResult<&[u8], Message> {
    alt((
        value(Message::Memcg, tag("Memory cgroup out of memory: ")),
        value(Message::Machine, tag("Out of memory: ")),
        value(Message::Machine, tag("Out of memory (oom_kill_allocating_task): ")),
        value(Message::Policy, tag("No available memory (MPOL_BIND): ")),
        value(Message::Cpuset, tag("No available memory in cpuset: ")),
    ))
    .parse(input)
}

/// A kill line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Kill {
    /// Its prefix, from 5.1 on; before, the line that chose the victim has it.
    pub(super) message: Option<Message>,
    /// Who was killed.
    pub(super) victim: Victim,
}

/// Reads "Killed process 1532 (x) total-vm:…kB, anon-rss:…kB, …" in the forms of all versions: EL6 has
/// `, UID 27,` before the name, 5.1 and later the message before it all, 2.6.32 no sizes, 2.6.33 to 35 `vsz:`.
pub(super) fn kill(input: &[u8]) -> IResult<&[u8], Kill> {
    let (rest, message) = opt(message).parse(input)?;
    let (rest, pid) = preceded(tag("Killed process "), u32).parse(rest)?;
    let (rest, uid) = opt(delimited(tag(", UID "), is_not(","), tag(","))).parse(rest)?;
    let (rest, _) = tag(" (")(rest)?;
    let (rest, name) = name(rest)?;
    let mut victim = Victim { pid, comm: comm(name), ..Victim::default() };
    victim.uid = uid.and_then(|uid| whole(u32, uid));
    let fields = rest.split(|byte| matches!(byte, b' ' | b','));
    for (key, value) in fields.filter_map(|field| field.split_once_str(":")) {
        match key {
            b"total-vm" | b"vsz" => victim.total_vm_kb = whole(size_kb, value),
            b"anon-rss" => victim.anon_rss_kb = whole(size_kb, value),
            b"file-rss" => victim.file_rss_kb = whole(size_kb, value),
            b"shmem-rss" => victim.shmem_rss_kb = whole(size_kb, value),
            b"UID" => victim.uid = whole(u32, value),
            b"oom_score_adj" => victim.oom_score_adj = whole(i32, value),
            _ => {}
        }
    }
    Ok((&[], Kill { message, victim }))
}

/// Takes a name that may hold anything, this line's own text too: the last of what can follow it ends it.
fn name(input: &[u8]) -> IResult<&[u8], &[u8]> {
    alt((until_last(") total-vm:"), until_last(") vsz:"), until_last(")"))).parse(input)
}

/// Reads a value that must end where its field does: a cut line's last number is not a number.
fn whole<'a, T>(
    mut parser: impl Parser<&'a [u8], Output = T, Error = nom::error::Error<&'a [u8]>>,
    value: &'a [u8],
) -> Option<T> {
    parser.parse(value).ok().filter(|(rest, _)| rest.is_empty()).map(|(_, read)| read)
}

/// Reads the process that old kernels chose, up to 5.0: "Out of memory: Kill process 1532 (x) score 919 or sacrifice
/// child". A child may die in its place: the kill line tells.
pub(super) fn choice(input: &[u8]) -> IResult<&[u8], (Message, u32)> {
    terminated((message, preceded(tag_no_case("Kill process "), u32)), (tag(" ("), until_last(") score ")))
        .parse(input)
}

/// Reads "OOM victim 5 (x) is already exiting. Skip killing the task": a block that ends with no kill.
pub(super) fn spared(input: &[u8]) -> IResult<&[u8], u32> {
    delimited((message, tag("OOM victim ")), u32, (tag(" ("), until_last(") is already exiting.")))
        .parse(input)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// pid, name, uid, total-vm, anon-rss, file-rss, shmem-rss, oom_score_adj
    type Row<'a> =
        (u32, &'a str, Option<u32>, Option<u64>, Option<u64>, Option<u64>, Option<u64>, Option<i32>);

    fn row(victim: &Victim) -> Row<'_> {
        (
            victim.pid,
            &victim.comm,
            victim.uid,
            victim.total_vm_kb,
            victim.anon_rss_kb,
            victim.file_rss_kb,
            victim.shmem_rss_kb,
            victim.oom_score_adj,
        )
    }

    #[test]
    fn every_version() {
        let memcg = Some(Message::Memcg);
        let machine = Some(Message::Machine);
        let table: [(&str, Option<Message>, Row<'_>); 13] = [
            ("Killed process 77 (httpd)", None, (77, "httpd", None, None, None, None, None, None)),
            (
                "Killed process 77 (httpd) vsz:1234kB, anon-rss:56kB, file-rss:7kB",
                None,
                (77, "httpd", None, Some(1234), Some(56), Some(7), None, None),
            ),
            (
                "Killed process 8123, UID 48, (httpd) total-vm:941240kB, anon-rss:7348kB, file-rss:16kB",
                None,
                (8123, "httpd", Some(48), Some(941_240), Some(7348), Some(16), None, None),
            ),
            (
                "Killed process 2210 (ruby) total-vm:300000kB, anon-rss:250000kB, file-rss:0kB",
                None,
                (2210, "ruby", None, Some(300_000), Some(250_000), Some(0), None, None),
            ),
            (
                "Killed process 2210 (ruby) total-vm:3kB, anon-rss:2kB, file-rss:1kB, shmem-rss:4kB",
                None,
                (2210, "ruby", None, Some(3), Some(2), Some(1), Some(4), None),
            ),
            (
                "Out of memory: Killed process 9 (a b) total-vm:3kB, anon-rss:2kB, file-rss:1kB, shmem-rss:0kB",
                machine,
                (9, "a b", None, Some(3), Some(2), Some(1), Some(0), None),
            ),
            (
                "Out of memory (oom_kill_allocating_task): Killed process 9 (a) total-vm:3kB, anon-rss:2kB, \
                 file-rss:1kB, shmem-rss:0kB, UID:33 pgtables:96kB oom_score_adj:-998",
                machine,
                (9, "a", Some(33), Some(3), Some(2), Some(1), Some(0), Some(-998)),
            ),
            (
                "Memory cgroup out of memory: Killed process 9 (my app (v2)) total-vm:3kB, anon-rss:2kB, \
                 file-rss:1kB, shmem-rss:0kB, UID:4294967295 pgtables:96kB oom_score_adj:1000 ",
                memcg,
                (9, "my app (v2)", Some(u32::MAX), Some(3), Some(2), Some(1), Some(0), Some(1000)),
            ),
            (
                "Memory cgroup out of memory: Killed process 9 (x) total-vm:1kB) total-vm:3kB, anon-rss:2kB",
                memcg,
                (9, "x) total-vm:1kB", None, Some(3), Some(2), None, None, None),
            ),
            (
                "Killed process 9 (() total-vm:18446744073709551615kB, anon-rss:18446744073709551616kB",
                None,
                (9, "(", None, Some(u64::MAX), None, None, None, None),
            ),
            (
                "Killed process 9 (UID:7, a:b) total-vm:3kB, anon-rss:12",
                None,
                (9, "UID:7, a:b", None, Some(3), None, None, None, None),
            ),
            ("Killed process 9 () total-vm:3kB", None, (9, "", None, Some(3), None, None, None, None)),
            ("Killed process 9 (cut) total-v>", None, (9, "cut", None, None, None, None, None, None)),
        ];
        for (text, message, expected) in table {
            let (_, read) = kill(text.as_bytes()).unwrap();
            assert_eq!((read.message, row(&read.victim)), (message, expected), "{text}");
        }
    }

    #[test]
    fn others_are_no_kill() {
        for text in [
            "",
            "Killed process",
            "Killed process x (y) total-vm:1kB",
            "Killed process 99999999999 (y) total-vm:1kB",
            " Killed process 1 (y) total-vm:1kB",
            "myapp: Killed process 1 (y) total-vm:1kB",
            "Out of memory: Kill process 1 (y) score 900 or sacrifice child",
            "Kill process 1 (y) sharing same memory",
            "oom_reaper: reaped process 1 (y), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB",
            "Memory cgroup out of memory: OOM victim 1 (y) is already exiting. Skip killing the task",
        ] {
            assert!(kill(text.as_bytes()).is_err(), "{text}");
        }
    }

    #[test]
    fn choices() {
        for (text, expected) in [
            ("Out of memory: Kill process 5 (x) score 919 or sacrifice child", Some((Message::Machine, 5))),
            (
                "Memory cgroup out of memory: Kill process 5 (a (b)) score 1 or sacrifice child",
                Some((Message::Memcg, 5)),
            ),
            (
                "Out of memory (oom_kill_allocating_task): Kill process 5 (x) score 0 or sacrifice child",
                Some((Message::Machine, 5)),
            ),
            ("Out of memory: kill process 5 (x) score 12 or a child", Some((Message::Machine, 5))),
            (
                "No available memory in cpuset: kill process 5 (x) score 0 or a child",
                Some((Message::Cpuset, 5)),
            ),
            (
                "No available memory (MPOL_BIND): kill process 5 (x) score 0 or a child",
                Some((Message::Policy, 5)),
            ),
            ("Kill process 5 (x) sharing same memory", None),
            ("Out of memory: Killed process 5 (x) total-vm:1kB", None),
        ] {
            assert_eq!(choice(text.as_bytes()).ok().map(|(_, read)| read), expected, "{text}");
        }
    }

    #[test]
    fn spared_victims() {
        for (text, expected) in [
            ("Out of memory: OOM victim 5 (x) is already exiting. Skip killing the task", Some(5)),
            (
                "Memory cgroup out of memory: OOM victim 5 ((x)) is already exiting. Skip killing the task",
                Some(5),
            ),
            ("OOM victim 5 (x) is already exiting. Skip killing the task", None),
        ] {
            assert_eq!(spared(text.as_bytes()).ok().map(|(_, read)| read), expected, "{text}");
        }
    }
}
