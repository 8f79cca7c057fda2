//! Printed entries on their way to a terminal: log text is hostile, and what would act on a terminal is shown as an
//! escape that does not. Newlines stay, and so does everything that [`escape`](crate::output::escape) leaves alone.

use std::fmt::Write;

use crate::output::escape::is_hostile;

/// Appends printed entries so that a terminal shows them and does not obey. Bytes that are no UTF-8 show as `\xff`.
pub fn tame(printed: &[u8], out: &mut Vec<u8>) {
    for chunk in printed.utf8_chunks() {
        let mut clean = 0;
        let text = chunk.valid();
        for (at, c) in text.char_indices().filter(|(_, c)| is_hostile(*c) && *c != '\n') {
            out.extend_from_slice(text.get(clean..at).unwrap_or_default().as_bytes());
            clean = at + c.len_utf8();
            escape(c, out);
        }
        out.extend_from_slice(text.get(clean..).unwrap_or_default().as_bytes());
        for byte in chunk.invalid() {
            let mut text = String::new();
            let _ = write!(text, "\\x{byte:02x}");
            out.extend_from_slice(text.as_bytes());
        }
    }
}

fn escape(c: char, out: &mut Vec<u8>) {
    let mut text = String::new();
    let _ = match c {
        // Text in columns keeps them.
        '\t' => write!(text, "\t"),
        c if c.is_ascii() => write!(text, "\\x{:02x}", u32::from(c)),
        c => write!(text, "\\u{{{:x}}}", u32::from(c)),
    };
    out.extend_from_slice(text.as_bytes());
}
