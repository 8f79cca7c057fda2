//! Reads what the kernel, systemd and Go wrote: one file a record family.
//!
//! Parsing cannot fail. A record that no grammar knows is no event.

mod bus;
pub mod clock;
pub mod container;
pub mod disk;
mod dumps;
pub mod fields;
pub mod gap;
mod glance;
pub mod go;
pub mod identity;
mod making;
pub mod oom;
pub mod origin;
mod parser;
mod pieces;
pub mod prefilter;
mod recent;
mod relay;
pub mod storage;
pub mod unit;
pub mod word;

pub use glance::Glance;
pub(crate) use making::kmsg_hole;
pub use parser::{Lines, Parser};
pub use recent::Recent;

use crate::event::{Identity, MAX_TEXT};
use crate::time::Moment;

/// A record's text, with its time and identity settled: what grammars and assemblers read.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// When it was written, by its own clock.
    pub at: Moment,
    /// When it was stored.
    pub received: Moment,
    /// Which record it is.
    pub identity: Identity,
    /// Its message, without the newline.
    pub text: &'a [u8],
}

/// A fact that one or many records told.
#[derive(Clone, Debug, PartialEq)]
pub struct Assembled<T> {
    /// When the first of them was written.
    pub at: Moment,
    /// When the last of them was stored.
    pub received: Moment,
    /// The first of them.
    pub identity: Identity,
    /// The text of the one that says most, at most [`MAX_TEXT`] bytes of it.
    pub text: Box<str>,
    /// What they told.
    pub fact: T,
}

/// Cuts a record's text to [`MAX_TEXT`] bytes, and makes UTF-8 of it.
pub fn excerpt(text: &[u8]) -> Box<str> {
    clip(text, MAX_TEXT)
}

/// Cuts bytes to a length, not inside a character, and makes UTF-8 of them.
pub fn clip(text: &[u8], max: usize) -> Box<str> {
    let head = text.get(..max).unwrap_or(text);
    if let Ok(sound) = str::from_utf8(head) {
        return sound.into();
    }
    let lossy = String::from_utf8_lossy(head);
    let whole = if head.len() < text.len() { lossy.trim_end_matches('\u{FFFD}') } else { &lossy };
    whole.into()
}
