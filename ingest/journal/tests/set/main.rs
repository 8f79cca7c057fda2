//! Sets of journal files, held against journalctl. Needs systemd-journal-remote, which makes the files, and journalctl.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stderr, clippy::panic)]

mod cursor;
mod made;
mod order;
