//! `op path: errno`, as Go's os package writes it.

use super::{Told, path};

/// Operations of os.PathError, os.LinkError and os.SyscallError (Go, src/os, src/internal/poll).
const OPERATIONS: [&str; 28] = [
    "chmod",
    "chown",
    "chtimes",
    "close",
    "copy_file_range",
    "create",
    "createtemp",
    "fallocate",
    "fsync",
    "fdatasync",
    "ftruncate",
    "link",
    "lstat",
    "mkdir",
    "mkdirtemp",
    "open",
    "openat",
    "pread",
    "pwrite",
    "read",
    "readdirent",
    "remove",
    "rename",
    "stat",
    "symlink",
    "sync",
    "truncate",
    "write",
];
/// Those that name an old and a new file: the new one is the one refused.
const PAIRS: [&str; 3] = ["link", "rename", "symlink"];

/// Reads the operation and the path of the innermost error of a chain.
pub(super) fn told(context: &[u8]) -> Option<Told<'_>> {
    let error = context.trim_ascii_end().strip_suffix(b":")?;
    let innermost =
        memchr::memmem::rfind(error, b": ").and_then(|at| error.get(at.checked_add(2)?..)).unwrap_or(error);
    // A log's prefix has no colon that would set it apart from a bare error.
    let words = std::iter::successors(Some(innermost), |text| {
        memchr::memchr(b' ', text).and_then(|at| text.get(at.checked_add(1)?..))
    });
    words.into_iter().find_map(pair)
}

fn pair(text: &[u8]) -> Option<Told<'_>> {
    let (word, names) = text.split_at_checked(memchr::memchr(b' ', text)?)?;
    let names = names.get(1..)?;
    let operation = OPERATIONS.iter().find(|operation| operation.as_bytes() == word)?;
    let path = if PAIRS.contains(operation) { second(names) } else { names };
    // Go writes no quotes: `failed to open '/a/b'` is another program's.
    let is_quoted = path.first().is_some_and(|byte| b"'\"`".contains(byte));
    (!is_quoted && path::is_path(path)).then_some(Told { operation: Some(word), path: Some(path) })
}

/// The second of two names: from the last blank that a rooted path follows, else the last word.
fn second(names: &[u8]) -> &[u8] {
    let cut = memchr::memmem::rfind(names, b" /").or_else(|| memchr::memrchr(b' ', names));
    cut.and_then(|at| names.get(at.checked_add(1)?..)).unwrap_or(names)
}
