//! Damaged journal files: the commands read what the reader reads, tell what is missing, and end with status 2.

use std::ops::ControlFlow;
use std::path::Path;

use nwlog_corpora::journals::entry::read_export;
use nwlog_corpora::journals::forge::{Forge, Form, Pack};
use nwlog_corpora::journals::{content, damage};
use nwlog_journal::{JournalFile, OpenError, Room};

use crate::desk::Desk;

/// How many entries the reader gives, whether it knows the file to be damaged, and how many of the entries' fields it
/// cannot read. None where it refuses the file.
fn read(path: &Path) -> Option<(u64, bool, u32)> {
    let file = match JournalFile::open(path) {
        Ok(file) => file,
        Err(OpenError::HeaderGone) => return None,
        Err(error) => panic!("{error}"),
    };
    let entries = file.entries();
    let mut room = Room::default();
    let fields = |at| file.fields(at, &mut room, &mut |_| ControlFlow::Continue(())).unwrap();
    let lost: u32 = entries.places.iter().copied().map(fields).map(|fields| fields.lost).sum();
    Some((entries.places.len() as u64, !entries.damage.is_none(), lost))
}

#[test]
fn the_commands_read_what_the_reader_reads() {
    let desk = Desk::new();
    let form = Form { compact: true, pack: Pack::Zstd, pack_from: 100, ..Form::default() };
    let mut damaged = 0;
    for case in damage::all(&Forge::file(form, &content::everyday(400))) {
        let name = &case.name;
        let path = desk.put("x.journal", &case.bytes);
        let cat = desk.command(env!("CARGO_BIN_EXE_nwlog")).args(["cat", "-oexport", "x.journal"]).output();
        let cat = cat.unwrap();
        let analyzed = desk.run("analyze --no-store -o json x.journal");
        let Some((entries, is_damaged, lost)) = read(&path) else {
            assert!(analyzed.with_status(2).err.contains("its header is gone"), "{name}");
            assert_eq!((cat.status.code(), cat.stdout.len()), (Some(2), 0), "{name}");
            continue;
        };
        let (printed, rest) = read_export(&cat.stdout);
        assert_eq!((printed.len() as u64, rest.len()), (entries, 0), "{name}");
        let told = String::from_utf8(cat.stderr).unwrap();
        let status = if is_damaged || lost > 0 { 2 } else { i32::from(entries == 0) };
        assert_eq!(cat.status.code(), Some(status), "{name}: {told}");
        assert_eq!(told.contains(" could not be read\n"), lost > 0, "{name}: {told}");
        damaged += usize::from(is_damaged);
        if is_damaged {
            // Fields are another matter: analyze reads those of the entries that it has a use for.
            let analyzed = analyzed.with_status(2);
            let first = |text: &str| text.lines().next().unwrap_or_default().to_owned();
            assert_eq!(first(&told), first(&analyzed.err), "{name}");
        }
        if told.contains("entries were read") {
            assert!(told.contains(&format!("{entries} entries were read")), "{name}: {told}");
        }
    }
    assert!(damaged > 20, "{damaged}");
}
