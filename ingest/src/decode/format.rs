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
    /// `dmesg`, with times of any form, with or without a caller column and levels.
    Dmesg,
    /// Lines with a time of the wall clock: `journalctl -o short`, `short-precise`, `short-iso`, `short-iso-precise`, `short-full`,
    /// `short-unix` and `with-unit`, and files of syslog daemons, traditional (RFC 3164) or with RFC 3339 times. A log may change
    /// from one to another.
    Short {
        /// They name a host, as all do without `--no-hostname`.
        host: bool,
    },
    /// Lines with a time since the boot: `journalctl -o short-monotonic` and `short-delta`.
    ShortMonotonic {
        /// They name a host.
        host: bool,
    },
    /// Messages of the syslog protocol (RFC 5424), one a line or each after its length (RFC 6587, section 3.4.1).
    Syslog,
    /// A program's captured output: one line a record, no time and no unit.
    Bare,
}

impl Format {
    /// How far the origin of such records can be believed.
    pub fn provenance(self) -> Provenance {
        match self {
            Self::Export | Self::Json => Provenance::Journal,
            Self::Kmsg => Provenance::Kmsg,
            Self::Dmesg | Self::Short { .. } | Self::ShortMonotonic { .. } | Self::Syslog | Self::Bare => {
                Provenance::Text
            }
        }
    }
}
