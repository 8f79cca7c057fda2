//! What may stand behind an errno, and right before it.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_until};
use nom::character::complete::{char, digit1};
use nom::combinator::{eof, opt, recognize, rest, value};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use super::{Told, runtime};

/// An errno in a form that some library or program writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form<'a> {
    /// What the message says before the errno, without what belongs to the form.
    pub(super) context: &'a [u8],
    /// Whether the form itself proves that this is an error, whatever the words before it.
    pub(super) is_proof: bool,
    /// What the form tells.
    pub(super) told: Told<'a>,
}

/// Reads the form of an errno in a message. Nothing where the message goes on: then it only speaks of the error.
pub(super) fn form<'a>(before: &'a [u8], after: &'a [u8]) -> Option<Form<'a>> {
    if after.trim_ascii_end().ends_with(b"?") {
        return None;
    }
    let numbered = || enclosed(before, after).or_else(|| meaning(before, after));
    runtime::form(before, after).or_else(numbered).or_else(|| {
        let ends = ending(after).is_ok();
        ends.then_some(Form { context: before, is_proof: false, told: Told::default() })
    })
}

/// The end of a message: the errno's number at most, a full stop, or what containerd makes of gRPC's code.
fn ending(after: &[u8]) -> IResult<&[u8], ()> {
    let number = alt((
        recognize(delimited(tag(" ("), digit1, char(')'))),
        recognize(delimited(tag(" (errno "), digit1, char(')'))),
        recognize(delimited(tag(" ["), digit1, char(']'))),
    ));
    let grpc = tag(": unknown");
    value((), (opt(alt((number, recognize(grpc)))), opt(char('.')), blanks, eof)).parse(after)
}

fn blanks(text: &[u8]) -> IResult<&[u8], &[u8]> {
    nom::character::complete::multispace0(text)
}

/// `open() "/a" failed (28: No space left on device), client: …`, `… (errno: 28 - No space left on device)`, and with
/// the text in quotes, as MariaDB has it.
fn enclosed<'a>(before: &'a [u8], after: &'a [u8]) -> Option<Form<'a>> {
    let (before, after) = match before.strip_suffix(b"\"") {
        Some(before) if is_number(before) => (before, after.strip_prefix(b"\"")?),
        _ => (before, after),
    };
    let after = after.strip_prefix(b")")?;
    let open = memchr::memrchr(b'(', before)?;
    let (context, inside) = before.split_at_checked(open)?;
    let numbered: IResult<&[u8], ()> = value(
        (),
        (
            char('('),
            opt(alt((tag("OS errno "), tag("Errcode: "), tag("errno: "), tag("errno ")))),
            digit1,
            alt((tag(": "), tag(" - "), tag(" "))),
            eof,
        ),
    )
    .parse(inside);
    let is_proof = numbered.is_ok();
    // nginx says what it was doing, MySQL what it does now.
    let more = alt((tag(", "), tag(" while "), tag(". ")));
    let goes_on = alt((recognize(preceded(more, rest)), recognize(ending))).parse(after).is_ok();
    (is_proof && goes_on).then_some(Form {
        context: context.trim_ascii_end(),
        is_proof,
        told: Told::default(),
    })
}

/// Whether a text ends with the name and number of an errno, `(errno: 28 ` or `(Errcode: 28 `: what follows in quotes
/// is its text.
pub(super) fn is_number(text: &[u8]) -> bool {
    let Some((_, inside)) = memchr::memrchr(b'(', text).and_then(|at| text.split_at_checked(at)) else {
        return false;
    };
    let name = alt((tag("Errcode: "), tag("errno: ")));
    let number: IResult<&[u8], ()> = value((), (char('('), name, digit1, char(' '), eof)).parse(inside);
    number.is_ok()
}

/// `Error number 28 means 'No space left on device'` (InnoDB, storage/innobase/os/os0file.cc).
fn meaning<'a>(before: &'a [u8], after: &'a [u8]) -> Option<Form<'a>> {
    whole((char('\''), opt(char('.'))), after)?;
    let said = before.strip_suffix(b" means '")?;
    let context = said.get(..said.iter().rposition(|byte| !byte.is_ascii_digit())?.checked_add(1)?)?;
    let is_proof = context.len() < said.len() && context.ends_with(b"Error number ");
    is_proof.then_some(Form { context, is_proof, told: Told::default() })
}

/// A path in single or double quotes.
pub(super) fn quoted(text: &[u8]) -> IResult<&[u8], &[u8]> {
    alt((
        delimited(char('\''), take_until("'"), char('\'')),
        delimited(char('"'), take_until("\""), char('"')),
    ))
    .parse(text)
}

/// One quoted path, or the second of `'/a' -> '/b'`: that is the one to be made.
pub(super) fn one_or_target(text: &[u8]) -> IResult<&[u8], &[u8]> {
    let (left, path) = quoted(text)?;
    let (left, target) = opt(preceded(tag(" -> "), quoted)).parse(left)?;
    Ok((left, target.unwrap_or(path)))
}

/// A parser's result, where it read everything.
pub(super) fn whole<'a, T>(
    parser: impl Parser<&'a [u8], Output = T, Error = nom::error::Error<&'a [u8]>>,
    text: &'a [u8],
) -> Option<T> {
    terminated(parser, (blanks, eof)).parse(text).ok().map(|(_, output)| output)
}
