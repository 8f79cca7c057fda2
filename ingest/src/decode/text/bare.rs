//! A program's captured output, as journald would have read it from a pipe.

use super::unterminated;
use crate::decode::draft::{Draft, Outcome};

/// Reads one line into a draft. journald keeps no empty lines (systemd, src/journal/journald-stream.c:
/// stdout_stream_log), and neither does this.
pub(in crate::decode) fn read<'c>(record: &'c [u8], draft: &mut Draft<'c>) -> Outcome {
    let line = unterminated(record);
    if line.is_empty() {
        return Outcome::Ignored;
    }
    draft.lend(b"_TRANSPORT", b"stdout");
    draft.lend(b"MESSAGE", line);
    Outcome::Entry
}
