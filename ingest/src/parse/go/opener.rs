//! The lines that a crash or a dump begins with.

use std::sync::LazyLock;

use memchr::memmem;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_until, take_while_m_n, take_while1};
use nom::character::complete::char;
use nom::combinator::{eof, recognize, rest, value};
use nom::sequence::{preceded, separated_pair, terminated};
use nom::{IResult, Parser};

use super::race;

/// What a line that begins a crash or a dump says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opener<'a> {
    /// `panic: VALUE` (runtime/panic.go, printpanics).
    Panic(&'a [u8]),
    /// `fatal error: MESSAGE` (runtime/panic.go, throw and fatal).
    Fatal(&'a [u8]),
    /// `SIGQUIT: quit` (runtime/signal_unix.go, fatalsignal; names of runtime/sigtab_linux_generic.go).
    Signal {
        /// `SIGQUIT`.
        name: &'a [u8],
        /// The whole of it.
        whole: &'a [u8],
    },
    /// `runtime: …` and the like, which tell the circumstances of the `fatal error:` that follows.
    Prelude(&'a [u8]),
    /// `runtime: mmap: …`, after which the runtime exits without another word (runtime/mem_linux.go, sysAllocOS).
    Mapping(&'a [u8]),
    /// `WARNING: DATA RACE`, the race detector's title.
    Race,
    /// `http: panic serving ADDR: VALUE` (net/http/server.go, conn.serve; net/http/internal/http2/server.go).
    Serving(&'a [u8]),
}

/// What net/http and its HTTP/2 server say, wherever a logger's prefix ends.
const SERVING: [&[u8]; 2] = [b"http: panic serving ", b"http2: panic serving "];

/// What both have in common with a panic behind a logger's prefix.
static PANIC: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new(b" panic"));

/// What a fatal error is told by behind a prefix.
static FATAL: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new(b"fatal error: "));

/// How far into a line a prefix is looked for, in bytes: a prefix and a mark.
const PREFIXED: usize = 112;

/// What a line has in it, wherever that is, that opens behind a prefix.
pub(super) const INSIDE: [&[u8]; 2] = [b" panic", b"fatal error: "];

/// Whether a line can begin a crash: never false where [`opener`] finds one, and much cheaper.
pub(super) fn may_open(line: &[u8]) -> bool {
    may_begin(line) || may_go_on(line)
}

/// The same of a line that has nothing of [`INSIDE`] in it.
pub(super) fn may_begin(line: &[u8]) -> bool {
    let head = line.strip_prefix(b"\t").unwrap_or(line);
    match head.first() {
        Some(b'p') => head.starts_with(b"panic:"),
        Some(b'f') => head.starts_with(b"fatal error:"),
        Some(b'S') => head.starts_with(b"SIG"),
        Some(b'r') => head.starts_with(b"runtime"),
        Some(b'u' | b'a') => head.starts_with(b"unexpected fault") || head.starts_with(b"accessed data from"),
        Some(b'W') => head.starts_with(race::TITLE),
        _ => false,
    }
}

/// The same of one that has.
fn may_go_on(line: &[u8]) -> bool {
    goes_on_to_panic(line) || goes_on_to_fail(line)
}

/// Whether a panic that was recovered, or one behind a prefix, may stand in a line.
fn goes_on_to_panic(line: &[u8]) -> bool {
    PANIC.find_iter(line).any(|at| {
        let said = line.get(at..).unwrap_or_default();
        said.starts_with(b" panic serving ") || (at < PREFIXED && said.starts_with(b" panic: "))
    })
}

/// Whether a fatal error may stand behind a prefix. Only those that begin with a time or a bracket are looked at.
fn goes_on_to_fail(line: &[u8]) -> bool {
    let begins = line.first().is_some_and(|byte| byte.is_ascii_digit() || *byte == b'[');
    begins && FATAL.find(line.get(..PREFIXED).unwrap_or(line)).is_some()
}

/// Reads a line that begins a crash or a dump.
///
/// Indented lines are none: they continue what began before, except a `fatal error:` that stands behind a pending
/// Goexit (Go 1.26 and later, runtime/panic.go, printPreFatalDeferPanic).
pub(super) fn opener(line: &[u8]) -> Option<Opener<'_>> {
    let own = alt((panic, fatal, signal, mapping, prelude, race)).parse(line);
    match own {
        Ok((_, opener)) => Some(opener),
        Err(_) => indented_fatal(line).or_else(|| serving(line)),
    }
}

/// Reads the `fatal error:` of a line that is indented by one TAB.
pub(super) fn indented_fatal(line: &[u8]) -> Option<Opener<'_>> {
    line.strip_prefix(b"\t").and_then(|line| fatal(line).ok()).map(|(_, opener)| opener)
}

