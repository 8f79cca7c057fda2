//! The wire formats that are read.

use crate::entry::Provenance;

/// A wire format, as told from content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// `journalctl -o export` (systemd, docs/JOURNAL_EXPORT_FORMATS.md).
    Export,
    /// `journalctl -o json`, `json-pretty`, `json-seq` and `json-sse` (the same document).
    Json,
    /// Records of /dev/kmsg (Linux, Documentation/ABI/testing/dev-kmsg).
    Kmsg,
    /// `dmesg`, with or without the caller column and the `<N>` of `dmesg -r`.
    Dmesg,
    /// `journalctl -o short-iso-precise` or `short-iso`, and syslog files with RFC 3339 timestamps.
    ShortIsoPrecise,
    /// A program's captured output: one line a record, no time and no unit.
    Bare,
}

impl Format {
    /// How far the origin of such records can be believed.
    pub fn provenance(self) -> Provenance {
        match self {
            Self::Export | Self::Json => Provenance::Journal,
            Self::Kmsg => Provenance::Kmsg,
            Self::Dmesg | Self::ShortIsoPrecise | Self::Bare => Provenance::Text,
        }
    }
}
