//! `nwlog cat -o export` prints what `journalctl -o export` prints, to the byte, of journal files of every kind.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use nwlog_corpora::journals::entry::read_export;
use nwlog_corpora::journals::forge::{Forge, Form};
use nwlog_corpora::journals::zoo::{self, Animal};
use nwlog_corpora::journals::{Compact, Entry, Keyed, content, or_skip, remote};
use nwlog_corpora::recordings;

use crate::desk::Desk;
use crate::journal::decompressed;

/// What came of it: a row for each form.
#[derive(Default)]
struct Table {
    desk: Option<Desk>,
    text: String,
    rows: usize,
    different: usize,
}

impl Table {
    /// Holds a file, or a folder of files, against journalctl; where that cannot read the form, against what was written.
    fn hold(&mut self, form: &str, from: &Path, written: Option<&[Entry]>) {
        let desk = self.desk.get_or_insert_with(Desk::new);
        let by = if from.is_dir() { "-D" } else { "--file" };
        let mut journalctl = desk.command("journalctl");
        journalctl.args(["-o", "export", "--no-pager", "-q", by]).arg(from);
        let theirs = journalctl.output().unwrap().stdout;
        let mut nwlog = desk.command(env!("CARGO_BIN_EXE_nwlog"));
        let ours = nwlog.args(["cat", "-o", "export", "-q", by]).arg(from).output().unwrap();
        let (entries, rest) = read_export(&ours.stdout);
        let count = entries.len();
        let is_whole = rest.is_empty() && ours.stderr.is_empty();
        let read: Vec<Entry> = entries.into_iter().map(|placed| placed.entry.sorted()).collect();
        let written: Option<Vec<Entry>> =
            written.map(|written| written.iter().cloned().map(Entry::sorted).collect());
        let verdict = match written {
            Some(written) if theirs.is_empty() && !written.is_empty() => match read == written {
                true => "as written: journalctl cannot read it",
                false => "differs from what was written",
            },
            _ if theirs == ours.stdout => "same",
            _ => "differs",
        };
        self.rows += 1;
        self.different += usize::from(verdict.starts_with("differs") || !is_whole);
        let form = short(form);
        let _ = write!(self.text, "{form:60} {count:7} {:10} {verdict}", ours.stdout.len());
        if !ours.stderr.is_empty() {
            let _ = write!(self.text, ": {}", String::from_utf8_lossy(&ours.stderr).trim());
        }
        self.text.push('\n');
    }

    fn hold_animal(&mut self, Animal { name, bytes }: &Animal, written: Option<&[Entry]>) {
        let file = if name.ends_with('~') { "held.journal~" } else { "held.journal" };
        let path = self.desk.get_or_insert_with(Desk::new).put(file, bytes);
        self.hold(name, &path, written);
    }

    /// Prints the table, and fails where anything differs.
    #[track_caller]
    fn end(self) {
        #[allow(clippy::print_stdout)]
        {
            println!("{:60} {:>7} {:>10}\n{}", "form", "entries", "bytes", self.text);
        }
        assert!(self.rows > 0 && self.different == 0, "{} of {} differ", self.different, self.rows);
    }
}

/// A form without the ids and numbers in its file's name.
fn short(form: &str) -> String {
    match form.split_once('@').zip(form.rsplit_once('.')) {
        Some(((before, _), (_, extension))) => format!("{before}@….{extension}"),
        None => form.to_owned(),
    }
}

#[test]
fn forged_files() {
    let mut table = Table::default();
    for (form_name, form) in zoo::forms() {
        for (name, entries) in zoo::contents() {
            let bytes = Forge::file(form.clone(), &entries);
            table.hold_animal(&Animal { name: format!("{form_name}, {name}"), bytes }, Some(&entries));
        }
    }
    let entries = content::everyday(300);
    for (name, form) in zoo::odd_forms() {
        table.hold_animal(&Animal { name, bytes: Forge::file(form, &entries) }, Some(&entries));
    }
    table.hold_animal(&zoo::strange_objects(), None);
    let bytes = Forge::file(Form::default(), []);
    table.hold_animal(&Animal { name: "no entries".to_owned(), bytes }, Some(&[]));
    table.end();
}

#[test]
fn files_of_journal_remote() {
    let mut table = Table::default();
    let animals = zoo::remotes().unwrap();
    if animals.is_empty() {
        return;
    }
    animals.iter().for_each(|animal| table.hold_animal(animal, None));
    for recording in recordings::all().unwrap() {
        let export = decompressed(&recording.path);
        for (compact, keyed) in [(Compact::Yes, Keyed::Yes), (Compact::No, Keyed::No)] {
            let folder = tempfile::tempdir().unwrap();
            let made = remote(&folder.path().join("recorded.journal"), &export, compact, keyed);
            or_skip(made).unwrap();
            let form = format!("{} by journal-remote, compact {compact:?}, keyed {keyed:?}", recording.name);
            table.hold(&form, folder.path(), None);
        }
    }
    table.end();
}

#[test]
fn files_of_a_journald() {
    let mut table = Table::default();
    for household in zoo::journalds() {
        let folder = tempfile::tempdir().unwrap();
        let animals = zoo::journald(folder.path(), &household).unwrap();
        if animals.is_empty() {
            return;
        }
        animals.iter().for_each(|animal| table.hold_animal(animal, None));
        // With -D journalctl passes over namespaces below the folder, but not over the folder itself.
        for of_machine in fs::read_dir(folder.path().join("var")).unwrap() {
            let of_machine = of_machine.unwrap().path();
            table.hold(&format!("journald {}, all its files", household.0), &of_machine, None);
        }
    }
    table.end();
}

#[test]
fn files_of_other_versions() {
    let mut table = Table::default();
    for animal in zoo::kept_files().unwrap() {
        table.hold_animal(&animal, None);
    }
    table.end();
}