/// Reads the `panic:` of a line that is indented by one TAB: the next one of a chain.
pub(super) fn indented_panic(line: &[u8]) -> Option<&[u8]> {
    match line.strip_prefix(b"\t").map(panic) {
        Some(Ok((_, Opener::Panic(value)))) => Some(value),
        _ => None,
    }
}

fn panic(line: &[u8]) -> IResult<&[u8], Opener<'_>> {
    said(line, b"panic:").map(|(left, value)| (left, Opener::Panic(value)))
}

fn fatal(line: &[u8]) -> IResult<&[u8], Opener<'_>> {
    said(line, b"fatal error:").map(|(left, message)| (left, Opener::Fatal(message)))
}

/// What follows a word, a colon and a space; journald before v229 strips that space where nothing follows it.
fn said<'a>(line: &'a [u8], word: &'static [u8]) -> IResult<&'a [u8], &'a [u8]> {
    preceded(tag(word), alt((preceded(char(' '), rest), eof))).parse(line)
}

fn signal(line: &[u8]) -> IResult<&[u8], Opener<'_>> {
    let name = recognize((tag("SIG"), take_while_m_n(2, 9, |byte: u8| byte.is_ascii_uppercase())));
    let text = take_while1(|byte: u8| byte.is_ascii_graphic() || byte == b' ');
    let (left, (name, _)) = terminated(separated_pair(name, tag(": "), text), eof).parse(line)?;
    Ok((left, Opener::Signal { name, whole: line }))
}

fn mapping(line: &[u8]) -> IResult<&[u8], Opener<'_>> {
    let (left, text) = preceded(tag("runtime: "), recognize((tag("mmap: "), rest))).parse(line)?;
    Ok((left, Opener::Mapping(text)))
}

fn prelude(line: &[u8]) -> IResult<&[u8], Opener<'_>> {
    let runtime = preceded(alt((tag("runtime: "), tag("runtime/cgo: "))), rest);
    let fault = recognize((tag("unexpected fault address 0x"), rest));
    let arena = recognize((tag("accessed data from freed user arena 0x"), rest));
    let (left, text) = alt((runtime, fault, arena)).parse(line)?;
    Ok((left, Opener::Prelude(text)))
}

fn race(line: &[u8]) -> IResult<&[u8], Opener<'_>> {
    value(Opener::Race, (tag(race::TITLE), eof)).parse(line)
}

fn serving(line: &[u8]) -> Option<Opener<'_>> {
    let at = SERVING.iter().filter_map(|words| memmem::find(line, words)).min()?;
    let (prefix, said) = line.split_at_checked(at)?;
    if !matches!(prefix.last(), None | Some(b' ' | b'\t' | b']' | b'"')) {
        return None;
    }
    served(said).ok().map(|(_, value)| Opener::Serving(value))
}

