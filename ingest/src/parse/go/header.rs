//! The line above a goroutine's stack (runtime/traceback.go, goroutineheader).

use nom::branch::alt;
use nom::bytes::complete::{tag, take_till1, take_until, take_while1};
use nom::character::complete::{char, digit1, u64};
use nom::combinator::{eof, opt, recognize, rest, verify};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

/// A goroutine's header.
///
/// `goroutine 7 [chan receive, 5 minutes, locked to thread]:`. Go 1.23 puts ` gp=… m=… mp=…` behind the number
/// where the crash is the runtime's own, 1.24 `, synctest group 7` and 1.25 `, synctest bubble 7` behind the state,
/// 1.26 ` labels:{…}` before the bracket that closes and 1.27 ` {…}` behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header<'a> {
    /// Its number; 0 is a thread's scheduler stack.
    pub(super) id: u64,
    /// What it is doing, without the garbage collector's ` (scan)`.
    pub(super) state: &'a [u8],
    /// How long it has been waiting.
    pub(super) minutes: Option<u64>,
}

/// Reads a goroutine's header.
pub(super) fn header(line: &[u8]) -> Option<Header<'_>> {
    let (_, (id, attributes)) = whole(line).ok()?;
    let mut parts = Attributes(Some(attributes));
    let state = parts.next()?;
    let state = state.strip_suffix(b" (scan)").unwrap_or(state);
    Some(Header { id, state, minutes: parts.find_map(minutes) })
}

fn whole(line: &[u8]) -> IResult<&[u8], (u64, &[u8])> {
    let number = preceded(tag("goroutine "), u64);
    let (left, (id, _, _, attributes)) =
        (number, opt(threads), tag(" ["), alt((labelled, plain))).parse(line)?;
    Ok((left, (id, attributes)))
}

/// `chan receive, 5 minutes labels:{"k": "v"}]:`.
fn labelled(text: &[u8]) -> IResult<&[u8], &[u8]> {
    let attributes = verify(take_until(" labels:{"), |text: &[u8]| !text.is_empty() && !text.contains(&b']'));
    terminated(attributes, verify(rest, |text: &[u8]| text.ends_with(b"}]:"))).parse(text)
}

/// `chan receive, 5 minutes]:`.
fn plain(text: &[u8]) -> IResult<&[u8], &[u8]> {
    terminated(take_till1(|byte| byte == b']'), (char(']'), end)).parse(text)
}

/// ` gp=0xc000002380 m=0 mp=0x9fcf00`, or ` m=nil` where no thread runs it.
fn threads(line: &[u8]) -> IResult<&[u8], ()> {
    let thread = alt((tag("nil"), digit1));
    let (left, _) = (tag(" gp="), address, tag(" m="), thread, opt((tag(" mp="), address))).parse(line)?;
    Ok((left, ()))
}

fn address(line: &[u8]) -> IResult<&[u8], &[u8]> {
    let hex = recognize((tag("0x"), take_while1(|byte: u8| byte.is_ascii_hexdigit())));
    alt((hex, tag("nil"))).parse(line)
}

/// The colon, behind a profiler's labels where there are some: quoted where they hold more than letters and digits.
fn end(line: &[u8]) -> IResult<&[u8], ()> {
    let labels = (tag(" {"), verify(rest, |text: &[u8]| text.ends_with(b"}:")));
    let (left, _) = alt((recognize((char(':'), eof)), recognize(labels))).parse(line)?;
    Ok((left, ()))
}

fn minutes(part: &[u8]) -> Option<u64> {
    let mut number = terminated(u64::<&[u8], nom::error::Error<&[u8]>>, (tag(" minutes"), eof));
    number.parse(part).ok().map(|(_, minutes)| minutes)
}

/// What stands between the brackets, cut at `, `.
struct Attributes<'a>(Option<&'a [u8]>);

impl<'a> Iterator for Attributes<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let text = self.0.take()?;
        match memchr::memmem::find(text, b", ").and_then(|at| text.split_at_checked(at)) {
            Some((part, more)) => {
                self.0 = more.get(2..);
                Some(part)
            }
            None => Some(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_headers_of_every_version() {
        let table: [(&str, u64, &str, Option<u64>); 19] = [
            ("goroutine 1 [running]:", 1, "running", None),
            ("goroutine 18446744073709551615 [select]:", u64::MAX, "select", None),
            ("goroutine 7 [chan receive, 5 minutes]:", 7, "chan receive", Some(5)),
            ("goroutine 7 [select, 203 minutes, locked to thread]:", 7, "select", Some(203)),
            ("goroutine 7 [sleep, locked to thread]:", 7, "sleep", None),
            ("goroutine 7 [chan receive (nil chan)]:", 7, "chan receive (nil chan)", None),
            ("goroutine 7 [select (no cases), 2 minutes]:", 7, "select (no cases)", Some(2)),
            ("goroutine 7 [running (scan)]:", 7, "running", None),
            ("goroutine 7 [chan send (durable), synctest bubble 7]:", 7, "chan send (durable)", None),
            ("goroutine 7 [chan send, 1 minutes, synctest group 7]:", 7, "chan send", Some(1)),
            ("goroutine 7 [chan send (leaked)]:", 7, "chan send (leaked)", None),
            ("goroutine 1 gp=0xc000002380 m=0 mp=0x9fcf00 [running]:", 1, "running", None),
            (
                "goroutine 2 gp=0xc0000028c0 m=nil [force gc (idle), 9 minutes]:",
                2,
                "force gc (idle)",
                Some(9),
            ),
            ("goroutine 1 [sleep] {\"req id\": \"7 8\", tenant: acme}:", 1, "sleep", None),
            ("goroutine 1 gp=0x1 m=nil [sleep, 3 minutes] {a: \"]:\"}:", 1, "sleep", Some(3)),
            ("goroutine 1 [IO wait labels:{\"k\": \"v\"}]:", 1, "IO wait", None),
            ("goroutine 1 [select, 4 minutes labels:{\"]:\": \"\"}]:", 1, "select", Some(4)),
            ("goroutine 0 [idle]:", 0, "idle", None),
            ("goroutine 5 [???]:", 5, "???", None),
        ];
        for (line, id, state, minutes) in table {
            let expected = Header { id, state: state.as_bytes(), minutes };
            assert_eq!(header(line.as_bytes()), Some(expected), "{line}");
        }
    }

    #[test]
    fn refuses_what_only_looks_like_one() {
        for line in [
            "goroutine 1 [running]",
            "goroutine 1 [running]: and more",
            "goroutine 1 []:",
            "goroutine 18446744073709551616 [running]:",
            "goroutine x [running]:",
            "goroutine 1 gp=0x m=0 [running]:",
            "goroutine 1 [running] {a: b}",
            "\tgoroutine 1 [running]:",
            "goroutine profile: total 5",
            "[originating from goroutine 1]:",
        ] {
            assert_eq!(header(line.as_bytes()), None, "{line}");
        }
    }
}
