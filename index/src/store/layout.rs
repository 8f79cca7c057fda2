//! The directory of a store: the index, and `nwlog.json` that says which layout it has.

use std::fs::{self, DirBuilder, File};
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

use serde::{Deserialize, Serialize};
use tantivy::Index;
use tantivy::directory::{Directory, INDEX_WRITER_LOCK};

use crate::error::Error;
use crate::schema::{SCHEMA_VERSION, schema};

use super::shared::{Shared, replace};

/// The file that names the layout's version.
const FILE: &str = "nwlog.json";
/// The permissions of a new store, less the umask: logs are not for everybody.
const MODE: u32 = 0o750;

/// What stands in [`FILE`].
#[derive(Serialize, Deserialize)]
struct Layout {
    schema: u32,
}

/// Makes sure that a directory holds a store of this version.
pub(super) fn check(dir: &Path) -> Result<(), Error> {
    let path = dir.join(FILE);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(why) if matches!(why.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Err(Error::NoStore(dir.to_owned()));
        }
        Err(why) => return Err(Error::io(&path, why)),
    };
    let layout: Layout =
        serde_json::from_slice(&bytes).map_err(|why| Error::damaged(dir, format!("{FILE}: {why}")))?;
    if layout.schema != SCHEMA_VERSION {
        return Err(Error::SchemaVersion {
            dir: dir.to_owned(),
            found: layout.schema,
            known: SCHEMA_VERSION,
        });
    }
    Ok(())
}

/// Opens a directory for writing, and makes directory and store where they are missing.
pub(crate) fn prepare(dir: &Path) -> Result<Shared, Error> {
    DirBuilder::new().recursive(true).mode(MODE).create(dir).map_err(|why| Error::io(dir, why))?;
    let files = Shared::open(dir).map_err(|why| Error::index(dir, why.into()))?;
    match check(dir) {
        Err(Error::NoStore(_)) => {}
        other => other?,
    }
    // Two processes that both make the index would overwrite each other's first commit.
    let _lock = files
        .acquire_lock(&INDEX_WRITER_LOCK)
        .map_err(|why| Error::index(dir, tantivy::TantivyError::LockFailure(why, None)))?;
    let exists = Index::exists(&files).map_err(|why| Error::index(dir, why.into()))?;
    match check(dir) {
        Err(Error::NoStore(_)) if exists => {
            return Err(Error::damaged(dir, format!("an index without its {FILE}")));
        }
        Err(Error::NoStore(_)) => declare(dir)?,
        other => other?,
    }
    if !exists {
        Index::builder()
            .schema(schema().0)
            .open_or_create(files.clone())
            .map_err(|why| Error::index(dir, why))?;
    }
    Ok(files)
}

/// Writes the layout's version.
fn declare(dir: &Path) -> Result<(), Error> {
    let text = serde_json::to_string(&Layout { schema: SCHEMA_VERSION }).unwrap_or_default();
    replace(dir, Path::new(FILE), text.as_bytes())
        .and_then(|()| File::open(dir)?.sync_all())
        .map_err(|why| Error::io(&dir.join(FILE), why))
}
