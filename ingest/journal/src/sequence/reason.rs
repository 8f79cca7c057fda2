//! Why it is not known whether entries are missing.

use std::fmt;

/// Why a hole proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotChecked {
    /// A file that may have the numbers was not read.
    Unread,
    /// A file that may have them is damaged.
    Damaged,
    /// A file that may have them was left out on request.
    LeftOut,
    /// They may have been in files that journald deleted because of their age.
    Vacuumed,
    /// They were given while the files were opened, or later.
    Written,
    /// The entries around them are of two boots.
    Boot,
    /// The journal was moved from /run to /var in that boot.
    Flushed,
    /// A file of another counter was written at the time, or they are in the journals of a machine whose files do not follow
    /// each other.
    Counters,
    /// The clock was set back.
    Clock,
    /// A file of that counter has a name that journald does not give.
    Name,
    /// The files are from before systemd 246.
    Format,
    /// The entries around them could not be read.
    Border,
    /// There are more holes, or more numbers between holes, than are kept.
    Bound,
}

impl fmt::Display for NotChecked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unread => "files were not read",
            Self::Damaged => "files are damaged",
            Self::LeftOut => "files were left out",
            Self::Vacuumed => "older files may have been vacuumed",
            Self::Written => "it was being written",
            Self::Boot => "numbers may be passed over at a boot",
            Self::Flushed => "it was moved to /var in that boot",
            Self::Counters => "journald counted twice at the time",
            Self::Clock => "the clock was set back",
            Self::Name => "files were renamed or received",
            Self::Format => "files are from before systemd 246",
            Self::Border => "entries around them cannot be read",
            Self::Bound => "there are too many holes",
        })
    }
}
