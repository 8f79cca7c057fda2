//! How entries of a journal are printed: one file a format, each as journalctl prints it (systemd,
//! src/shared/logs-show.c of v252).
//!
//! Everything is written straight into the caller's buffer, without an allocation a field. A printer belongs to one
//! thread; any number of them print side by side.

mod cat;
mod export;
mod json;
mod number;
mod printable;
mod record;
mod short;
mod stamp;
mod strip;
pub mod tame;

use clap::ValueEnum;
use nwlog_ingest::Id128;

pub use self::record::{Cursor, Field, Head, Record};
use self::stamp::{Shape, Stamp};
use super::time::Zone;

/// The shape in which entries are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EntryFormat {
    /// One line an entry: time, host, program and message
    Short,
    /// The same, with the time as ISO 8601 has it, in microseconds
    ShortIsoPrecise,
    /// The journal export format: everything, as it is stored
    Export,
    /// One JSON object a line
    Json,
    /// The message alone
    Cat,
}

impl EntryFormat {
    /// Whether it is for people: then boots are told apart, and it is said where there is nothing to print.
    pub const fn is_told(self) -> bool {
        matches!(self, Self::Short | Self::ShortIsoPrecise)
    }
}

/// How entries are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The shape.
    pub format: EntryFormat,
    /// The zone of the times that are for people.
    pub zone: Zone,
    /// Whether long and unprintable values are printed as they are (`journalctl --all`).
    pub all: bool,
}

/// Prints entries in one style.
#[derive(Debug)]
pub struct Printer {
    style: Style,
    stamp: Stamp,
    room: Vec<u8>,
}

impl Printer {
    /// A printer of this style.
    pub fn new(style: Style) -> Self {
        let shape = match style.format {
            EntryFormat::ShortIsoPrecise => Shape::Iso,
            _ => Shape::Short,
        };
        Self { style, stamp: Stamp::new(shape, style.zone), room: Vec::new() }
    }

    /// Appends one entry. What the format has no place for, such as an entry without a message in a format that prints
    /// messages, leaves nothing.
    pub fn print(&mut self, record: &Record, out: &mut Vec<u8>) {
        match self.style.format {
            EntryFormat::Short | EntryFormat::ShortIsoPrecise => {
                short::write(record, &mut self.stamp, self.style.all, &mut self.room, out);
            }
            EntryFormat::Export => export::write(record, out),
            EntryFormat::Json => json::write(record, self.style.all, out),
            EntryFormat::Cat => cat::write(record, out),
        }
    }
}

/// Appends the line that tells that another boot begins here.
pub fn boot_line(boot: Id128, out: &mut Vec<u8>) {
    out.extend_from_slice(b"-- Boot ");
    number::hex_id(boot, out);
    out.extend_from_slice(b" --\n");
}

/// What is printed for people where there is nothing to print.
pub const NO_ENTRIES: &[u8] = b"-- No entries --\n";

#[cfg(test)]
mod tests;
