//! Reports of the race detector (Go, src/runtime/race; LLVM, compiler-rt/lib/tsan/rtl/tsan_report.cpp, the Go part).
//!
//! A report stands between two rulers. It has stacks, of which the first is that of the access that was caught, and
//! tells of no crash: the process goes on, and only its exit in the end has status 66.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::{char, u64 as number};
use nom::combinator::{eof, opt, value};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use super::frame;
use super::header::Header;
use super::stack::Stacks;

/// The line below the upper ruler.
pub(super) const TITLE: &[u8] = b"WARNING: DATA RACE";

/// The ruler.
const RULER: &[u8] = b"==================";

/// What a line is to a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// `Write at 0x00c000014100 by goroutine 7:`, and the goroutine.
    Access(u64),
    /// `Previous read at …`, `Goroutine 7 (running) created at:`: the stacks that follow are others'.
    Other,
    /// A function or a place, or no line at all.
    Frame(&'a [u8]),
    /// The lower ruler.
    End,
}

/// Tells what a line is to a report: nothing where it is another's line.
pub(super) fn part(text: &[u8]) -> Option<Part<'_>> {
    let line = text.trim_ascii();
    if line == RULER {
        return Some(Part::End);
    }
    if let Ok((_, (is_previous, goroutine))) = access(line) {
        return Some(if is_previous { Part::Other } else { Part::Access(goroutine) });
    }
    if created(line).is_ok() {
        return Some(Part::Other);
    }
    // C's functions have other forms, but are indented too.
    let is_frame = line.is_empty()
        || text.starts_with(b"  ")
        || line == b"[failed to restore the stack]"
        || frame::function(line).is_some()
        || frame::place(line).is_some();
    is_frame.then_some(Part::Frame(line))
}

/// Reads a line of the stack of the access that was caught.
pub(super) fn frame(stacks: &mut Stacks, line: &[u8]) {
    if let Some(name) = frame::function(line) {
        stacks.function(name);
    } else if let Some(place) = frame::place(line) {
        stacks.place(&place);
    }
}

/// The header that the goroutine would have in a dump.
pub(super) fn header(goroutine: u64) -> Header<'static> {
    Header { id: goroutine, state: b"running", minutes: None }
}

/// `Previous atomic write at 0x… by main goroutine [mutexes: …]:`. Whether it is the previous one comes first.
fn access(line: &[u8]) -> IResult<&[u8], (bool, u64)> {
    let kind = (
        opt(alt((tag("atomic "), tag("Atomic ")))),
        alt((tag("Read"), tag("Write"), tag("read"), tag("write"))),
    );
    let by = alt((value(1, tag("main goroutine")), preceded(tag("goroutine "), number)));
    let (left, (previous, _, _, goroutine)) = (
        opt(alt((tag("Previous "), tag("Concurrent ")))),
        kind,
        delimited(tag(" at 0x"), hex, tag(" by ")),
        by,
    )
        .parse(line)?;
    let (left, _) = end(left)?;
    Ok((left, (previous.is_some(), goroutine)))
}

/// `Goroutine 7 (running) created at:`, in any state.
fn created(line: &[u8]) -> IResult<&[u8], u64> {
    let state = delimited(tag(" ("), take_while1(|byte: u8| byte.is_ascii_lowercase()), char(')'));
    terminated(delimited(tag("Goroutine "), number, state), (tag(" created at:"), eof)).parse(line)
}

fn hex(text: &[u8]) -> IResult<&[u8], &[u8]> {
    take_while1(|byte: u8| byte.is_ascii_hexdigit()).parse(text)
}

/// The colon, behind the mutexes that are held where they are told.
fn end(text: &[u8]) -> IResult<&[u8], ()> {
    let held = delimited(tag(" ["), take_while(|byte| byte != b']'), char(']'));
    value((), (opt(held), char(':'), eof)).parse(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_parts_of_a_report() {
        for (text, expected) in [
            ("Write at 0x00c000014100 by goroutine 7:", Some(Part::Access(7))),
            ("Read at 0x00c000014100 by main goroutine:", Some(Part::Access(1))),
            ("Previous write at 0x00c000014100 by goroutine 8:", Some(Part::Other)),
            ("Previous atomic write at 0x00c000014100 by goroutine 8:", Some(Part::Other)),
            ("Goroutine 7 (running) created at:", Some(Part::Other)),
            ("Goroutine 7 (finished) created at:", Some(Part::Other)),
            ("==================", Some(Part::End)),
            ("  main.f()", Some(Part::Frame(b"main.f()"))),
            ("      /s/main.go:5 +0x1", Some(Part::Frame(b"/s/main.go:5 +0x1"))),
            ("  [failed to restore the stack]", Some(Part::Frame(b"[failed to restore the stack]"))),
            ("  my_c_function <null> (a.out+0x4c)", Some(Part::Frame(b"my_c_function <null> (a.out+0x4c)"))),
            ("", Some(Part::Frame(b""))),
            ("listening on :8080 by goroutine 7:", None),
            ("Write at the door by goroutine 7:", None),
            ("2026/01/02 03:04:05 served", None),
        ] {
            assert_eq!(part(text.as_bytes()), expected, "{text}");
        }
    }
}
