//! A recovered panic that a structured logger wrote as one line, its newlines escaped.

use memchr::memmem;

/// The most bytes of such a line that are read.
const MAX_QUOTED: usize = 64 * 1024;

/// Undoes the quoting of a value that goes on with an escaped `goroutine N [`, up to the quote that ends it.
///
/// Go's strconv.Quote, which log/slog's text handler and logfmt use, and JSON write a newline, a TAB, a quote and a
/// backslash alike; other escapes stay as they are.
pub(super) fn unquote(value: &[u8]) -> Option<Vec<u8>> {
    memmem::find(value, b"\\ngoroutine ")?;
    let mut plain = Vec::new();
    let mut bytes = value.iter().copied().take(MAX_QUOTED);
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => break,
            b'\\' => match bytes.next() {
                Some(b'n') => plain.push(b'\n'),
                Some(b't') => plain.push(b'\t'),
                Some(escaped @ (b'"' | b'\\' | b'/')) => plain.push(escaped),
                Some(other) => plain.extend([b'\\', other]),
                None => {}
            },
            _ => plain.push(byte),
        }
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::unquote;

    #[test]
    fn undoes_quotes() {
        let line = br#"a \"b\" \\ \u003c\ngoroutine 1 [running]:\nmain.f()\n\t/a.go:1\n","level":"error""#;
        let plain = b"a \"b\" \\ \\u003c\ngoroutine 1 [running]:\nmain.f()\n\t/a.go:1\n";
        assert_eq!(unquote(line).as_deref(), Some(&plain[..]));
        assert_eq!(unquote(b"boom"), None);
        assert_eq!(unquote(b"boom\\nnext"), None);
    }
}
