//! The forms in which the libraries of Python, Node, Rust, Java and Perl write an errno.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_until, take_while1};
use nom::character::complete::{char, digit1};
use nom::combinator::{eof, opt, recognize, rest, value};
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

use super::form::{Form, one_or_target, quoted, whole};
use super::{Told, path};

/// Reads an errno in one of these forms.
pub(super) fn form<'a>(before: &'a [u8], after: &'a [u8]) -> Option<Form<'a>> {
    python(before, after)
        .or_else(|| node(before, after))
        .or_else(|| rust(before, after))
        .or_else(|| rust_debug(before, after))
        .or_else(|| java(before, after))
        .or_else(|| perl(before, after))
}

/// `OSError: [Errno 28] No space left on device: '/a'` (CPython, Objects/exceptions.c, OSError_str).
fn python<'a>(before: &'a [u8], after: &'a [u8]) -> Option<Form<'a>> {
    let (context, number) = before.strip_suffix(b"] ")?.split_at_checked(memchr::memrchr(b'[', before)?)?;
    whole(preceded(tag("[Errno "), digit1), number)?;
    let file = preceded((tag(": "), opt(char('b'))), one_or_target);
    let path = whole(opt(file), after)?;
    Some(Form { context, is_proof: true, told: Told { operation: None, path } })
}

/// `Error: ENOSPC: no space left on device, open '/a'` (Node, lib/internal/errors.js, UVException).
fn node<'a>(before: &'a [u8], after: &'a [u8]) -> Option<Form<'a>> {
    let codes = [&b"ENOSPC: "[..], b"EDQUOT: ", b"EROFS: ", b"EIO: "];
    let context = codes.iter().find_map(|code| before.strip_suffix(*code))?;
    let call = take_while1(|byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    let file = (preceded(tag(", "), call), opt(preceded(char(' '), one_or_target)));
    let inspected = (opt(char(']')), opt(tag(" {")));
    let (told, _) = whole((opt(file), inspected), after)?;
    let (operation, path) = told.map_or((None, None), |(call, path)| (Some(call), path));
    Some(Form { context, is_proof: true, told: Told { operation, path } })
}

/// `No space left on device (os error 28)` (Rust, library/std/src/io/error.rs, Display), with the path behind it
/// where the tempfile crate made it, and fields behind it where tracing did.
fn rust<'a>(before: &'a [u8], after: &'a [u8]) -> Option<Form<'a>> {
    let number = delimited(tag(" (os error "), digit1, char(')'));
    let named = preceded(tag(" at path "), quoted).map(Some);
    let field =
        (char(' '), take_while1(|byte: u8| byte.is_ascii_alphanumeric() || byte == b'_'), char('='), rest);
    let closed = (alt((char(')'), char('"'), char('}'), char('.'), char(','))), rest);
    let more = alt((named, value(None, recognize(field)), value(None, recognize(closed)), value(None, eof)));
    let path = whole(preceded(number, more), after)?;
    Some(Form { context: before, is_proof: true, told: Told { operation: None, path } })
}

/// `Custom { kind: StorageFull, error: … }` (Rust, library/std/src/io/error.rs, Debug).
fn rust_debug<'a>(before: &'a [u8], after: &'a [u8]) -> Option<Form<'a>> {
    let opened = before.ends_with(b"{ ") || before.ends_with(b", ");
    let closed: IResult<&[u8], &[u8]> = alt((tag(", "), tag(" }"))).parse(after);
    let context = before.split_at_checked(memchr::memrchr(b'{', before)?)?.0;
    (opened && closed.is_ok()).then_some(Form { context, is_proof: true, told: Told::default() })
}

/// `java.io.FileNotFoundException: /a (Read-only file system)` (OpenJDK, java.io.FileNotFoundException).
fn java<'a>(before: &'a [u8], after: &'a [u8]) -> Option<Form<'a>> {
    let file = before.strip_suffix(b" (")?;
    whole(char(')'), after)?;
    let (context, name) = match memchr::memmem::rfind(file, b": ").and_then(|at| file.split_at_checked(at)) {
        Some((context, name)) => (context, name.get(2..).unwrap_or_default()),
        None => (&b""[..], file),
    };
    let told = Told { operation: None, path: Some(name) };
    path::is_path(name).then_some(Form { context, is_proof: true, told })
}

/// `print: No space left on device at app.pl line 3.` (Perl, mess_sv in util.c).
fn perl<'a>(before: &'a [u8], after: &'a [u8]) -> Option<Form<'a>> {
    let handle = (tag(", <"), take_until(">"), tag("> "), alt((tag("line "), tag("chunk "))), digit1);
    let at = (tag(" at "), take_until(" line "), tag(" line "), digit1, opt(handle));
    let late = tag(" during global destruction");
    whole(value((), (opt(at), opt(late), char('.'))), after)?;
    Some(Form { context: before, is_proof: false, told: Told::default() })
}
