//! Names and quoted values, as JSON and logfmt write them.

use bstr::ByteSlice;
use nom::bytes::complete::take_while1;
use nom::character::complete::{char, space1};
use nom::combinator::opt;
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

/// A quoted value, its escapes undone; what is cut off goes to the end. The text behind the quote comes first.
pub(super) fn quoted(text: &[u8]) -> IResult<&[u8], Vec<u8>> {
    let (mut left, _) = char('"').parse(text)?;
    let mut plain = Vec::new();
    while let Some((byte, rest)) = left.split_first() {
        left = rest;
        match byte {
            b'"' => break,
            b'\\' => {
                let Some((escape, rest)) = left.split_first() else { break };
                left = rest;
                match escape {
                    b'n' => plain.push(b'\n'),
                    b't' => plain.push(b'\t'),
                    b'r' => {}
                    b'u' => left = unicode(left, &mut plain),
                    b'x' => left = hexadecimal(left, &mut plain),
                    other => plain.push(*other),
                }
            }
            byte => plain.push(*byte),
        }
    }
    Ok((left, plain))
}

/// `\u003c`; halves of pairs are left out.
fn unicode<'a>(text: &'a [u8], plain: &mut Vec<u8>) -> &'a [u8] {
    let Some((digits, rest)) = text.split_at_checked(4) else { return &[] };
    let code = digits.to_str().ok().and_then(|digits| u32::from_str_radix(digits, 16).ok());
    if let Some(one) = code.and_then(char::from_u32) {
        plain.extend_from_slice(one.encode_utf8(&mut [0; 4]).as_bytes());
    }
    rest
}

fn hexadecimal<'a>(text: &'a [u8], plain: &mut Vec<u8>) -> &'a [u8] {
    let Some((digits, rest)) = text.split_at_checked(2) else { return &[] };
    plain.extend(digits.to_str().ok().and_then(|digits| u8::from_str_radix(digits, 16).ok()));
    rest
}

/// Blanks, and what comes behind them.
pub(super) fn blanks(text: &[u8]) -> &[u8] {
    text.trim_ascii_start()
}

/// A name in front of an equals sign, as logfmt has it.
pub(super) fn key(text: &[u8]) -> IResult<&[u8], &[u8]> {
    let name = take_while1(|byte: u8| byte.is_ascii_alphanumeric() || b"_.-@/".contains(&byte));
    terminated(name, preceded(opt(space1), char('='))).parse(text)
}
