//! `-b`, `-S` and `-U` bound what is read: the incidents are those of a log that holds nothing else.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use nwlog_corpora::journals::entry::read_export;
use nwlog_corpora::journals::forge::{Forge, Form};
use nwlog_corpora::journals::{Compact, Entry, Keyed, or_skip, remote};
use nwlog_corpora::recordings;

use crate::desk::{Desk, Said};
use crate::journal::decompressed;

/// A recorded machine as a journal file, with the boots that are in it, first to last.
fn recorded(desk: &Desk, name: &str) -> (PathBuf, Vec<String>) {
    let recording = recordings::all().unwrap().into_iter().find(|recording| recording.name == name).unwrap();
    let (placed, _) = read_export(&decompressed(&recording.path));
    let entries: Vec<Entry> = placed.into_iter().map(|placed| placed.entry.sorted()).collect();
    let mut boots = Vec::new();
    for entry in &entries {
        let boot = format!("{:032x}", entry.boot_id);
        if !boots.contains(&boot) {
            boots.push(boot);
        }
    }
    (desk.put(&format!("{name}.journal"), Forge::file(Form::default(), &entries)), boots)
}

fn analyze(desk: &Desk, path: &Path, args: &[&str]) -> Said {
    let said = desk.nwlog([&["analyze", "--no-store", "-ojson", path.to_str().unwrap()], args].concat());
    said.with_status(0)
}

#[test]
fn a_boot_is_read_as_if_it_were_alone() {
    let desk = Desk::new();
    let mut told = BTreeSet::new();
    for name in ["nightbox", "harbor", "quay"] {
        let (file, boots) = recorded(&desk, name);
        for (n, boot) in boots.iter().enumerate() {
            let cat = ["cat", "-oexport", file.to_str().unwrap(), "-b", boot];
            let cut = desk.command(env!("CARGO_BIN_EXE_nwlog")).args(cat).output().unwrap();
            let alone = analyze(&desk, &desk.put("alone.export", &cut.stdout), &[]).out;
            let back = format!("-{}", boots.len() - 1 - n);
            for descriptor in [boot.clone(), back, (n + 1).to_string(), format!("{}+{n}", boots[0])] {
                let bounded = analyze(&desk, &file, &["-b", &descriptor]).out;
                assert_eq!(bounded, alone, "{name} -b {descriptor}");
            }
            told.extend(analyze(&desk, &file, &["-b", boot]).column("boot_id"));
        }
        assert_eq!(analyze(&desk, &file, &["-b", "all"]).out, analyze(&desk, &file, &[]).out);
        assert_eq!(analyze(&desk, &file, &["-b"]).out, analyze(&desk, &file, &["-b-0"]).out);
    }
    assert!(told.len() > 2, "the recordings have incidents of several boots: {told:?}");
}

#[test]
fn of_a_stream_a_boot_is_read_by_its_id() {
    let desk = Desk::new();
    let (file, boots) = recorded(&desk, "nightbox");
    let stream = recordings::all().unwrap().into_iter().find(|recording| recording.name == "nightbox");
    let stream = stream.unwrap().path;
    for boot in &boots {
        let (of_file, of_stream) =
            (analyze(&desk, &file, &["-b", boot]), analyze(&desk, &stream, &["-b", boot]));
        assert_eq!(of_file.column("id"), of_stream.column("id"));
        assert_eq!(of_file.column("headline"), of_stream.column("headline"));
    }
    let other = analyze(&desk, &stream, &["-b", "000000000000000000000000000000ff"]);
    assert_eq!((other.out.as_str(), other.err.as_str()), ("", "nwlog: no incidents\n"));
}

#[test]
fn what_is_no_boot_is_told_with_what_to_do() {
    let desk = Desk::new();
    recorded(&desk, "nightbox");
    desk.put("x.export", "MESSAGE=a\n\n");
    for (args, said) in [
        ("-b x.export", "put a PATH first, or write -b=0"),
        ("x.export -b", "name journal files, cut it with journalctl -b, or give the boot's id"),
        ("x.export -b -1", "which boot of x.export is the last"),
        ("nightbox.journal -b -77", "there is no such boot"),
    ] {
        let told = desk.run(&format!("analyze --no-store {args}")).with_status(2);
        assert!(told.err.contains(said) && told.out.is_empty(), "{args}: {}", told.err);
    }
    let piped = desk.pipe("analyze --no-store -b", std::iter::empty()).with_status(2);
    assert!(piped.err.contains("which boot of stdin is the last"), "{}", piped.err);
    // A PATH behind another option is one.
    desk.run("analyze --no-store -b -q nightbox.journal").with_status(0);
}

/// A part of a file is read by its own list, more of it by a walk, and an export from its first byte to its last.
#[test]
fn a_range_of_time_is_the_same_however_it_is_read() {
    let desk = Desk::new();
    let mut told = BTreeSet::new();
    for name in ["nightbox", "harbor"] {
        let recording =
            recordings::all().unwrap().into_iter().find(|recording| recording.name == name).unwrap();
        let file = desk.path(&format!("{name}.journal"));
        let made = remote(&file, &decompressed(&recording.path), Compact::Yes, Keyed::Yes);
        if or_skip(made).unwrap().is_none() {
            return;
        }
        let cat = ["cat", "-oexport", file.to_str().unwrap()];
        let export = desk.command(env!("CARGO_BIN_EXE_nwlog")).args(cat).output().unwrap().stdout;
        let stream = desk.put("all.export", &export);
        let (placed, _) = read_export(&export);
        let times: Vec<u64> = placed.iter().map(|placed| placed.entry.realtime).collect();
        for (from, to) in [(0, 10), (10, 24), (40, 50), (30, 95), (0, 100)] {
            let at = |share: usize| {
                let time = times[(times.len() - 1) * share / 100];
                format!("@{}.{:06}", time / 1_000_000, time % 1_000_000)
            };
            for args in [&["-S", &at(from), "-U", &at(to)][..], &["-U", &at(to)]] {
                let (of_file, of_stream) = (analyze(&desk, &file, args), analyze(&desk, &stream, args));
                assert_eq!(of_file.out, of_stream.out, "{name} {args:?}");
                told.extend(of_file.column("id"));
            }
        }
    }
    assert!(told.len() > 5, "{told:?}");
}
