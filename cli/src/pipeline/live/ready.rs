//! Waits for descriptors.

use std::io;
use std::os::fd::{AsFd, OwnedFd};

use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

/// A descriptor that can be waited for until there is something to read: a copy, which stays open as long as that.
#[allow(
    deprecated,
    reason = "what replaces it is unsafe, for descriptors that someone else can close; this is owned"
)]
pub(super) fn watch(fd: &impl AsFd) -> io::Result<AsyncFd<OwnedFd>> {
    AsyncFd::with_interest(fd.as_fd().try_clone_to_owned()?, Interest::READABLE)
}
