//! The text of a line, as the journal or the kernel had it before it was printed.

use memchr::{memchr, memmem};

use super::dmesg;
use crate::decode::draft::Draft;

/// Writes a text. Lines after the first lose their indentation, of `column` blanks at most. In one line, `#012` and its like are
/// control characters where syslog files have them (rsyslog, `$EscapeControlCharactersOnReceive`).
pub(super) fn message<'c>(text: &'c [u8], column: usize, is_escaped: bool, draft: &mut Draft<'c>) {
    if memchr(b'\n', text).is_some() {
        draft.write(b"MESSAGE", |out| dedent(text, column, out));
    } else if is_escaped && escape(text).is_some() {
        draft.write(b"MESSAGE", |out| unescape(text, out));
    } else {
        draft.lend(b"MESSAGE", text);
    }
}

/// Takes off the kernel's own time, which syslog daemons leave before its texts, and writes it as the field it is.
pub(super) fn without_kernel_time<'c>(text: &'c [u8], draft: &mut Draft<'c>) -> &'c [u8] {
    let Some((text, micros)) = dmesg::kernel_time(text) else { return text };
    draft.number(b"_SOURCE_MONOTONIC_TIMESTAMP", micros);
    text
}

fn dedent(text: &[u8], column: usize, out: &mut Vec<u8>) {
    for (n, line) in text.split(|&byte| byte == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let indent = line.iter().take(column).take_while(|&&byte| byte == b' ').count();
        match n {
            0 => out.extend_from_slice(line),
            _ => {
                out.push(b'\n');
                out.extend_from_slice(line.get(indent..).unwrap_or_default());
            }
        }
    }
}

fn unescape(mut text: &[u8], out: &mut Vec<u8>) {
    while let Some((before, byte, rest)) = escape(text) {
        out.extend_from_slice(before);
        out.push(byte);
        text = rest;
    }
    out.extend_from_slice(text);
}

/// The first control character that is written as three octal digits, with what is before and behind it.
fn escape(text: &[u8]) -> Option<(&[u8], u8, &[u8])> {
    memmem::find_iter(text, b"#").find_map(|at| {
        let (before, rest) = text.split_at_checked(at)?;
        let (digits, rest) = rest.get(1..)?.split_first_chunk::<3>()?;
        let mut code = 0_u16;
        for digit in digits {
            code = code << 3 | u16::from(digit.checked_sub(b'0').filter(|digit| *digit < 8)?);
        }
        let byte = u8::try_from(code).ok().filter(u8::is_ascii_control)?;
        Some((before, byte, rest))
    })
}
