//! One field at a time.

use memchr::memchr;

use crate::decode::name::{is_spanned_name, span};
use crate::entry::Field;

/// The longest value that a journal can hold (systemd, src/shared/journal-importer.h: DATA_SIZE_MAX). A length above it
/// is no length.
pub(super) const MAX_VALUE: u64 = 768 << 20;

/// What stands at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    /// A field, and how many bytes it takes.
    Field(Field<'a>, usize),
    /// A field whose name is none, and how many bytes it takes.
    Dropped(usize),
    /// The empty line that ends an entry.
    Blank,
    /// Nothing that the format knows: what follows cannot be told before the next empty line.
    Bad,
    /// A field that goes on past the last byte. It takes at least so many bytes, or says so.
    Open(u64),
}

/// Reads what stands at the start of a line.
#[inline]
pub(crate) fn step(rest: &[u8]) -> Step<'_> {
    let (name, after) = rest.split_at_checked(span(rest)).unwrap_or((rest, b""));
    match after.split_first() {
        Some((b'=', after)) if is_spanned_name(name) => match memchr(b'\n', after) {
            Some(end) => {
                let value = after.get(..end).unwrap_or(after);
                Step::Field(Field { name, value }, name.len() + end + 2)
            }
            None => Step::Open(0),
        },
        Some((b'\n', _)) if name.is_empty() => Step::Blank,
        Some((b'\n', after)) if is_spanned_name(name) => framed(name, after),
        None => Step::Open(0),
        Some(_) => unnamed(rest),
    }
}

fn framed<'a>(name: &'a [u8], after: &'a [u8]) -> Step<'a> {
    let head = name.len() as u64 + 1;
    let Some((len, after)) = after.split_first_chunk::<8>() else { return Step::Open(head + 8) };
    let len = u64::from_le_bytes(*len);
    if len > MAX_VALUE {
        return Step::Bad;
    }
    let whole = head + 8 + len + 1;
    let value = usize::try_from(len).ok().and_then(|len| after.split_at_checked(len));
    match (value, usize::try_from(whole)) {
        (Some((value, [b'\n', ..])), Ok(whole)) => Step::Field(Field { name, value }, whole),
        (Some((_, [_, ..])), _) => Step::Bad,
        _ => Step::Open(whole),
    }
}

/// systemd's own importer leaves out a field with an impossible name, and keeps the entry.
fn unnamed(rest: &[u8]) -> Step<'_> {
    match memchr(b'\n', rest) {
        None => Step::Open(0),
        Some(end) if rest.get(..end).is_some_and(|line| memchr(b'=', line).is_some()) => {
            Step::Dropped(end + 1)
        }
        Some(_) => Step::Bad,
    }
}
