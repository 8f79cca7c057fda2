//! The small parts that lines share.

use bstr::ByteSlice;
use nom::bytes::complete::tag;
use nom::character::complete::u64;
use nom::error::{Error, ErrorKind};
use nom::sequence::terminated;
use nom::{IResult, Parser};

use crate::parse::clip;

/// The bytes of a name: TASK_COMM_LEN less its NUL (Linux, include/linux/sched.h).
pub(super) const COMM_BYTES: usize = 15;

/// The most of a name that is kept: 15 bytes, each of which a text dump may write as `\xNN`.
pub(super) const MAX_COMM: usize = 64;

/// The most of a cgroup's path that is kept (PATH_MAX).
const MAX_PATH: usize = 4096;

/// Keeps a process's name.
pub(super) fn comm(name: &[u8]) -> Box<str> {
    clip(name, MAX_COMM)
}

/// Keeps a cgroup's path.
pub(super) fn path(path: &[u8]) -> Box<str> {
    clip(path, MAX_PATH)
}

/// `123kB`.
pub(super) fn size_kb(input: &[u8]) -> IResult<&[u8], u64> {
    terminated(u64, tag("kB")).parse(input)
}

/// Takes everything up to the last of a mark: names may hold the mark themselves.
pub(super) fn until_last<'a>(mark: &str) -> impl Fn(&'a [u8]) -> IResult<&'a [u8], &'a [u8]> {
    move |input: &[u8]| match input.rfind(mark).and_then(|at| input.split_at_checked(at)) {
        Some((head, tail)) => Ok((tail, head)),
        None => Err(nom::Err::Error(Error::new(input, ErrorKind::TakeUntil))),
    }
}

/// The lines of a record: some are printed as one with newlines in them, which rsyslog writes as `#012`.
pub(super) fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.lines().flat_map(|line| line.split_str("#012"))
}

/// A name's length as the kernel has it: `\xNN`, as dumps write what is not printable, is one byte.
pub(super) fn comm_len(mut name: &[u8]) -> usize {
    let mut length = 0;
    while let Some((&first, rest)) = name.split_first() {
        name = match (first, rest) {
            (b'\\', [b'x', a, b, tail @ ..]) if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => tail,
            _ => rest,
        };
        length += 1;
    }
    length
}
