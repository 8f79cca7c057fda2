//! Bytes to events: the part that can run on all cores, and the part that has to run in order.
//!
//! A chunk of a stream, or a journal file, is scanned on any thread: its entries are told apart, with nothing known but
//! what it holds. A session visits what is worth a visit, in stored order, and keeps all state. [`Scanned`] and [`Session`]
//! do so for chunks, [`FileScan`] and [`JournalSession`] for journal files. [`LiveSession`] takes entries one by one, as they
//! are written.

mod chunk;
mod extent;
mod field;
mod journal;
mod live;
mod ring;

pub use chunk::{Scanned, Session};
pub use extent::Extent;
pub use journal::{FileScan, JournalSession, Missing, Told, first_key};
pub use live::{KmsgHead, LiveError, LiveSession, LiveTold, Own, OwnProcess};

use crate::Entry;
use crate::entry::Known;
use crate::event::{Line, Origin};
use crate::parse::{clock, container, excerpt};
use crate::time::Moment;

/// The lines of a unit that an event takes along.
pub const CONTEXT_LINES: usize = 20;

/// How far one boot of one machine was read.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The machine, the boot and the host.
    pub origin: Origin,
    /// When its last entry was stored.
    pub last: Moment,
}

fn line_of(entry: &Entry<'_>) -> Line {
    line(&entry.known(), field::kept(entry.fields().iter().copied()))
}

/// A line, of what is known of its entry and the fields that are kept of it.
fn line(known: &Known<'_>, fields: Box<[Box<str>]>) -> Line {
    // Of a container's line both are its engine's.
    let own = container::container(known).is_none();
    Line {
        at: clock::written(known),
        invocation: known.systemd_invocation_id.filter(|_| own).and_then(crate::Id128::parse),
        pid: known.pid.filter(|_| own).and_then(crate::decimal),
        text: excerpt(known.message.unwrap_or_default()),
        fields,
    }
}
