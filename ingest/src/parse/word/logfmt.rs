//! `key=value key="value"` on a line, from its beginning on.

use nom::bytes::complete::take_till;
use nom::{IResult, Parser};

use super::Fields;
use super::quoted::{blanks, key, quoted};

/// The fields of a line that matter. Nothing where the line does not begin with one, and where it has no level: then it
/// is another form.
pub(super) fn fields(line: &[u8]) -> Option<Fields> {
    let mut fields = Fields::default();
    let mut left = line;
    while let Ok((rest, name)) = key(left) {
        let Ok((rest, value)) = value(rest) else { break };
        if let Some(slot) = fields.slot(name) {
            *slot = Some(value);
        }
        left = blanks(rest);
    }
    fields.level.is_some().then_some(fields)
}

fn value(text: &[u8]) -> IResult<&[u8], Vec<u8>> {
    if text.starts_with(b"\"") {
        return quoted(text);
    }
    let (left, value) = take_till(|byte: u8| byte.is_ascii_whitespace()).parse(text)?;
    Ok((left, value.to_vec()))
}
