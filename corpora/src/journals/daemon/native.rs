//! journald's native protocol.
//!
//! systemd, docs/JOURNAL_NATIVE_PROTOCOL.md.

use std::fs::File;
use std::io::{self, IoSlice, Write as _};
use std::mem::MaybeUninit;
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixDatagram;
use std::path::Path;

use rustix::fs::{MemfdFlags, SealFlags, fcntl_add_seals, memfd_create};
use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg};

use super::MakeError;

/// What goes in one datagram everywhere; more goes by a file in memory.
const DATAGRAM: usize = 64 << 10;

pub(super) fn send<F: AsRef<[u8]>>(
    socket: &Path,
    fields: impl IntoIterator<Item = F>,
) -> Result<(), MakeError> {
    let message = message(fields);
    let to = UnixDatagram::unbound()?;
    to.connect(socket)?;
    if message.len() <= DATAGRAM {
        to.send(&message)?;
    } else {
        send_file(&to, &message)?;
    }
    Ok(())
}

fn message<F: AsRef<[u8]>>(fields: impl IntoIterator<Item = F>) -> Vec<u8> {
    let mut message = Vec::new();
    for field in fields {
        let field = field.as_ref();
        let name_len = field.iter().position(|byte| *byte == b'=').unwrap_or(field.len());
        let (name, rest) = field.split_at(name_len);
        let value = rest.get(1..).unwrap_or_default();
        message.extend_from_slice(name);
        message.push(b'\n');
        message.extend_from_slice(&(value.len() as u64).to_le_bytes());
        message.extend_from_slice(value);
        message.push(b'\n');
    }
    message
}

fn send_file(to: &UnixDatagram, message: &[u8]) -> io::Result<()> {
    let mut file =
        File::from(memfd_create("journal-entry", MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING)?);
    file.write_all(message)?;
    fcntl_add_seals(&file, SealFlags::SHRINK | SealFlags::GROW | SealFlags::WRITE | SealFlags::SEAL)?;
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut ancillary = SendAncillaryBuffer::new(&mut space);
    let fds = [file.as_fd()];
    ancillary.push(SendAncillaryMessage::ScmRights(&fds));
    sendmsg(to, &[IoSlice::new(b"")], &mut ancillary, SendFlags::empty())?;
    Ok(())
}
