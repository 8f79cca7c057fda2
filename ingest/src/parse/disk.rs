//! Operations that a file system refused, as the programs that asked for them tell.
//!
//! A file system that is full prints nothing itself (ext4, xfs, btrfs): the errno's text at the end of a program's
//! error message is all there is. It counts where it *ends* a message, or stands in one of the few forms in which a
//! language's library writes more behind it; never in the middle of prose, in a command line, or in a quotation.
//!
//! The same errno means other things where no disk is: watches of inotify, semaphores and cpusets run out with
//! ENOSPC too, and a container's /proc and /sys are read-only. These are left out. EIO is what any device answers, a
//! terminal that is gone among them: it counts only where a file is named, and is no refusal.

mod context;
mod form;
mod go;
mod libc;
mod path;
mod phrase;
mod runtime;
mod statement;

use crate::event::{DiskError, DiskFact};
use crate::parse::clip;

use self::path::MAX_PATH;
use self::phrase::Phrase;

/// How many mentions of an errno in one record are looked at.
const MAX_MENTIONS: usize = 8;

/// Whether a text may tell of such an operation: never false where [`told`] finds one, and much cheaper.
pub fn mentions(text: &[u8]) -> bool {
    phrase::mentions(text)
}

/// What a text has in it that may.
pub(crate) fn inside() -> impl Iterator<Item = &'static [u8]> {
    phrase::stems()
}

/// Reads an operation that was refused, or that the device below failed, out of a program's message.
pub fn told(text: &[u8]) -> Option<DiskFact> {
    phrase::phrases(text).take(MAX_MENTIONS).find_map(|phrase| claim(&phrase))
}

/// Reads a refused operation out of a program's message, or out of the value of a panic.
///
/// ```
/// use nwlog_ingest::event::DiskError;
/// use nwlog_ingest::parse::disk::refused;
///
/// let fact = refused(b"flush index: write /var/lib/app/index.db: no space left on device").ok_or("none")?;
/// assert_eq!(fact.error, DiskError::NoSpace);
/// assert_eq!(fact.operation.as_deref(), Some("write"));
/// assert_eq!(fact.directory.as_deref(), Some("/var/lib/app"));
/// assert_eq!(refused(b"what does 'no space left on device' mean?"), None);
/// # Ok::<(), &str>(())
/// ```
pub fn refused(text: &[u8]) -> Option<DiskFact> {
    let refusals = phrase::phrases(text).take(MAX_MENTIONS).filter(|phrase| phrase.error.is_refusal());
    refusals.into_iter().find_map(|phrase| claim(&phrase))
}

/// What a message tells, as bytes of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Told<'a> {
    operation: Option<&'a [u8]>,
    path: Option<&'a [u8]>,
}

fn claim(phrase: &Phrase<'_>) -> Option<DiskFact> {
    let statement = statement::around(phrase)?;
    let form = form::form(&statement.before, &statement.after)?;
    if !context::is_claim(form.context, form.is_proof) {
        return None;
    }
    let context = go::told(form.context).or_else(|| libc::told(form.context)).unwrap_or_default();
    let operation = form.told.operation.or(context.operation);
    let path = form.told.path.or(context.path);
    if context::is_elsewhere(form.context, operation, path)
        || (phrase.error == DiskError::Io && !context::is_of_disk(form.context, path, phrase.is_named))
    {
        return None;
    }
    Some(fact(phrase.error, operation, path))
}

fn fact(error: DiskError, operation: Option<&[u8]>, path: Option<&[u8]>) -> DiskFact {
    let path = path.map(|path| clip(path, MAX_PATH));
    DiskFact {
        error,
        operation: operation.map(|word| clip(word, MAX_PATH).to_lowercase().into()),
        directory: path.as_deref().and_then(path::parent).map(Into::into),
        path,
        device: None,
    }
}

#[cfg(test)]
mod tests;
