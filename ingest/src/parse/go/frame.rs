//! The two lines of a frame, and the line that tells who started a goroutine (runtime/traceback.go, traceback2 and
//! printcreatedby1).

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::{char, u32, u64};
use nom::combinator::{eof, opt};
use nom::multi::many0_count;
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

/// A place in a source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place<'a> {
    /// The file, as the compiler saw it: with `-trimpath`, below its package's path.
    pub(super) file: &'a [u8],
    /// The line.
    pub(super) line: u32,
}

/// Reads `main.(*Store).Put(0xc000012345, {0x1?, 0x2?})`, and returns the function without its arguments.
///
/// Arguments are hexadecimal words in any nesting of braces, with `?`, `_` and `...`: no prose gets past that.
/// A function has its package before a dot; `panic` is runtime.gopanic.
pub(super) fn function(line: &[u8]) -> Option<&[u8]> {
    let call = line.strip_suffix(b")")?;
    let (name, arguments) = call.split_at_checked(memchr::memrchr(b'(', call)?)?;
    let arguments = arguments.strip_prefix(b"(")?;
    let plain = arguments.iter().all(|byte| byte.is_ascii_hexdigit() || b"x{}?_., ".contains(byte));
    (plain && is_function(name)).then_some(name)
}

/// Whether text can be a function's full name, as the linker has it: no blanks, and a dot after the package.
fn is_function(name: &[u8]) -> bool {
    let clean = name.iter().all(|byte| byte.is_ascii_graphic() || !byte.is_ascii());
    let rooted =
        name.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_' || !byte.is_ascii());
    clean && rooted && (name == b"panic" || name.contains(&b'.'))
}

/// Reads `created by net/http.(*Server).Serve in goroutine 1`: the goroutine's number since Go 1.21.
pub(super) fn created_by(line: &[u8]) -> Option<&[u8]> {
    let (_, name) = creator(line).ok()?;
    is_function(name).then_some(name)
}

fn creator(line: &[u8]) -> IResult<&[u8], &[u8]> {
    let name = take_while1(|byte| byte != b' ');
    let number = preceded(tag(" in goroutine "), u64);
    terminated(preceded(tag("created by "), name), (opt(number), eof)).parse(line)
}

/// Reads `/src/main.go:59 +0x15ee fp=0xc0000c5f50 sp=0xc0000c5b98 pc=0x665ea5`, indented by a TAB that is lost
/// where journald is older than v229.
pub(super) fn place(line: &[u8]) -> Option<Place<'_>> {
    let line = line.trim_ascii();
    let (file, number) = line.split_at_checked(memchr::memrchr(b':', line)?)?;
    let (_, number) = position(number).ok()?;
    (!file.is_empty()).then_some(Place { file, line: number })
}

fn position(text: &[u8]) -> IResult<&[u8], u32> {
    let word = alt((tag("fp="), tag("sp="), tag("pc="), tag("+")));
    let hex = preceded(tag("0x"), take_while1(|byte: u8| byte.is_ascii_hexdigit()));
    let offsets = many0_count((char(' '), word, hex));
    terminated(preceded(char(':'), u32), (offsets, take_while(|byte| byte == b' '), eof)).parse(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_functions() {
        for (line, name) in [
            ("main.main()", "main.main"),
            ("main.(*order).total(...)", "main.(*order).total"),
            ("main.main.func8({0x74fda0?, 0xc0000de000?}, 0x7f3f77e296e8?)", "main.main.func8"),
            ("panic({0x6df7c0?, 0x7716b0?})", "panic"),
            ("panic(0x12081c0, 0x1290cd0)", "panic"),
            ("net/http.(*conn).serve(0xc000000aa0, {0x750160, 0xc000070fc0})", "net/http.(*conn).serve"),
            ("gopkg.in/tomb%2ev2.(*Tomb).run(0x1, _)", "gopkg.in/tomb%2ev2.(*Tomb).run"),
            ("main.Map[...](0x1, {0x2, 0x3, 0x4, ...})", "main.Map[...]"),
            ("main.(*List[...]).Push(0x1)", "main.(*List[...]).Push"),
            ("main.glob..func1()", "main.glob..func1"),
            ("runtime.goexit({})", "runtime.goexit"),
            ("main.größe(0x1)", "main.größe"),
        ] {
            assert_eq!(function(line.as_bytes()), Some(name.as_bytes()), "{line}");
        }
        for line in [
            "main.main)(",
            "main.main",
            "()",
            "done (0x1)",
            "took a.b(12ms)",
            "retry main.run(0x1)",
            "shutdown()",
            "config (file a.b)",
        ] {
            assert_eq!(function(line.as_bytes()), None, "{line}");
        }
    }

    #[test]
    fn reads_creators() {
        for (line, name) in [
            ("created by main.main", Some("main.main")),
            ("created by main.main in goroutine 1", Some("main.main")),
            ("created by net/http.(*Server).Serve in goroutine 12", Some("net/http.(*Server).Serve")),
            ("created by the build", None),
            ("created by main.main in goroutine x", None),
            ("created by ", None),
        ] {
            assert_eq!(created_by(line.as_bytes()), name.map(str::as_bytes), "{line}");
        }
    }

    #[test]
    fn reads_places() {
        for (text, file, line) in [
            ("\t/src/main.go:59 +0x15ee", "/src/main.go", 59),
            ("/src/main.go:59 +0x15ee", "/src/main.go", 59),
            ("\t/src/main.go:33", "/src/main.go", 33),
            ("\tC:/Users/a b/main.go:693 +0x9f", "C:/Users/a b/main.go", 693),
            ("\truntime/panic.go:860 +0x13a", "runtime/panic.go", 860),
            ("\t_cgo_gotypes.go:56 +0x45", "_cgo_gotypes.go", 56),
            (
                "\t/r/sys_linux_amd64.s:36 +0xe fp=0xc0000c5ad8 sp=0xc0000c5ad0 pc=0x403eae",
                "/r/sys_linux_amd64.s",
                36,
            ),
            ("\t/c/lib.c:7 pc=0x403eae", "/c/lib.c", 7),
            ("\t<autogenerated>:1 +0x5", "<autogenerated>", 1),
        ] {
            assert_eq!(place(text.as_bytes()), Some(Place { file: file.as_bytes(), line }), "{text}");
        }
        for text in
            ["\t/src/main.go", "\t:5", "\t/src/main.go:x", "\t/a.go:5 +0x", "at 12:30 we", "a.go:99999999999"]
        {
            assert_eq!(place(text.as_bytes()), None, "{text}");
        }
    }
}
