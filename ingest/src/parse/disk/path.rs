//! Paths, as messages print them.

/// The longest path kept, in bytes.
pub(super) const MAX_PATH: usize = 512;

/// What opens and closes a quoted path: gettext's quotes in UTF-8 locales among them.
const QUOTES: [(&str, &str); 4] = [("'", "'"), ("\"", "\""), ("`", "`"), ("‘", "’")];

/// Whether text can be a path: it has a slash, or a dot and no blank.
pub(super) fn is_path(text: &[u8]) -> bool {
    let clean = !text.is_empty() && !text.iter().any(u8::is_ascii_control);
    let url = memchr::memmem::find(text, b"://").is_some();
    let rooted = text.starts_with(b"/") || text.starts_with(b"./") || text.starts_with(b"../");
    let word = !text.contains(&b' ') && !text.ends_with(b".");
    clean && !url && (rooted || word && (text.contains(&b'/') || text.contains(&b'.')))
}

/// The last quoted path of a text; a bare name is one only where the text ends with it.
pub(super) fn quoted(text: &[u8]) -> Option<&[u8]> {
    QUOTES.iter().find_map(|(open, close)| {
        let end = memchr::memmem::rfind(text, close.as_bytes())?;
        let head = text.get(..end)?;
        let begin = memchr::memmem::rfind(head, open.as_bytes())?.checked_add(open.len())?;
        let last = text.len() == end.saturating_add(close.len());
        head.get(begin..).filter(|path| is_path(path) || last && is_name(path))
    })
}

/// A file's bare name, which only its quotes tell from a word.
fn is_name(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_-+".contains(byte))
}

/// The directory of a path; nothing where it has no slash.
pub(super) fn parent(path: &str) -> Option<&str> {
    let path = path.strip_suffix('/').filter(|path| !path.is_empty()).unwrap_or(path);
    match path.rsplit_once('/')? {
        ("", _) => Some("/"),
        (directory, _) => Some(directory),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_paths() {
        for text in ["/a", "/a b/c", "./x", "a/b", "wal.log"] {
            assert!(is_path(text.as_bytes()), "{text}");
        }
        for text in ["", "word", "two words", "a b/c", "https://x/y", "/a\u{1b}[0m", "end."] {
            assert!(!is_path(text.as_bytes()), "{text}");
        }
        assert_eq!(quoted("error writing '/a b/c'".as_bytes()), Some(&b"/a b/c"[..]));
        assert_eq!(quoted("directory ‘/a/b’".as_bytes()), Some(&b"/a/b"[..]));
        assert_eq!(quoted(b"no quotes"), None);
    }

    #[test]
    fn knows_parents() {
        for (path, directory) in [
            ("/a/b", Some("/a")),
            ("/a", Some("/")),
            ("/a/b/", Some("/a")),
            ("a/b", Some("a")),
            ("a", None),
            ("/", Some("/")),
        ] {
            assert_eq!(parent(path), directory, "{path}");
        }
    }
}
