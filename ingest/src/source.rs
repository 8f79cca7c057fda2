//! Finds out what a stream of bytes is, and cuts it into chunks of whole records.
//!
//! The only module that touches the disk. Compression and format are told from content, never from a name.

mod chunks;
mod compressed;
mod error;
mod file;
mod kmsg;
mod locate;
mod position;
mod skip;
mod sniff;
mod stream;

use std::ops::ControlFlow;

pub use chunks::{Chunks, Limits};
pub use compressed::{decompress, is_compressed};
pub use error::SourceError;
pub use file::{OpenFile, open};
pub use kmsg::KernelLog;
pub use locate::{Located, locate};
pub use position::Position;
pub use sniff::{Refused, SAMPLE, Sniffed, sniff};
pub use stream::Stream;

pub use crate::decode::{Chunk, Format, Stats};
use crate::entry::Entry;

/// Shows entries one after the other, from wherever they come.
pub trait Source {
    /// Shows the entries from the position on, until there are no more or the visitor breaks off; called again, it goes
    /// on behind the last one shown. Returns what was counted since the source was opened.
    ///
    /// # Errors
    ///
    /// Reading can fail, and input can end too early. All that could be read before has been shown by then.
    fn visit(&mut self, each: &mut dyn FnMut(&Entry<'_>) -> ControlFlow<()>) -> Result<Stats, SourceError>;

    /// Where the next entry to show begins.
    fn position(&self) -> Position;
}