/// The value behind the address, which a listener on a Unix socket leaves empty.
fn served(said: &[u8]) -> IResult<&[u8], &[u8]> {
    let words = alt(SERVING.map(|words| value((), tag(words))));
    preceded((words, take_until(": "), tag(": ")), rest).parse(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_opener() {
        let table: [(&str, Option<Opener<'static>>); 26] = [
            ("panic: boom", Some(Opener::Panic(b"boom"))),
            ("panic: ", Some(Opener::Panic(b""))),
            ("panic:", Some(Opener::Panic(b""))),
            ("panic: a: b [recovered]", Some(Opener::Panic(b"a: b [recovered]"))),
            ("fatal error: stack overflow", Some(Opener::Fatal(b"stack overflow"))),
            ("\tfatal error: stack overflow", Some(Opener::Fatal(b"stack overflow"))),
            ("SIGQUIT: quit", Some(Opener::Signal { name: b"SIGQUIT", whole: b"SIGQUIT: quit" })),
            (
                "SIGFPE: floating-point exception",
                Some(Opener::Signal { name: b"SIGFPE", whole: b"SIGFPE: floating-point exception" }),
            ),
            (
                "runtime: goroutine stack exceeds 1000000000-byte limit",
                Some(Opener::Prelude(b"goroutine stack exceeds 1000000000-byte limit")),
            ),
            ("unexpected fault address 0x7f00", Some(Opener::Prelude(b"unexpected fault address 0x7f00"))),
            (
                "runtime: mmap: too much locked memory (check 'ulimit -l').",
                Some(Opener::Mapping(b"mmap: too much locked memory (check 'ulimit -l').")),
            ),
            (
                "runtime: mmap(0xc000, 4096) returned 0x0, 12",
                Some(Opener::Prelude(b"mmap(0xc000, 4096) returned 0x0, 12")),
            ),
            ("http: panic serving 10.0.0.1:5: boom", Some(Opener::Serving(b"boom"))),
            ("2026/01/02 03:04:05 http: panic serving [::1]:5: a: b", Some(Opener::Serving(b"a: b"))),
            ("E0102 x.go:3] http2: panic serving 10.0.0.1:5: boom", Some(Opener::Serving(b"boom"))),
            ("app: http: panic serving : boom", Some(Opener::Serving(b"boom"))),
            ("xhttp: panic serving 10.0.0.1:5: boom", None),
            ("http: panic serving 10.0.0.1:5", None),
            ("\tpanic: boom", None),
            (" panic: boom", None),
            ("panicked: boom", None),
            ("the panic: boom", None),
            ("fatal error in section", None),
            ("SIGQUIT", None),
            ("SIGterm: x", None),
            ("goroutine 1 [running]:", None),
        ];
        for (line, expected) in table {
            assert_eq!(opener(line.as_bytes()), expected, "{line}");
            assert!(expected.is_none() || may_open(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn reads_the_indented_rest_of_a_chain() {
        assert_eq!(indented_panic(b"\tpanic: next"), Some(&b"next"[..]));
        assert_eq!(indented_panic(b"panic: next"), None);
        assert_eq!(indented_panic(b"\t\tpanic: next"), None);
        assert_eq!(indented_fatal(b"\tfatal error: x"), Some(Opener::Fatal(b"x")));
        assert_eq!(indented_fatal(b"fatal error: x"), None);
    }

    proptest::proptest! {
        #[test]
        fn the_prefilter_misses_nothing(
            head in "(|\t| |2026/01/02 |x\\] |web_1  \\| |\\[a\\] |a: b: |F P )",
            word in "(panic|fatal error|SIG[A-Z]{1,8}|runtime|runtime/cgo|unexpected fault address|http: panic serving|http2: panic serving|WARNING: DATA RACE)",
            tail in "(|: .*| 0x.*| .*: .*)",
        ) {
            let line = format!("{head}{word}{tail}");
            let prefixed = super::super::prefix::Prefix::of(line.as_bytes());
            let opens = opener(line.as_bytes()).is_some() || prefixed.is_some_and(|(_, rest)| opener(rest).is_some());
            proptest::prop_assert!(!opens || may_open(line.as_bytes()));
        }
    }
}
