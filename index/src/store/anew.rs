//! Writing a store anew from the incidents in it: because its layout is an earlier one, or because it is damaged.

use std::path::{Path, PathBuf};

use super::rescue::{self, Found};
use super::{Store, layout};
use crate::error::Error;
use crate::writer::{Writer, WriterOptions};

/// How many incidents wait in memory before they are put on disk.
const BATCH: usize = 5_000;

/// What a repair has saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// How many incidents the store has now.
    pub kept: u64,
    /// How many could not be read.
    pub lost: u64,
    /// How many pieces of the index could not be opened: how many incidents they had is not known.
    pub segments_lost: u64,
    /// Where what could not be read whole was put; delete it when it is of no use any more.
    pub aside: Option<PathBuf>,
}

/// Writes a store of an earlier layout anew, with all that it holds, and opens it.
pub(crate) fn upgrade(dir: &Path, options: WriterOptions) -> Result<Writer, Error> {
    let old = layout::index(dir)?;
    let (writer, found) = rewrite(dir, options, std::slice::from_ref(&old), true)?;
    if found.is_whole() {
        layout::remove(dir, &old);
    } else {
        layout::put_aside(dir, &old)?;
    }
    Ok(writer)
}

/// Writes a damaged store anew with all that can still be read.
pub(crate) fn repair(dir: &Path, options: WriterOptions) -> Result<Repaired, Error> {
    let old = match layout::index(dir) {
        Ok(index) if layout::has_index(&index) => vec![index],
        Err(Error::NoStore(_)) | Ok(_) | Err(Error::Damaged { .. }) => layout::indexes(dir),
        Err(other) => return Err(other),
    };
    if old.is_empty() {
        return Err(Error::NoStore(dir.to_owned()));
    }
    let (writer, found) = rewrite(dir, options, &old, false)?;
    let mut aside = None;
    for index in &old {
        if found.is_whole() {
            layout::remove(dir, index);
        } else {
            aside = Some(layout::put_aside(dir, index)?);
        }
    }
    let kept = u64::try_from(writer.store().stats()?.incidents).unwrap_or(u64::MAX);
    writer.close()?;
    Ok(Repaired { kept, lost: found.lost, segments_lost: found.segments, aside })
}

/// Reads indexes into a new one, and makes that the store's. Until then the store is as it was.
fn rewrite(
    dir: &Path,
    options: WriterOptions,
    old: &[PathBuf],
    is_sound: bool,
) -> Result<(Writer, Found), Error> {
    let (name, files) = layout::anew(dir)?;
    let place = dir.join(&name);
    let done = Store::over(dir, Box::new(files)).and_then(|store| {
        let mut writer = Writer::over(store, options)?;
        let mut all = Found::default();
        let mut position = None;
        for index in old {
            let (found, payload) = rescue::incidents(index, &mut |incident| {
                // What is sound has each incident once.
                match is_sound {
                    true => writer.put(incident),
                    false => writer.write(incident).map(|_| ())?,
                }
                if writer.pending() >= BATCH { writer.commit(None) } else { Ok(()) }
            })?;
            all.add(found);
            position = payload.or(position);
        }
        writer.commit_with(position)?;
        layout::declare(dir, Some(name))?;
        Ok((writer, all))
    });
    if done.is_err() {
        layout::remove(dir, &place);
    }
    done
}
