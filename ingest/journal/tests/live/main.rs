//! Follows a real journald, in a mount namespace of its own, which needs root, unshare and nsenter; and a made one.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::panic,
    clippy::disallowed_methods
)]

mod chance;
mod flushed;
mod follower;
mod missing;
mod moves;
mod rates;
mod rotation;
mod shared;
mod written;
