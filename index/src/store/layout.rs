//! The directory of a store: the index, and `nwlog.json` that says which layout it has and where the index lies.
//!
//! A new store's index lies beside that file. One that was written anew lies in a directory of its own, so that it takes
//! the place of the old one at once: by the name in the file.

use std::fs::{self, DirBuilder, File};
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::Index;
use tantivy::directory::{Directory, DirectoryLock, INDEX_WRITER_LOCK};

use crate::error::Error;
use crate::schema::{SCHEMA_VERSION, schema};

use super::shared::{Shared, replace};

/// The file that names the layout's version.
const FILE: &str = "nwlog.json";
/// What the directories of indexes that were written anew begin with, and those of what could not be read.
const ANEW: &str = "index-";
const ASIDE: &str = "damaged-";
/// The permissions of a new store, less the umask: logs are not for everybody.
const MODE: u32 = 0o750;

/// What stands in [`FILE`].
#[derive(Serialize, Deserialize)]
struct Layout {
    schema: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    index: Option<String>,
}

/// Where the index of a store of this version lies.
pub(super) fn check(dir: &Path) -> Result<PathBuf, Error> {
    let layout = read(dir)?;
    let (found, known) = (layout.schema, SCHEMA_VERSION);
    match found.cmp(&known) {
        std::cmp::Ordering::Less => Err(Error::Older { dir: dir.to_owned(), found, known }),
        std::cmp::Ordering::Greater => Err(Error::SchemaVersion { dir: dir.to_owned(), found, known }),
        std::cmp::Ordering::Equal => place(dir, &layout),
    }
}

/// Where the index of a store of any version lies.
pub(super) fn index(dir: &Path) -> Result<PathBuf, Error> {
    place(dir, &read(dir)?)
}

fn place(dir: &Path, layout: &Layout) -> Result<PathBuf, Error> {
    match &layout.index {
        None => Ok(dir.to_owned()),
        Some(name) if number(name, ANEW).is_some() => Ok(dir.join(name)),
        Some(name) => Err(Error::damaged(dir, format!("{FILE} names an index {name:?}"))),
    }
}

fn read(dir: &Path) -> Result<Layout, Error> {
    let path = dir.join(FILE);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(why) if why.kind() == ErrorKind::NotFound && has_index(dir) => {
            return Err(Error::damaged(dir, format!("an index without its {FILE}")));
        }
        Err(why) if matches!(why.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Err(Error::NoStore(dir.to_owned()));
        }
        Err(why) => return Err(Error::io(&path, why)),
    };
    serde_json::from_slice(&bytes).map_err(|why| Error::damaged(dir, format!("{FILE}: {why}")))
}

fn number(name: &str, begin: &str) -> Option<u32> {
    name.strip_prefix(begin)?.parse().ok()
}

/// The names in a directory. None where it cannot be read.
fn names(dir: &Path) -> Vec<String> {
    let files = fs::read_dir(dir).into_iter().flatten().flatten();
    files.filter_map(|file| file.file_name().into_string().ok()).collect()
}

/// Whether segments of an index lie in a directory.
pub(super) fn has_index(dir: &Path) -> bool {
    names(dir).iter().any(|name| name.ends_with(".store"))
}

/// Every directory of a store in which segments of an index lie.
pub(super) fn indexes(dir: &Path) -> Vec<PathBuf> {
    let anew = names(dir).into_iter().filter(|name| number(name, ANEW).is_some()).map(|name| dir.join(name));
    std::iter::once(dir.to_owned()).chain(anew).filter(|dir| has_index(dir)).collect()
}

