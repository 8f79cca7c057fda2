//! Three readers of one file.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use nwlog_corpora::journals::entry::Placed;
use nwlog_corpora::journals::{Entry, oracle};
use nwlog_journal::{Damage, JournalFile, OpenError, Room};
use sdjournal::{Journal, JournalConfig};

/// What a reader makes of a file, in the order of the file.
#[derive(Debug, Default)]
pub(crate) struct Read {
    pub(crate) entries: Vec<Placed>,
    /// How many fields are known to be missing.
    pub(crate) lost: u64,
    pub(crate) damage: Damage,
}

/// This crate.
pub(crate) fn ours(bytes: &[u8]) -> Result<Read, OpenError> {
    Ok(read(&JournalFile::from_backing(Box::new(bytes.to_vec()))?))
}

/// All entries of a file that is open.
pub(crate) fn read(file: &JournalFile) -> Read {
    let found = file.entries();
    let mut read = Read { damage: found.damage, ..Read::default() };
    let mut room = Room::default();
    for place in found.places {
        let mut fields = Vec::new();
        let told = file.fields(place, &mut room, &mut |field| {
            fields.push(field.to_vec());
            ControlFlow::Continue(())
        });
        let told = told.expect("what entries() gives is an entry");
        read.lost += u64::from(told.lost);
        read.entries.push(Placed {
            seqnum_id: file.header().seqnum_id.as_u128(),
            seqnum: told.head.seqnum,
            xor_hash: told.head.xor_hash,
            entry: Entry {
                realtime: told.head.realtime,
                monotonic: told.head.monotonic,
                boot_id: told.head.boot_id.as_u128(),
                fields: without_boot(fields),
            },
        });
    }
    read
}

/// journalctl gives the boot by itself, and does not repeat it among the fields.
fn without_boot(fields: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    fields.into_iter().filter(|field| !field.starts_with(b"_BOOT_ID=")).collect()
}

/// journalctl, in the order of the file. None where it is not installed.
pub(crate) fn journalctl(path: &Path) -> Option<Vec<Placed>> {
    let mut entries = match oracle::entries(path) {
        Err(error) if error.is_missing() => return None,
        entries => entries.unwrap(),
    };
    entries.sort_by_key(|placed| placed.seqnum);
    Some(entries)
}

/// sdjournal with its limits out of the way; nothing where it refuses the file. It has neither seqnum id nor hash.
pub(crate) fn sdjournal(bytes: &[u8]) -> Vec<Placed> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("system.journal"), bytes).unwrap();
    let config = JournalConfig {
        max_fields_per_entry: 1 << 12,
        max_decompressed_bytes: 1 << 28,
        max_object_size_bytes: 1 << 28,
        ..JournalConfig::default()
    };
    let Ok(journal) = Journal::open_dir_with_config(folder.path(), config) else { return Vec::new() };
    let Ok(entries) = journal.query().iter() else { return Vec::new() };
    let mut entries: Vec<Placed> = entries
        // An iterator that only fails would never end.
        .take(1 << 20)
        .filter_map(Result::ok)
        .map(|entry| Placed {
            seqnum_id: 0,
            seqnum: entry.seqnum(),
            xor_hash: 0,
            entry: Entry {
                realtime: entry.realtime_usec(),
                monotonic: entry.monotonic_usec(),
                boot_id: u128::from_be_bytes(entry.boot_id()),
                fields: without_boot(
                    entry
                        .iter_fields()
                        .map(|(name, value)| [name.as_bytes(), b"=", value].concat())
                        .collect(),
                ),
            },
        })
        .collect();
    entries.sort_by_key(|placed| placed.seqnum);
    entries
}
