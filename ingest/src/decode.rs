//! Reads wire formats: one file a format.
//!
//! A stream comes as [`Chunk`]s, each of whole records of one format, and each can be decoded alone, on any thread.
//! Decoding has no error: a record that cannot be read is skipped to the next boundary and counted in [`Stats`].
//! Formats that carry less than a journal does get the fields that journald would have set, so that later stages
//! need one path; the entry's [`Provenance`](crate::Provenance) tells how far these can be believed.

mod chunk;
mod draft;
mod export;
mod format;
mod frame;
mod json;
mod kmsg;
mod name;
mod stats;
mod text;

pub use chunk::{Chunk, Span};
pub use format::Format;
pub use stats::Stats;

pub(crate) use draft::emptied;
pub(crate) use export::{Skip as ExportSkip, Step, step};
pub(crate) use frame::{Frame, HEAD, begins, frame};
pub(crate) use json::{names_journal_field, opens_record as opens_json};
pub(crate) use kmsg::is_header as is_kmsg;
pub(crate) use text::boots::boots;
pub(crate) use text::dmesg::is_header as is_dmesg;
pub(crate) use text::protocol::is_header as is_protocol;
pub(crate) use text::short::{Form, Line, is_remark, line as short_line};

/// The most fields that an entry has (systemd, src/libsystemd/sd-journal/journal-def.h: ENTRY_FIELD_COUNT_MAX).
pub const MAX_FIELDS: usize = 1024;

/// The longest field name that is read. journald itself writes 64 bytes at most; others write more.
pub const MAX_NAME: usize = 256;