/// Opens a directory for writing, and makes directory and store where they are missing.
pub(crate) fn prepare(dir: &Path) -> Result<Shared, Error> {
    DirBuilder::new().recursive(true).mode(MODE).create(dir).map_err(|why| Error::io(dir, why))?;
    let place = match check(dir) {
        Err(Error::NoStore(_)) => dir.to_owned(),
        other => other?,
    };
    let files = open(dir, &place)?;
    // Two processes that both make the index would overwrite each other's first commit.
    let _lock = lock(dir, &files)?;
    let exists = Index::exists(&files).map_err(|why| Error::index(dir, why.into()))?;
    match check(dir) {
        Err(Error::NoStore(_)) if exists => {
            return Err(Error::damaged(dir, format!("an index without its {FILE}")));
        }
        Err(Error::NoStore(_)) => declare(dir, None)?,
        other => drop(other?),
    }
    if !exists && has_index(&place) {
        return Err(Error::damaged(dir, "an index without its meta.json"));
    }
    if !exists {
        make(dir, &files)?;
    }
    Ok(files)
}

/// Makes a directory with an empty index inside of a store, which no one knows of yet.
pub(super) fn anew(dir: &Path) -> Result<(String, Shared), Error> {
    let own = open(dir, dir)?;
    let _lock = lock(dir, &own)?;
    let name = free(dir, ANEW);
    let place = dir.join(&name);
    DirBuilder::new().mode(MODE).create(&place).map_err(|why| Error::io(&place, why))?;
    let files = open(dir, &place)?;
    make(dir, &files)?;
    Ok((name, files))
}

fn free(dir: &Path, begin: &str) -> String {
    let last = names(dir).iter().filter_map(|name| number(name, begin)).max();
    format!("{begin}{}", last.map_or(1, |last| last.saturating_add(1)))
}

fn open(dir: &Path, place: &Path) -> Result<Shared, Error> {
    Shared::open(dir, place).map_err(|why| Error::index(dir, why.into()))
}

fn lock(dir: &Path, files: &Shared) -> Result<DirectoryLock, Error> {
    let lock = files.acquire_lock(&INDEX_WRITER_LOCK);
    lock.map_err(|why| Error::index(dir, tantivy::TantivyError::LockFailure(why, None)))
}

fn make(dir: &Path, files: &Shared) -> Result<(), Error> {
    let made = Index::builder().schema(schema().0).open_or_create(files.clone());
    made.map(drop).map_err(|why| Error::index(dir, why))
}

/// Writes the layout's version, and the name of the directory of the index: from then on that is the store.
pub(super) fn declare(dir: &Path, index: Option<String>) -> Result<(), Error> {
    let text = serde_json::to_string(&Layout { schema: SCHEMA_VERSION, index }).unwrap_or_default();
    replace(dir, Path::new(FILE), text.as_bytes())
        .and_then(|()| File::open(dir)?.sync_all())
        .map_err(|why| Error::io(&dir.join(FILE), why))
}

/// Removes an index that was written anew. What is left over costs room and nothing else.
pub(super) fn remove(dir: &Path, index: &Path) {
    if index != dir {
        let _ = fs::remove_dir_all(index);
        return;
    }
    for name in names(dir).iter().filter(|name| is_of_index(name)) {
        let _ = fs::remove_file(dir.join(name));
    }
}

/// Puts an index aside that could not be read whole, and says where.
pub(super) fn put_aside(dir: &Path, index: &Path) -> Result<PathBuf, Error> {
    let aside = dir.join(free(dir, ASIDE));
    let moved = if index == dir {
        DirBuilder::new().mode(MODE).create(&aside).and_then(|()| {
            let names = names(dir);
            let mut own = names.iter().filter(|name| is_of_index(name));
            own.try_for_each(|name| fs::rename(dir.join(name), aside.join(name)))
        })
    } else {
        fs::rename(index, &aside)
    };
    moved.map(|()| aside.clone()).map_err(|why| Error::io(&aside, why))
}

/// Whether a file is of tantivy's index: its lists, or a segment's.
fn is_of_index(name: &str) -> bool {
    let of_segment = name
        .split_once('.')
        .is_some_and(|(id, _)| id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()));
    of_segment || matches!(name, "meta.json" | ".managed.json" | ".tantivy-meta.lock")
}
