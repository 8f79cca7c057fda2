//! `program: path: errno` and its like, as programs around strerror write it.

use super::{Told, path};

/// Words for what was refused, and what they are called here.
const VERBS: [(&str, &str); 44] = [
    ("append", "append"),
    ("appending", "append"),
    ("close", "close"),
    ("closing", "close"),
    ("copy", "copy"),
    ("copying", "copy"),
    ("creat", "create"),
    ("create", "create"),
    ("creating", "create"),
    ("extend", "extend"),
    ("fallocate", "fallocate"),
    ("flush", "flush"),
    ("flushing", "flush"),
    ("fsync", "fsync"),
    ("fwrite", "write"),
    ("link", "link"),
    ("mkdir", "mkdir"),
    ("mkostemp", "mkstemp"),
    ("mkstemp", "mkstemp"),
    ("mktemp", "mkstemp"),
    ("mount", "mount"),
    ("move", "move"),
    ("open", "open"),
    ("openat", "open"),
    ("opening", "open"),
    ("pread", "read"),
    ("print", "print"),
    ("pwrite", "write"),
    ("read", "read"),
    ("reading", "read"),
    ("remove", "remove"),
    ("rename", "rename"),
    ("renaming", "rename"),
    ("rotate", "rotate"),
    ("save", "save"),
    ("stat", "stat"),
    ("saving", "save"),
    ("symlink", "symlink"),
    ("sync", "sync"),
    ("touch", "touch"),
    ("truncate", "truncate"),
    ("unlink", "unlink"),
    ("write", "write"),
    ("writing", "write"),
];

/// How many parts of a message, from its end, are searched.
const MAX_PARTS: usize = 3;

/// Finds the operation and the path in the last parts of a message.
pub(super) fn told(context: &[u8]) -> Option<Told<'_>> {
    let error = context.trim_ascii_end();
    let error = error.strip_suffix(b":").unwrap_or(error);
    let mut told = Told::default();
    for part in Parts(Some(error)).take(MAX_PARTS) {
        told.operation = told.operation.or_else(|| verb(part));
        told.path = told.path.or_else(|| file(part));
    }
    Some(told)
}

/// The parts of a message between `: `, the last one first.
struct Parts<'a>(Option<&'a [u8]>);

impl<'a> Iterator for Parts<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let text = self.0.take()?;
        match memchr::memmem::rfind(text, b": ").and_then(|at| text.split_at_checked(at)) {
            Some((more, part)) => {
                self.0 = Some(more);
                part.get(2..)
            }
            None => Some(text),
        }
    }
}

/// The path of a part: all of it, a quoted one, or the last word.
fn file(part: &[u8]) -> Option<&[u8]> {
    let part = part.trim_ascii();
    if part.starts_with(b"/") && !part.contains(&b' ') {
        return path::is_path(part).then_some(part);
    }
    path::quoted(part).or_else(|| {
        let word = part.rsplit(|byte| *byte == b' ').next()?;
        (word.starts_with(b"/") && path::is_path(word)).then_some(word)
    })
}

fn verb(part: &[u8]) -> Option<&'static [u8]> {
    let mut words = part.split(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
    words.find_map(|word| {
        let known = VERBS.iter().find(|(verb, _)| word.eq_ignore_ascii_case(verb.as_bytes()));
        known.map(|(_, operation)| operation.as_bytes())
    })
}
