//! The texts of the errnos, and the few words that stand for them.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::event::DiskError;

/// A mention of an errno, and the line around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase<'a> {
    pub(super) error: DiskError,
    /// The line up to it.
    pub(super) before: &'a [u8],
    /// The line from its end.
    pub(super) after: &'a [u8],
    /// The words name a disk themselves.
    pub(super) is_named: bool,
}

/// What an errno is called, without its first letter: glibc and the JVM write that large, Go and libuv small (glibc,
/// sysdeps/gnu/errlist.h; Go, syscall/zerrors_linux_ARCH.go; libuv, include/uv.h), SQLite and Rust's ErrorKind have
/// words of their own (sqlite3.c, sqlite3ErrStr; library/std/src/io/error.rs). libuv's word for EIO is too common to
/// count without its name.
const STEMS: [(&[u8], &[u8], DiskError); 9] = [
    (b"Nn", b"o space left on device", DiskError::NoSpace),
    (b"Dd", b"isk quota exceeded", DiskError::Quota),
    (b"Rr", b"ead-only file system", DiskError::ReadOnly),
    (b"d", b"atabase or disk is full", DiskError::NoSpace),
    (b"k", b"ind: StorageFull", DiskError::NoSpace),
    (b"k", b"ind: QuotaExceeded", DiskError::Quota),
    (b"Ii", b"nput/output error", DiskError::Io),
    (b"d", SQLITE_IO, DiskError::Io),
    (b"i", LIBUV_IO, DiskError::Io),
];

/// SQLite's word for EIO, without its first letter.
const SQLITE_IO: &[u8] = b"isk I/O error";
/// libuv's, and what has to stand before it.
const LIBUV_IO: &[u8] = b"/o error";
const LIBUV_NAME: &[u8] = b"EIO: ";

/// With this kind of match the finder goes over most texts by the vector.
static FINDER: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(stems()).ok());

/// What every mention has in it.
pub(super) fn stems() -> impl Iterator<Item = &'static [u8]> {
    STEMS.iter().map(|(_, stem, _)| *stem)
}

/// Whether any of them is in a text.
pub(super) fn mentions(text: &[u8]) -> bool {
    FINDER.as_ref().is_none_or(|finder| finder.is_match(text))
}

/// Every mention in a text, each with its own line of it.
pub(super) fn phrases(text: &[u8]) -> impl Iterator<Item = Phrase<'_>> {
    let found = FINDER.as_ref().into_iter().flat_map(move |finder| finder.find_iter(text));
    found.filter_map(move |found| {
        let (initials, stem, error) = STEMS.get(found.pattern().as_usize())?;
        let (initial, before) = text.get(..found.start())?.split_last()?;
        let after = text.get(found.end()..)?;
        let line = memchr::memrchr(b'\n', before).map_or(0, |at| at.saturating_add(1));
        let end = memchr::memchr(b'\n', after).unwrap_or(after.len());
        let (before, after) = (before.get(line..)?, after.get(..end)?);
        let phrase = Phrase { error: *error, before, after, is_named: *stem == SQLITE_IO };
        let named = *stem != LIBUV_IO || before.ends_with(LIBUV_NAME);
        (named && initials.contains(initial)).then_some(phrase)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_each_in_its_line() {
        let text =
            b"first\nx: No space left on device (28)\nno space left on device\nNO SPACE LEFT ON DEVICE";
        let found: Vec<_> = phrases(text).map(|phrase| (phrase.before, phrase.after)).collect();
        assert_eq!(found, [(&b"x: "[..], &b" (28)"[..]), (b"", b"")]);
        assert!(mentions(text) && !mentions(b"device is full"));
    }
}
