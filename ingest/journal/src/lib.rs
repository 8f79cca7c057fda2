//! Reads systemd's journal files.

mod backing;
mod bytes;
mod compression;
mod cursor;
mod entries;
mod error;
mod file;
mod find;
mod hash;
mod header;
mod id128;
mod list;
mod live;
mod locate;
mod object;
mod order;
mod payload;
mod scan;
#[cfg(feature = "seal")]
pub mod seal;
mod sequence;
mod sound;
mod sweep;
mod walk;

pub use backing::{Backing, open};
pub use compression::{Compression, DecompressError};
pub use cursor::{Cursor, CursorError, write_cursor};
pub use entries::{Damage, Entries};
pub use error::OpenError;
pub use file::JournalFile;
pub use header::{Header, Incompatible, SIGNATURE, State};
pub use id128::Id128;
pub use list::EntryList;
pub use live::{
    Live, LiveEntry, LiveError, LiveGap, LiveItem, LiveOptions, Polled, Position, PositionError, Start,
    Trouble,
};
pub use locate::{
    FileName, FoundFile, Group, Located, MAX_FILES, Namespaces, Owner, Place, Search, Siblings, Stage,
    Unreadable, locate,
};
pub use object::{Data, EntryHead, MAX_FIELDS};
pub use order::{EntryKey, Merge, Run, Step, compare, load_order};
pub use payload::{Field, Fields, MAX_PAYLOAD, Payload, Room};
pub use scan::{Marked, Part, Scan};
pub use sequence::{Check, Flush, Hole, Member, NotChecked, Numbers, Report, Unread, Witness};
