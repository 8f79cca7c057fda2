//! The journal as JSON (systemd, docs/JOURNAL_EXPORT_FORMATS.md; src/shared/logs-show.c).
//!
//! One object an entry: a line each (`json`), over many lines (`json-pretty`), after a record separator (`json-seq`,
//! RFC 7464) or after `data: ` (`json-sse`). A value is a string, an array of the bytes of one that is no text, an array
//! of values where the field came several times, or null where it was too large to show.

mod frame;
mod text;
mod value;

use nom::Parser as _;

pub(super) use frame::frame;
pub(crate) use frame::{names_journal_field, opens_record};

use super::draft::{Draft, Outcome};
use super::name::is_name;
use frame::{body, is_filler};
use value::{Value, blank, comma_or_end, elements, key, value};

/// Reads one record into a draft.
pub(super) fn read<'c>(record: &'c [u8], draft: &mut Draft<'c>) -> Outcome {
    let body = body(record);
    let Some((b'{', members)) = body.split_first() else {
        return if is_filler(body) { Outcome::Ignored } else { Outcome::Skipped };
    };
    match object(members, draft) {
        Some(rest) if !is_filler(rest) => Outcome::Skipped,
        Some(_) if draft.is_empty() => Outcome::Skipped,
        Some(_) => Outcome::Entry,
        None if record.ends_with(b"\n") => Outcome::Skipped,
        None => Outcome::Cut,
    }
}

/// Reads members up to the closing brace. A member counts once the comma or brace behind it proves it whole.
fn object<'c>(input: &'c [u8], draft: &mut Draft<'c>) -> Option<&'c [u8]> {
    let (mut rest, _) = blank(input).ok()?;
    if let Some(rest) = rest.strip_prefix(b"}") {
        return Some(rest);
    }
    loop {
        let (after, (name, value, end)) = (key, value, comma_or_end(b'}')).parse(rest).ok()?;
        member(name.plain().unwrap_or_default(), value, draft);
        match end {
            true => return Some(after),
            false => rest = after,
        }
    }
}

fn member<'c>(name: &'c [u8], value: Value<'c>, draft: &mut Draft<'c>) {
    if !is_name(name) {
        draft.drop_field();
        return;
    }
    match value {
        Value::List(list) if !is_bytes(list) => {
            for value in elements(list) {
                match value {
                    Some(value) => single(name, value, draft),
                    None => draft.drop_field(),
                }
            }
        }
        value => single(name, value, draft),
    }
}

fn single<'c>(name: &'c [u8], value: Value<'c>, draft: &mut Draft<'c>) {
    match value {
        Value::Text(text) => match text.plain() {
            Some(plain) => draft.lend(name, plain),
            None => draft.write(name, |out| text.unescape(out)),
        },
        Value::Number(digits) => draft.lend(name, digits),
        Value::List(list) => draft.try_write(name, |out| {
            for value in elements(list) {
                out.push(value?.byte()?);
            }
            Some(())
        }),
        Value::Null | Value::Other => draft.drop_field(),
    }
}

/// Whether an array is one value that is no text, rather than several values. A journal has no array without elements.
fn is_bytes(list: &[u8]) -> bool {
    matches!(elements(list).next(), Some(Some(Value::Number(_))))
}
