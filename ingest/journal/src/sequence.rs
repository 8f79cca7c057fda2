//! Whether entries are missing, by their sequence numbers.
//!
//! One journald numbers all entries of all its files by one counter, whose id is in each file's header (systemd,
//! src/libsystemd/sd-journal/journal-file.c, `journal_file_entry_seqnum`: the next number is one more than the last one
//! that was given, whichever file that went to). So a number that no file has was given to an entry that is gone, if all
//! files were read. [`Check`] finds such holes, and tells of each whether it is known that entries are missing there, or
//! why that is not known: [`NotChecked`]. It never takes for missing what it cannot prove. What it has to know:
//!
//! - **Which files there are.** The files are those of whole directories, under the names that journald gave them. A file
//!   that was not read, is damaged or was left out may have every number that it may have been given.
//! - **Vacuuming.** journald deletes archived files, that with the lowest first number before all others (journal-vacuum.c,
//!   `vacuum_compare`), and never active ones. From v240 to v255 a rotation archives every file of the directory
//!   (journald-server.c, `server_rotate`, `server_archive_offline_user_journals`), so that no file outlives one. What was
//!   vacuumed begins before any archived file that is left, and ends before the rotation that archived that one: so also
//!   before the file that followed it. Since v256 a file that is full is archived alone (pull request 32397), and all of
//!   them only on request and where the clock goes back. Then what was vacuumed ends before the first file that is left
//!   of its name; of a name of which none is left, before the last rotation that may have been one of all files. Headers
//!   do not tell v254 from v256. From there on nothing was vacuumed; below it holes are not told. Before v254 nothing at
//!   all was vacuumed where a counter's first number is there.
//! - **Writing.** Files are opened one after the other, and journald may write meanwhile. What was numbered before the
//!   first of them was opened is in them; holes above that are not told.
//! - **Jumps.** A counter passes over numbers where the journal in /run is moved to /var (`server_flush_to_var`): at a
//!   boot, and after /var was relinquished. Before v254 it does so too where files of several counters are written at a
//!   time. So a hole counts only between entries of one boot, while no file of another counter was written, and where no
//!   flush came after it in that boot.
//!
//! What stays: entries that journald wrote to /run and never moved are told as missing where /run was not read; so they
//! are, from what was read. And a file that was put aside (`~`), since the last rotation or, since v256, at any time, and
//! was vacuumed before any archived one, makes a hole that is told though it was journald that deleted the entries.

mod check;
mod flush;
mod member;
mod numbers;
mod reason;
mod window;

pub use check::{Check, Report, Witness};
pub use flush::Flush;
pub use member::{Member, Unread};
pub use numbers::{Hole, Numbers};
pub use reason::NotChecked;
pub(crate) use window::Window;

#[cfg(test)]
mod tests;
