//! Reads /dev/kmsg, which gives one record a read (Linux, Documentation/ABI/testing/dev-kmsg).

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::os::fd::{AsFd, BorrowedFd};
use std::path::Path;

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;

use super::SourceError;

/// More than any record has, in bytes (Linux, kernel/printk/internal.h, PRINTK_MESSAGE_MAX: 2,048 before the fields).
const MAX_RECORD: usize = 16 << 10;

/// The kernel's log, as it is written. Reading never blocks.
#[derive(Debug)]
pub struct KernelLog {
    file: File,
    room: Vec<u8>,
}

impl KernelLog {
    /// Opens it at the oldest record that the kernel still has.
    ///
    /// # Errors
    /// It is not there, or this process may not read it.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
        let fd = rustix::fs::open(path, flags, Mode::empty())
            .map_err(|error| SourceError::opening(path, error.into()))?;
        Ok(Self { file: fd.into(), room: vec![0; MAX_RECORD] })
    }

    /// Goes behind the newest record.
    ///
    /// # Errors
    /// The system does not let it.
    pub fn skip(&mut self) -> Result<(), SourceError> {
        self.file.seek(SeekFrom::End(0))?;
        Ok(())
    }

    /// The next record; none where there is no more yet. Records that were overwritten before they were read are left out,
    /// which shows by the numbers of those around them.
    ///
    /// # Errors
    /// Reading fails.
    pub fn record(&mut self) -> Result<Option<&[u8]>, SourceError> {
        loop {
            match self.file.read(&mut self.room) {
                Ok(0) => return Ok(None),
                Ok(len) => return Ok(self.room.get(..len)),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(None),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // The reader was overrun: the next read gives the oldest record that is left.
                Err(error) if Errno::from_io_error(&error) == Some(Errno::PIPE) => {}
                // A record that is larger than the room is passed over.
                Err(error) if Errno::from_io_error(&error) == Some(Errno::INVAL) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

impl AsFd for KernelLog {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }
}
