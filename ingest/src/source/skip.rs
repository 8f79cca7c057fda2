//! Passing over a record that is too large to hold.

use memchr::memchr;

use crate::decode::{ExportSkip, Format, HEAD, begins};

/// Walks to the start of the next record in whatever pieces the bytes come. Where the walk ends does not depend on
/// these.
#[derive(Debug)]
pub(super) enum Skip {
    Export(ExportSkip),
    /// To a line that begins a record, from inside a line or from the start of one.
    Lines {
        format: Format,
        inside: bool,
    },
}

impl Skip {
    pub(super) fn new(format: Format) -> Self {
        match format {
            Format::Export => Self::Export(ExportSkip::default()),
            _ => Self::Lines { format, inside: true },
        }
    }

    /// Takes what it can of the bytes. Returns how many, and whether the next record begins behind them.
    pub(super) fn take(&mut self, bytes: &[u8], last: bool) -> (usize, bool) {
        match self {
            Self::Export(skip) => skip.take(bytes, last),
            Self::Lines { format, inside } => lines(*format, inside, bytes, last),
        }
    }
}

fn lines(format: Format, inside: &mut bool, bytes: &[u8], last: bool) -> (usize, bool) {
    let mut at = 0;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let end = memchr(b'\n', rest);
        if !*inside {
            if rest.is_empty() || (end.is_none() && !last && rest.len() < HEAD) {
                return (at, false);
            }
            if begins(format, rest.get(..end.unwrap_or(rest.len())).unwrap_or(rest)) {
                return (at, true);
            }
        }
        *inside = end.is_none();
        match end {
            Some(end) => at += end + 1,
            None => return (bytes.len(), false),
        }
    }
}
