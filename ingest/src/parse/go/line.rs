//! What a single line of a dump is, whatever stands around it.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n, take_while1};
use nom::character::complete::{digit1, space0, space1};
use nom::combinator::{eof, recognize, rest, value};
use nom::multi::many1_count;
use nom::sequence::preceded;
use nom::{IResult, Parser};

use super::frame::{self, Place};
use super::header::{self, Header};

/// A line of a dump.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// Nothing: journald stores no such line.
    Blank,
    /// `goroutine 1 [running]:`.
    Header(Header<'a>),
    /// `runtime stack:`: the frames below are a thread's, not a goroutine's.
    RuntimeStack,
    /// A frame's function.
    Function(&'a [u8]),
    /// A frame's place, indented.
    Place(Place<'a>),
    /// Who started the goroutine.
    CreatedBy(&'a [u8]),
    /// `[originating from goroutine 5]:` (GODEBUG=tracebackancestors): the stack of the one that started it.
    Ancestor,
    /// `...additional frames elided...`, since Go 1.21 `...20 frames elided...`.
    Elided,
    /// `goroutine running on other thread; stack unavailable`.
    Unavailable,
    /// `[signal SIGSEGV: segmentation violation code=0x1 addr=0x8 pc=0x65c815]`, with the name where it has one.
    Signal(Option<&'a [u8]>),
    /// `PC=0x403eae m=0 sigcode=0`.
    Counter,
    /// `-----` (GOTRACEBACK=crash): the next thread's dump follows.
    Thread,
    /// `exit status 2`, from `go run`.
    Exit,
    /// What the runtime prints around stacks and nobody needs: registers, memory, its own complaints.
    Detail,
    /// None of these.
    Other,
}

/// Finds out what a line is.
pub(super) fn line(text: &[u8]) -> Line<'_> {
    if text.trim_ascii().is_empty() {
        return Line::Blank;
    }
    if let Some(header) = header::header(text) {
        return Line::Header(header);
    }
    if let Some(name) = frame::function(text) {
        return Line::Function(name);
    }
    if let Some(name) = frame::created_by(text) {
        return Line::CreatedBy(name);
    }
    let indented = text.first().is_some_and(u8::is_ascii_whitespace);
    match alt((fixed, signal, detail)).parse(text.trim_ascii()) {
        Ok((_, line)) => line,
        Err(_) if indented => frame::place(text).map_or(Line::Other, Line::Place),
        Err(_) => Line::Other,
    }
}

fn fixed(text: &[u8]) -> IResult<&[u8], Line<'_>> {
    alt((
        value(Line::RuntimeStack, (tag("runtime stack:"), eof)),
        value(Line::Ancestor, (tag("[originating from goroutine "), digit1, tag("]:"), eof)),
        value(Line::Elided, (tag("..."), alt((tag("additional"), digit1)), tag(" frames elided..."), eof)),
        value(Line::Unavailable, (tag("goroutine running on other thread; stack unavailable"), eof)),
        value(Line::Counter, (tag("PC="), hex, tag(" m="), rest)),
        value(Line::Thread, (tag("-----"), eof)),
        value(Line::Exit, (tag("exit status "), digit1, eof)),
    ))
    .parse(text)
}

fn signal(text: &[u8]) -> IResult<&[u8], Line<'_>> {
    let name = recognize((tag("SIG"), take_while1(|byte: u8| byte.is_ascii_alphanumeric())));
    let known = (name, alt((tag(":"), tag(" ")))).map(|(name, _)| Some(name));
    let (_, name) = preceded(tag("[signal "), alt((known, value(None, hex)))).parse(text)?;
    if !text.ends_with(b"]") {
        return Err(nom::Err::Error(nom::error::make_error(text, nom::error::ErrorKind::Verify)));
    }
    Ok((&[], Line::Signal(name)))
}

fn detail(text: &[u8]) -> IResult<&[u8], Line<'_>> {
    alt((
        value(Line::Detail, (registers, eof)),
        value(
            Line::Detail,
            (alt((tag("runtime: "), tag("stack: frame={"), tag("instruction bytes:"))), rest),
        ),
        value(Line::Detail, (hex, tag(":"), rest)),
        value(Line::Detail, (tag("pc="), hex, eof)),
        value(Line::Detail, (tag("non-Go function"), rest)),
        value(Line::Detail, (tag("signal arrived during "), alt((tag("cgo"), tag("external code"))), rest)),
        value(Line::Detail, (tag("panic during panic"), eof)),
        value(Line::Detail, (tag("panic holding locks"), eof)),
        value(Line::Detail, (tag("stack trace unavailable"), eof)),
    ))
    .parse(text)
}

/// `rax    0xca`; some machines print two on a line (runtime/signal_ARCH.go, dumpregs).
fn registers(text: &[u8]) -> IResult<&[u8], usize> {
    let name =
        take_while_m_n(1, 8, |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    many1_count((name, space1, hex, space0)).parse(text)
}

fn hex(text: &[u8]) -> IResult<&[u8], &[u8]> {
    recognize((tag("0x"), take_while1(|byte: u8| byte.is_ascii_hexdigit()))).parse(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_lines_apart() {
        let place = |file: &'static str, line| Line::Place(Place { file: file.as_bytes(), line });
        for (text, expected) in [
            ("", Line::Blank),
            (" \t", Line::Blank),
            ("goroutine 1 [idle]:", Line::Header(Header { id: 1, state: b"idle", minutes: None })),
            ("runtime stack:", Line::RuntimeStack),
            ("main.main()", Line::Function(b"main.main")),
            ("\t/a/main.go:5 +0x1", place("/a/main.go", 5)),
            ("\tgoroutine running on other thread; stack unavailable", Line::Unavailable),
            ("goroutine running on other thread; stack unavailable", Line::Unavailable),
            ("created by main.main in goroutine 1", Line::CreatedBy(b"main.main")),
            ("...additional frames elided...", Line::Elided),
            ("...20 frames elided...", Line::Elided),
            ("[originating from goroutine 24]:", Line::Ancestor),
            (
                "[signal SIGSEGV: segmentation violation code=0x1 addr=0x8 pc=0x1]",
                Line::Signal(Some(b"SIGSEGV")),
            ),
            ("[signal 0x22 code=0x1 addr=0x8 pc=0x1]", Line::Signal(None)),
            ("PC=0x403eae m=0 sigcode=0", Line::Counter),
            ("PC=0x403eae m=0 sigcode=0 addr=0x716e", Line::Counter),
            ("-----", Line::Thread),
            ("exit status 2", Line::Exit),
            ("rax    0xca", Line::Detail),
            ("r0   0x0\tr1   0x1", Line::Detail),
            ("signal arrived during cgo execution", Line::Detail),
            ("instruction bytes: 0xf 0xb", Line::Detail),
            ("0x000000c00004ae50:  0x0000000000000000", Line::Detail),
            ("runtime: g 5: unexpected return pc for main.f called from 0x1", Line::Detail),
            ("non-Go function at pc=0x1234", Line::Detail),
            ("panic during panic", Line::Detail),
            ("[signal words]", Line::Other),
            ("[signal SIGSEGV: cut", Line::Other),
            ("/a/main.go:5 +0x1", Line::Other),
            ("2026/01/02 03:04:05 started", Line::Other),
            ("panic: x", Line::Other),
            ("exit status", Line::Other),
        ] {
            assert_eq!(line(text.as_bytes()), expected, "{text:?}");
        }
    }
}
