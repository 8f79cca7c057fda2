//! Memory that the kernel did not promise, where overcommitting has a limit.

use bstr::ByteSlice;
use nom::bytes::complete::tag;
use nom::character::complete::{u32, u64};
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

use super::lex::{comm, until_last};
use crate::event::oom::NotPromised;

/// How the line begins (Linux, mm/util.c, `__vm_enough_memory`).
pub(super) const PROMISE: &str = "__vm_enough_memory: ";

/// Reads "__vm_enough_memory: pid: 5, comm: x, bytes: 1099511627776 not enough memory for the allocation", without the
/// bytes before 6.9, and with "no" in the place of "not" before 6.4.
pub(super) fn not_promised(input: &[u8]) -> IResult<&[u8], NotPromised> {
    let (rest, pid) = delimited((tag(PROMISE), tag("pid: ")), u32, tag(", comm: ")).parse(input)?;
    let (tail, head) = until_last(" enough memory for the allocation")(rest)?;
    let head = head.strip_suffix(b" not").or_else(|| head.strip_suffix(b" no")).unwrap_or_default();
    let size = |text: &[u8]| {
        let bytes: IResult<&[u8], u64> = preceded(tag(", bytes: "), u64).parse(text);
        bytes.ok().filter(|(left, _)| left.is_empty() || *left == b",").map(|(_, bytes)| bytes)
    };
    let sized = head.rfind(", bytes: ").and_then(|at| head.split_at_checked(at));
    let (name, bytes) = match sized.and_then(|(name, text)| Some((name, size(text)?))) {
        Some((name, bytes)) => (name, Some(bytes)),
        None => (head.strip_suffix(b",").unwrap_or_default(), None),
    };
    if name.is_empty() {
        return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)));
    }
    Ok((tail, NotPromised { pid, comm: comm(name), bytes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        for (text, expected) in [
            (
                "__vm_enough_memory: pid: 5, comm: x, bytes: 1099511627776 not enough memory for the allocation",
                Some((5, "x", Some(1_099_511_627_776))),
            ),
            (
                "__vm_enough_memory: pid: 5, comm: a, b: c, bytes: 4096, not enough memory for the allocation",
                Some((5, "a, b: c", Some(4096))),
            ),
            (
                "__vm_enough_memory: pid: 5, comm: my app, not enough memory for the allocation",
                Some((5, "my app", None)),
            ),
            (
                "__vm_enough_memory: pid: 5, comm: x, no enough memory for the allocation",
                Some((5, "x", None)),
            ),
            ("__vm_enough_memory: pid: 5, comm: x, enough memory for the allocation", None),
            ("__vm_enough_memory: pid: x, comm: x, not enough memory for the allocation", None),
            ("app: __vm_enough_memory: pid: 5, comm: x, not enough memory for the allocation", None),
        ] {
            let read = not_promised(text.as_bytes()).ok().map(|(_, read)| read);
            let read = read.as_ref().map(|read| (read.pid, &*read.comm, read.bytes));
            assert_eq!(read, expected, "{text}");
        }
    }
}
