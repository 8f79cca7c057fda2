//! Reads systemd's journal files.

mod backing;
mod bytes;
mod compression;
mod error;
mod header;
mod id128;
mod object;

pub use backing::Backing;
pub use compression::{Compression, DecompressError};
pub use error::OpenError;
pub use header::{Header, Incompatible, SIGNATURE, State};
pub use id128::Id128;
pub use object::{Data, EntryHead, MAX_FIELDS};
