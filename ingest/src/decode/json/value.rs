//! Values of JSON, as far as a journal has them.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::char;
use nom::combinator::{map, value as as_value};
use nom::error::{Error, ErrorKind};
use nom::sequence::{delimited, terminated};
use nom::{IResult, Parser};

use super::text::{Text, string};

/// A value, not yet looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Text(Text<'a>),
    Number(&'a [u8]),
    /// What stands between the brackets of an array.
    List(&'a [u8]),
    Null,
    /// A boolean or an object: a journal has neither.
    Other,
}

impl Value<'_> {
    /// The value as one byte.
    pub(super) fn byte(&self) -> Option<u8> {
        match self {
            Self::Number(digits) => crate::decimal(digits),
            _ => None,
        }
    }
}

pub(super) fn blank(input: &[u8]) -> IResult<&[u8], &[u8]> {
    take_while(|byte: u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).parse(input)
}

/// A member's name, with its colon.
pub(super) fn key(input: &[u8]) -> IResult<&[u8], Text<'_>> {
    terminated(delimited(blank, string, blank), char(':')).parse(input)
}

pub(super) fn value(input: &[u8]) -> IResult<&[u8], Value<'_>> {
    let bare = alt((
        map(string, Value::Text),
        map(take_while1(is_number_byte), Value::Number),
        as_value(Value::Null, tag(&b"null"[..])),
        as_value(Value::Other, alt((tag(&b"true"[..]), tag(&b"false"[..])))),
        nested,
    ));
    delimited(blank, bare, blank).parse(input)
}

/// A comma (false), or the bracket that closes (true).
pub(super) fn comma_or_end<'a>(close: u8) -> impl Parser<&'a [u8], Output = bool, Error = Error<&'a [u8]>> {
    alt((as_value(false, char(',')), as_value(true, char(char::from(close)))))
}

/// The values of an array. The last one is none where it, or what separates it, is no JSON.
pub(super) fn elements(list: &[u8]) -> impl Iterator<Item = Option<Value<'_>>> {
    let mut rest = Some(list).filter(|list| blank(list).is_ok_and(|(rest, _)| !rest.is_empty()));
    std::iter::from_fn(move || {
        let Ok((after, value)) = value(rest.take()?) else { return Some(None) };
        match after.split_first() {
            Some((b',', after)) => rest = Some(after),
            Some(_) => return Some(None),
            None => {}
        }
        Some(Some(value))
    })
}

/// An array or object, passed over whole.
fn nested(input: &[u8]) -> IResult<&[u8], Value<'_>> {
    let wrong = || nom::Err::Error(Error::new(input, ErrorKind::Char));
    let is_list = match input.first() {
        Some(b'[') => true,
        Some(b'{') => false,
        _ => return Err(wrong()),
    };
    let mut depth: usize = 0;
    let mut rest = input;
    loop {
        let (&first, after) = rest.split_first().ok_or_else(wrong)?;
        match first {
            b'"' => {
                rest = string(rest)?.0;
                continue;
            }
            b'[' | b'{' => depth = depth.saturating_add(1),
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        rest = after;
        if depth == 0 {
            break;
        }
    }
    let inner = input.get(1..(input.len() - rest.len()).saturating_sub(1)).unwrap_or_default();
    Ok((rest, if is_list { Value::List(inner) } else { Value::Other }))
}

fn is_number_byte(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')
}
