//! A disk that fails under a journal, and a journal that becomes shorter while it is read: what there still is is read,
//! what there is no more is told, and the journal beside it is read whole.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use nwlog_corpora::journals::disk::Disk;
use nwlog_corpora::journals::entry::{export, read_export};
use nwlog_corpora::journals::forge::{Forge, Form};
use nwlog_corpora::journals::{Entry, MakeError, content, or_skip};

use crate::desk::{Desk, Said};
use crate::journal;

const MIB: usize = 1 << 20;

/// A journal of about so many bytes in which nothing fails.
fn failing() -> Vec<u8> {
    let form = Form { seqnum_id: 1, file_id: 1, ..Form::default() };
    let bytes = Forge::file(form, &content::everyday(12_000));
    assert!(bytes.len() > 6 * MIB, "{}", bytes.len());
    bytes
}

/// The journal of a machine on which something fails.
fn good() -> (Vec<Entry>, Vec<u8>) {
    let (placed, _) = read_export(&journal::plain());
    let entries: Vec<Entry> = placed.into_iter().map(|placed| placed.entry.sorted()).collect();
    let bytes = Forge::file(Form::default(), &entries);
    (entries, bytes)
}

/// Holds the commands on a folder with the journal on the disk and a good one. Each asks for its own disk: what was read
/// once, the system may still know.
fn hold(make: impl Fn(&[u8]) -> Result<Disk, MakeError>) {
    let failing = failing();
    let (entries, good) = good();
    let all = entries.len() + 12_000;
    let on = |run: &dyn Fn(&Desk, &Path)| {
        let Some(disk) = or_skip(make(&failing)).unwrap() else { return };
        let desk = Desk::new();
        let folder = desk.path("journals");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("good.journal"), &good).unwrap();
        std::os::unix::fs::symlink(disk.file(), folder.join("failing.journal")).unwrap();
        run(&desk, &folder);
    };
    let is_told = |err: &str| {
        let told = ["failing.journal is damaged: ", "entries were read, ", "could not be read from the disk"];
        assert!(told.iter().all(|told| err.contains(told)) && !err.contains("good.journal"), "{err}");
    };
    on(&|desk, folder| {
        let mut nwlog = desk.command(env!("CARGO_BIN_EXE_nwlog"));
        let output = nwlog.args(["cat", "-oexport"]).arg(folder).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        is_told(&String::from_utf8(output.stderr).unwrap());
        let (read, rest) = read_export(&output.stdout);
        assert!(rest.is_empty());
        let read: Vec<Entry> = read.into_iter().map(|placed| placed.entry.sorted()).collect();
        assert!(read.len() > entries.len() + 1_000 && read.len() < all, "{} of {all}", read.len());
        let kept: std::collections::HashSet<&Entry> = read.iter().collect();
        assert!(entries.iter().all(|entry| kept.contains(entry)));
    });
    on(&|desk, folder| {
        // The last entries are found through lists, which are damaged too.
        let said = desk.nwlog([Path::new("cat"), "-n3".as_ref(), "-ocat".as_ref(), folder]).with_status(2);
        assert!(said.err.contains("failing.journal is damaged: "), "{}", said.err);
        assert_eq!(said.out.lines().count(), 3);
    });
    on(&|desk, folder| {
        let analyze = |path: &Path| -> Said {
            desk.nwlog([Path::new("analyze"), "--no-store".as_ref(), "-ojson".as_ref(), path])
        };
        let said = analyze(folder).with_status(2);
        is_told(&said.err);
        let mut ids = said.column("id");
        let mut expected = analyze(&folder.join("good.journal")).with_status(0).column("id");
        ids.sort();
        expected.sort();
        assert!(ids.len() > 10);
        assert_eq!(ids, expected);
    });
}

#[test]
fn a_disk_that_ends_too_soon() {
    hold(|bytes| Disk::that_ends("failing.journal", bytes, bytes.len() / 4 * 3 / 4096 * 4096));
}

#[test]
fn a_disk_with_bad_sectors() {
    hold(|bytes| Disk::with_bad_sectors("failing.journal", bytes, &(3 * MIB..4 * MIB)));
}

#[test]
fn a_journal_that_is_cut_while_it_is_read() {
    let desk = Desk::new();
    let failing = failing();
    let path = desk.put("failing.journal", &failing);
    let (entries, _) = good();
    let made = desk.command("/usr/bin/mkfifo").arg("fifo").status();
    if !made.is_ok_and(|made| made.success()) {
        eprintln!("skipped: no mkfifo");
        return;
    }
    let args = ["analyze", "--no-store", "-ojson", "failing.journal", "fifo"];
    let mut nwlog = desk.command(env!("CARGO_BIN_EXE_nwlog"));
    let child = nwlog.args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Journals are mapped before the first byte of a pipe is asked for, and read after it, since nothing says when a pipe
    // begins. A pipe can be opened when the other side has opened it.
    let mut fifo = File::options().write(true).open(desk.path("fifo")).unwrap();
    let kept = failing.len() / 2 / 4096 * 4096;
    File::options().write(true).open(path).unwrap().set_len(kept as u64).unwrap();
    fifo.write_all(&export(&entries)).unwrap();
    drop(fifo);
    let said = Said::of(child.wait_with_output().unwrap()).with_status(2);
    let lost = failing.len() - kept;
    assert!(said.err.contains("failing.journal is damaged: "), "{}", said.err);
    assert!(said.err.contains(&format!("{lost} bytes could not be read from the disk")), "{}", said.err);
    assert!(said.json().len() > 10);
}
