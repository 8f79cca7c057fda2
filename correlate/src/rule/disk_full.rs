//! Operations that file systems refused.
//!
//! Opens: a run of refusals of one unit in one directory with one error.
//! Joins: runs of other units with the same error on the same mount, where the log tells of it, else in the same directory;
//! the end of the life, if the error's text is among its last lines or in its panic; what the kernel said of the one device
//! that can explain it, by the time alone.
//! Closes: as all do.
//! Suppressed by: whoever only repeats others' lines, such as a log shipper.
//! Leaves alone: an end long after the refusal: two incidents, which name each other. EIO, which is no refusal.
//! Why so: a full disk hits everyone who writes to it, and what hits them is one failure. Which file system a path lies on is
//! not in the log but for the mount units, so a directory stands for it where these are not there.

use nwlog_ingest::event::DiskError;
use nwlog_ingest::parse::disk;

use super::Verdict;
use crate::incident::{Cause, Kind};
use crate::life::{Life, Run};

/// How many of a life's last lines are held against its end.
const LAST_LINES: usize = 10;

/// The run that a life's end goes back to.
pub(super) fn of_end(life: &Life, lateness_us: u64) -> Option<Verdict> {
    let end = life.ended()?;
    let last = life.last_lines().take(LAST_LINES);
    let said = |error: DiskError| {
        last.clone().any(|line| disk::refused(line.text.as_bytes()).is_some_and(|fact| fact.error == error))
    };
    // Lines that were stored after the exit record are the last ones too.
    let stored_late = |run: &Run| run.last.order(&end).is_ge();
    let unseen = |run: &Run| life.last_lines().next().is_none() && end.since(&run.last) <= lateness_us;
    let run = life.runs.iter().rev().find(|run| said(run.error) || stored_late(run) || unseen(run))?;
    let at = if run.first.order(&end).is_gt() { end } else { run.first };
    Some(Verdict { kind: Kind::DiskFull, cause: cause(run.error), at, record: run.record })
}

/// The cause that an error stands for. ENOSPC is `no-space`: inodes run out with the same text.
/// EIO is no refusal, and stands for none.
pub(crate) fn cause(error: DiskError) -> Option<Cause> {
    match error {
        DiskError::NoSpace => Some(Cause::NoSpace),
        DiskError::Quota => Some(Cause::Quota),
        DiskError::ReadOnly => Some(Cause::ReadOnly),
        DiskError::Io => None,
    }
}
