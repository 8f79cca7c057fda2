//! Reading the incidents out of an index that is old or damaged, without its terms.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use nwlog_correlate::Incident;
use tantivy::directory::footer::Footer;
use tantivy::directory::{Directory, FileSlice};
use tantivy::index::SegmentComponent;
use tantivy::store::StoreReader;
use tantivy::{Index, SegmentReader, TantivyDocument, TantivyError};

use super::readonly::ReadOnly;
use crate::document;
use crate::error::Error;

/// What was found in an index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// How many incidents were read.
    pub(super) read: u64,
    /// How many could not be.
    pub(super) lost: u64,
    /// How many segments could not be opened at all.
    pub(super) segments: u64,
}

impl Found {
    pub(super) fn is_whole(self) -> bool {
        self.lost == 0 && self.segments == 0
    }

    pub(super) fn add(&mut self, other: Self) {
        self.read = self.read.saturating_add(other.read);
        self.lost = self.lost.saturating_add(other.lost);
        self.segments = self.segments.saturating_add(other.segments);
    }
}

/// Gives every incident of an index that can be read to `each`. What is known to be deleted is left out; where that is
/// not known any more, old tellings of an incident may come beside its last.
pub(super) fn incidents(
    dir: &Path,
    each: &mut dyn FnMut(Incident) -> Result<(), Error>,
) -> Result<(Found, Option<String>), Error> {
    let files = ReadOnly::open(dir).map_err(|why| Error::index(dir, why.into()))?;
    let mut found = Found::default();
    let opened = Index::open(files.clone());
    let listed = opened.and_then(|index| Ok((index.searchable_segments()?, index.load_metas()?.payload)));
    let Ok((segments, payload)) = listed else {
        found.segments = 1;
        for entry in fs::read_dir(dir).map_err(|why| Error::io(dir, why))?.flatten() {
            let path = entry.path();
            let name =
                path.file_name().map(Path::new).filter(|_| path.extension().is_some_and(|e| e == "store"));
            if let Some(name) = name {
                let file = files
                    .open_read(name)
                    .map_err(TantivyError::from)
                    .and_then(|file| Ok(Footer::extract_footer(file).map(|(_, body)| body)?));
                found.add(of_file(file, None, each)?);
            }
        }
        return Ok((found, None));
    };
    for segment in segments {
        // The incidents may be sound where their terms are not.
        let reader =
            catch_unwind(AssertUnwindSafe(|| SegmentReader::open(&segment))).ok().and_then(Result::ok);
        let file = segment.open_read(SegmentComponent::Store).map_err(TantivyError::from);
        found.add(of_file(file, reader.as_ref(), each)?);
    }
    Ok((found, payload))
}

fn of_file(
    file: Result<FileSlice, TantivyError>,
    reader: Option<&SegmentReader>,
    each: &mut dyn FnMut(Incident) -> Result<(), Error>,
) -> Result<Found, Error> {
    let mut found = Found::default();
    let store = file.and_then(|file| {
        let opened = catch_unwind(AssertUnwindSafe(|| StoreReader::open(file, 1)));
        opened
            .map_err(|_| TantivyError::InternalError("a store that contradicts itself".to_owned()))?
            .map_err(Into::into)
    });
    let Ok(store) = store else {
        found.segments = 1;
        return Ok(found);
    };
    let alive = reader.and_then(SegmentReader::alive_bitset);
    let mut documents = store.iter::<TantivyDocument>(alive);
    loop {
        let next = catch_unwind(AssertUnwindSafe(|| documents.next()));
        match next {
            Err(_) => {
                found.segments = 1;
                return Ok(found);
            }
            Ok(None) => return Ok(found),
            Ok(Some(read)) => match read.ok().and_then(|doc| document::rescue(&doc)) {
                Some(incident) => {
                    found.read = found.read.saturating_add(1);
                    each(incident)?;
                }
                None => found.lost = found.lost.saturating_add(1),
            },
        }
    }
}
