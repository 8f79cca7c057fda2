use std::path::{Path, PathBuf};

use nwlog_journal::{EntryKey, Merge, Run, Step, write_cursor};

use crate::made;

struct List(std::vec::IntoIter<EntryKey>);

impl Run for List {
    fn head(&self) -> Option<EntryKey> {
        self.0.as_slice().first().copied()
    }

    fn advance(&mut self) {
        self.0.next();
    }
}

fn merged(files: &[PathBuf]) -> Vec<String> {
    let runs: Vec<_> = files.iter().map(|file| made::keys(file)).collect();
    let firsts: Vec<_> = runs.iter().map(|run| run[0]).collect();
    let mut merge = Merge::<List>::new(&firsts);
    let mut cursors = Vec::new();
    loop {
        match merge.step() {
            Step::Entry { run, .. } => {
                let mut cursor = Vec::new();
                write_cursor(&run.head().unwrap(), &mut cursor);
                cursors.push(String::from_utf8(cursor).unwrap());
            }
            Step::Load(slot) => merge.load(slot, List(runs[slot].clone().into_iter())),
            Step::End => return cursors,
        }
    }
}

/// Entries every few microseconds of two boots; the clock of the second is a little slow where `late` says so.
fn lines(boot: u128, start: u64, step: u64, late: u64) -> Vec<made::Line<'static>> {
    let texts = ["one", "two", "three", "four"];
    (0..200)
        .map(|i| {
            (boot, start + i * step, 1_700_000_000_000_000 + start + i * step - late, texts[i as usize % 4])
        })
        .collect()
}

fn copied(file: &Path, name: &str) -> PathBuf {
    let copy = file.with_file_name(name);
    std::fs::copy(file, &copy).unwrap();
    copy
}

#[test]
fn files_become_what_journalctl_makes_of_them() {
    if !made::can_be_made() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let make = |name, lines: Vec<_>| made::make(dir.path(), name, &lines);
    let one = make("one", lines(1, 0, 10, 0));
    let same_boot = make("same-boot", lines(1, 5, 7, 900));
    let next_boot = make("next-boot", lines(2, 1_000, 10, 0));
    let imported = make("imported", lines(1, 0, 10, 0));
    let part = make("part", lines(1, 0, 10, 0)[50..120].to_vec());
    let copy = copied(&one, "copy.journal");
    let table: [(&str, Vec<&PathBuf>, usize); 6] = [
        ("one", vec![&one], 200),
        ("two counters, one boot, clocks that disagree", vec![&one, &same_boot], 400),
        ("two boots that overlap by the clock", vec![&next_boot, &one], 400),
        ("a copy of a file", vec![&one, &copy], 200),
        ("the same entries under three counters", vec![&one, &imported, &part], 200),
        ("two boots and a copy", vec![&copy, &next_boot, &one], 400),
    ];
    for (what, files, count) in table {
        let files: Vec<_> = files.into_iter().cloned().collect();
        let expected = made::cursors(&files);
        assert_eq!(expected.len(), count, "{what}");
        let same_entry = |cursor: &String| cursor.split_once(";b=").unwrap().1.to_owned();
        let ours: Vec<_> = merged(&files).iter().map(same_entry).collect();
        assert_eq!(ours, expected.iter().map(same_entry).collect::<Vec<_>>(), "{what}");
    }
}
