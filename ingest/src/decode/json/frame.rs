//! Where objects end, by lines: a newline inside a string is always escaped, so a string never crosses one.

use memchr::memchr;

use super::text::string;
use crate::decode::Frame;
use crate::decode::name::is_name;

/// RFC 7464: stands before each object of a sequence.
const RECORD_SEPARATOR: u8 = 0x1e;

/// How long the record is that these bytes begin with.
///
/// An object that opens and ends with a brace on its first line is that line. Any other goes on until its braces are
/// closed; it is broken where a string does not end on its line, or where a line opens another record.
pub(in crate::decode) fn frame(bytes: &[u8], last: bool) -> Frame {
    let mut at: usize = 0;
    let mut depth: i64 = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        if at > 0 && !last && rest.len() < PREFIX.len() && memchr(b'\n', rest).is_none() {
            break;
        }
        if at > 0 && opens_record(rest) {
            return Frame::Whole(at);
        }
        let end = match memchr(b'\n', rest) {
            Some(end) => end + 1,
            None if last => rest.len(),
            None => break,
        };
        let line = rest.get(..end).unwrap_or(rest);
        at += end;
        let body = body(line);
        if depth == 0 && (!body.starts_with(b"{") || closes(body)) {
            return Frame::Whole(at);
        }
        match nesting(body) {
            Some(more) => depth = depth.saturating_add(more),
            None => return Frame::Whole(at),
        }
        if depth <= 0 {
            return Frame::Whole(at);
        }
    }
    if last { Frame::Whole(bytes.len()) } else { Frame::Open(0) }
}

const PREFIX: &[u8] = b"data: ";

/// Whether a line opens a record: an object at its very start, or what stands before one.
pub(crate) fn opens_record(line: &[u8]) -> bool {
    matches!(line.first(), Some(b'{' | &RECORD_SEPARATOR)) || line.starts_with(b"data:")
}

/// Whether a record is an object whose first member has a journal field's name.
pub(crate) fn names_journal_field(record: &[u8]) -> bool {
    let Some(members) = body(record).strip_prefix(b"{") else { return false };
    string(members.trim_ascii_start()).is_ok_and(|(_, name)| name.plain().is_some_and(is_name))
}

/// A record without what stands before its object.
pub(super) fn body(line: &[u8]) -> &[u8] {
    let line = line.strip_prefix(b"data:").unwrap_or(line);
    let skipped = line.iter().position(|&byte| !is_filler_byte(byte) || byte == b']').unwrap_or(line.len());
    line.get(skipped..).unwrap_or_default()
}

/// Whether bytes only separate objects.
pub(super) fn is_filler(bytes: &[u8]) -> bool {
    bytes.iter().all(|&byte| is_filler_byte(byte))
}

fn is_filler_byte(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, RECORD_SEPARATOR | b'[' | b']' | b',')
}

fn closes(body: &[u8]) -> bool {
    let end = body.iter().rposition(|&byte| !is_filler_byte(byte));
    end.and_then(|end| body.get(end)) == Some(&b'}')
}

/// How many more brackets a line opens than it closes; none where a string does not end on it.
fn nesting(line: &[u8]) -> Option<i64> {
    let mut depth: i64 = 0;
    let mut rest = line;
    while let Some((first, after)) = rest.split_first() {
        rest = match first {
            b'"' => string(rest).ok()?.0,
            _ => after,
        };
        match first {
            b'{' | b'[' => depth = depth.saturating_add(1),
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Some(depth)
}
