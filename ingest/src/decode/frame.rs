//! Where records end.

use memchr::memchr;

use super::{Format, export, json, kmsg, text};

/// How long a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// So many bytes, what ends it included.
    Whole(usize),
    /// Its end is not in sight. It takes at least so many bytes, or is said to; zero where nothing says how many.
    Open(u64),
}

/// How much of a line is looked at to tell whether a record begins with it: the longest header, with room.
pub(crate) const HEAD: usize = 128;

/// How long the record is that these bytes begin with. `last` says that no more bytes come.
pub(crate) fn frame(format: Format, bytes: &[u8], last: bool) -> Frame {
    match format {
        Format::Export => export::frame(bytes, last),
        Format::Json => json::frame(bytes, last),
        Format::Bare => match memchr(b'\n', bytes) {
            Some(at) => Frame::Whole(at + 1),
            None if last => Frame::Whole(bytes.len()),
            None => Frame::Open(0),
        },
        Format::Kmsg | Format::Dmesg | Format::ShortIsoPrecise => lines(format, bytes, last),
    }
}

/// Whether a record begins with this line, of which [`HEAD`] bytes are enough.
pub(crate) fn begins(format: Format, line: &[u8]) -> bool {
    let line = line.get(..HEAD).unwrap_or(line);
    match format {
        Format::Export | Format::Bare => true,
        Format::Json => json::opens_record(line),
        Format::Kmsg => !kmsg::is_continuation(line),
        Format::Dmesg => text::dmesg::is_header(line),
        Format::ShortIsoPrecise => !text::iso::is_continuation(line),
    }
}

/// The first line, and all up to one that begins a record.
fn lines(format: Format, bytes: &[u8], last: bool) -> Frame {
    let mut at = 0;
    while let Some(rest) = bytes.get(at..) {
        let end = memchr(b'\n', rest);
        if at > 0 && (last || end.is_some() || rest.len() >= HEAD) && !rest.is_empty() {
            let line = rest.get(..end.unwrap_or(rest.len())).unwrap_or(rest);
            if begins(format, line) {
                return Frame::Whole(at);
            }
        }
        match end {
            Some(end) => at += end + 1,
            None => break,
        }
    }
    if last { Frame::Whole(bytes.len()) } else { Frame::Open(0) }
}
