//! The line that precedes a stack: who called.

use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::u32;
use nom::combinator::{opt, rest};
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

use super::lex::comm;

/// A task that dumped its stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Caller {
    /// The thread's number.
    pub(super) pid: u32,
    /// Its name, and what follows that: nothing ends a name here.
    pub(super) comm: Box<str>,
}

/// Reads "CPU: 1 UID: 0 PID: 6918 Comm: x Not tainted …" (Linux, lib/dump_stack.c; no UID before 6.11) and "Pid: 4903,
/// comm: x Not tainted …" (before 3.10).
pub(super) fn caller(input: &[u8]) -> IResult<&[u8], Caller> {
    let uid = opt(delimited(tag("UID: "), u32, tag(" ")));
    let new = (delimited(tag("CPU: "), u32, tag(" ")), uid, preceded(tag("PID: "), u32), tag(" Comm: "));
    let old = (preceded(tag("Pid: "), u32), tag(", comm: "));
    (alt((new.map(|(_, _, pid, _)| pid), old.map(|(pid, _)| pid))), rest)
        .map(|(pid, name)| Caller { pid, comm: comm(name) })
        .parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        for (text, expected) in [
            (
                "Pid: 49, comm: a b Not tainted 2.6.32-642.el6.x86_64 #1",
                Some((49, "a b Not tainted 2.6.32-642.el6.x86_64 #1")),
            ),
            (
                "CPU: 5 PID: 136 Comm: x Tainted: P OX 3.13.0-43 #72",
                Some((136, "x Tainted: P OX 3.13.0-43 #72")),
            ),
            (
                "CPU: 0 PID: 7 Comm: x Kdump: loaded Not tainted 4.18.0",
                Some((7, "x Kdump: loaded Not tainted 4.18.0")),
            ),
            ("CPU: 1 UID: 0 PID: 69 Comm: x Not tainted 6.18.4 #1", Some((69, "x Not tainted 6.18.4 #1"))),
            ("CPU: 1 Comm: x", None),
            ("CPU1: Core temperature above threshold", None),
        ] {
            let read = caller(text.as_bytes()).ok().map(|(_, read)| read);
            assert_eq!(read.as_ref().map(|read| (read.pid, &*read.comm)), expected, "{text}");
        }
    }
}
