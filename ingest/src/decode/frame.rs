//! Where records end.

use memchr::memchr;

use super::text::protocol::Counted;
use super::{Format, export, json, kmsg, text};

/// How long a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// So many bytes, what ends it included.
    Whole(usize),
    /// Its end is not in sight. It takes at least so many bytes, or says that it does.
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
            None => Frame::Open(bytes.len() as u64),
        },
        Format::Syslog => match text::protocol::counted(bytes, last) {
            Some(Counted::Whole(len)) if len <= bytes.len() => Frame::Whole(len),
            Some(Counted::Whole(len)) => Frame::Open(len as u64),
            Some(Counted::Unknown) => Frame::Open(bytes.len() as u64),
            None => lines(format, bytes, last),
        },
        Format::Kmsg | Format::Dmesg | Format::Short { .. } | Format::ShortMonotonic { .. } => {
            lines(format, bytes, last)
        }
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
        Format::Short { .. } | Format::ShortMonotonic { .. } => !text::short::is_continuation(line),
        Format::Syslog => text::protocol::begins(line),
    }
}

/// The first line, and all up to one that begins a record.
fn lines(format: Format, bytes: &[u8], last: bool) -> Frame {
    let mut at: usize = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let end = memchr(b'\n', rest);
        let settled = last || end.is_some() || rest.len() >= HEAD;
        if at > 0 && !settled {
            return Frame::Open(at as u64);
        }
        if at > 0 && begins(format, rest.get(..end.unwrap_or(rest.len())).unwrap_or(rest)) {
            return Frame::Whole(at);
        }
        at = at.saturating_add(end.map_or(rest.len(), |end| end + 1));
    }
    if last { Frame::Whole(bytes.len()) } else { Frame::Open(bytes.len() as u64) }
}
