//! Lines with styles in them.

/// A line without its styles, and where each byte of that stands in it.
pub(super) fn plain(line: &str) -> (String, Vec<usize>) {
    let (mut plain, mut places) = (String::new(), Vec::new());
    let mut chars = line.char_indices();
    while let Some((at, c)) = chars.next() {
        if c == '\x1b' {
            // Text of a log has no escapes: these are styles of our own, which end in `m`.
            chars.by_ref().find(|(_, c)| *c == 'm');
            continue;
        }
        plain.push(c);
        places.extend(at..at + c.len_utf8());
    }
    (plain, places)
}
