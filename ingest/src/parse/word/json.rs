//! One JSON object on a line, which may be cut off.

use nom::character::complete::char;
use nom::{IResult, Parser};

use super::Fields;
use super::quoted::{blanks, quoted};

/// How deep values may be nested.
const MAX_DEPTH: u32 = 64;

/// The fields of an object that matter: those of its outermost level.
pub(super) fn fields(line: &[u8]) -> Option<Fields> {
    let mut left = line.strip_prefix(b"{")?;
    let mut fields = Fields::default();
    while let Ok((rest, (name, value))) = member(left) {
        if let (Some(value), Some(slot)) = (value, fields.slot(&name)) {
            *slot = Some(value);
        }
        let Some(rest) = blanks(rest).strip_prefix(b",") else { break };
        left = rest;
    }
    Some(fields)
}

type Member = (Vec<u8>, Option<Vec<u8>>);

/// A name and its value, where that is a string.
fn member(text: &[u8]) -> IResult<&[u8], Member> {
    let (left, name) = quoted(blanks(text))?;
    let (left, _) = char(':').parse(blanks(left))?;
    let left = blanks(left);
    if left.starts_with(b"\"") {
        let (left, value) = quoted(left)?;
        return Ok((left, (name, Some(value))));
    }
    Ok((skipped(left), (name, None)))
}

/// What comes behind a value that is no string.
fn skipped(text: &[u8]) -> &[u8] {
    let (mut left, mut depth) = (text, 0u32);
    while let Some((byte, rest)) = left.split_first() {
        match byte {
            b'"' => {
                left = quoted(left).map_or(&[][..], |(rest, _)| rest);
                continue;
            }
            b'{' | b'[' if depth == MAX_DEPTH => return &[],
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return left,
            b'}' | b']' => depth -= 1,
            b',' if depth == 0 => return left,
            _ => {}
        }
        left = rest;
    }
    left
}
