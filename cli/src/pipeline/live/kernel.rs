//! The kernel's own log, which does not wait: what is not read in time is overwritten.

use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;

use nwlog_ingest::source::{KernelLog, SourceError};
use nwlog_ingest::time::Moment;
use nwlog_journal::Trouble;
use tokio::io::unix::AsyncFd;
use tokio::sync::mpsc;

use super::{clock, ready};

/// Where the kernel's log is.
const DEVICE: &str = "/dev/kmsg";

/// The records that wait to be joined. Each has some hundred bytes, and 8 KiB at the most.
const WAITING: usize = 16_384;

/// From where on the kernel's log is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// What comes from now on.
    Now,
    /// What the kernel still has, from this time on, in microseconds since 1970.
    Since(u64),
}

/// What comes of the kernel's log.
#[derive(Debug)]
pub(super) enum Record {
    /// A record as /dev/kmsg gave it, and when it was read.
    Read(Box<[u8]>, Moment),
    /// Nothing more comes, and why.
    Ended(io::Error),
}

/// Records that wait to be joined.
#[derive(Debug)]
pub(super) struct Queue {
    /// The records.
    pub(super) records: mpsc::Receiver<Record>,
}

/// Opens the kernel's log, and reads it on a task of its own: it is drained before anything else is done.
///
/// # Errors
/// It is not there, or this process may not read it.
pub(super) fn start(from: From) -> Result<Queue, SourceError> {
    let mut log = KernelLog::open(Path::new(DEVICE))?;
    if from == From::Now {
        log.skip()?;
    }
    let (waiting, records) = mpsc::channel(WAITING);
    // Reading from a device that epoll does not take would have failed before.
    let changes = ready::watch(&log)?;
    tokio::spawn(drain(log, changes, from, waiting));
    Ok(Queue { records })
}

async fn drain(mut log: KernelLog, changes: AsyncFd<OwnedFd>, from: From, waiting: mpsc::Sender<Record>) {
    let floor = match from {
        From::Now => 0,
        From::Since(since) => since_boot(since),
    };
    let why = read(&mut log, &changes, floor, &waiting).await;
    // Where nobody listens any more, there is nobody to tell that to.
    let _ = waiting.send(Record::Ended(why)).await;
}

/// Reads until that fails, or nobody takes it any more.
async fn read(
    log: &mut KernelLog,
    changes: &AsyncFd<OwnedFd>,
    floor: u64,
    waiting: &mpsc::Sender<Record>,
) -> io::Error {
    loop {
        let mut ready = match changes.readable().await {
            Ok(ready) => ready,
            Err(error) => return error,
        };
        loop {
            match log.record() {
                Ok(Some(bytes)) => {
                    if written(bytes).is_some_and(|at| at < floor) {
                        continue;
                    }
                    let record = Record::Read(bytes.into(), clock::now());
                    // Where they wait for too long, the numbers of those that do not tell that some are missing.
                    if let Err(mpsc::error::TrySendError::Closed(_)) = waiting.try_send(record) {
                        return io::ErrorKind::BrokenPipe.into();
                    }
                }
                Ok(None) => break,
                Err(error) => return io::Error::other(error),
            }
        }
        ready.clear_ready();
    }
}

/// The kernel's log can be read no more.
pub(super) fn trouble(why: io::Error) -> Trouble {
    let what = format!("can be read no more: {why}");
    let hint = "the journal is followed still; start nwlog again for the kernel's own log".to_owned();
    Trouble { path: DEVICE.into(), what, hint }
}

/// A time on the clock of this boot, in microseconds.
fn since_boot(realtime: u64) -> u64 {
    let Moment { realtime: now, monotonic } = clock::now();
    monotonic.unwrap_or_default().saturating_sub(now.unwrap_or_default().saturating_sub(realtime))
}

/// When a record was written, in microseconds since the boot: its third field.
fn written(record: &[u8]) -> Option<u64> {
    record.split(|byte| *byte == b',').nth(2).and_then(nwlog_ingest::decimal)
}
