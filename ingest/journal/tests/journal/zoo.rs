//! Sound files of every kind.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use nwlog_corpora::journals::daemon::{Settings, Wish};
use nwlog_corpora::journals::forge::{Forge, Form, Pack};
use nwlog_corpora::journals::{Compact, Entry, Journald, Keyed, content, entry, kept, or_skip, remote};

/// A file, and the name of its kind.
#[derive(Debug)]
pub(crate) struct Animal {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

pub(crate) fn contents() -> Vec<(&'static str, Vec<Entry>)> {
    vec![
        ("everyday", content::everyday(2_500)),
        ("multi-valued", content::multi_valued()),
        ("binary", content::binary()),
        ("clock step", content::clock_step(60)),
        ("two boots", content::two_boots(60)),
        ("two machines", content::two_machines(20)),
        ("300 fields", content::wide(300)),
        ("1,024 fields", content::wide(1_023)),
        ("2 MB", content::large(2 << 20)),
        ("odd names", content::odd_names()),
    ]
}

/// The kinds that the writer of our own makes.
pub(crate) fn forms() -> Vec<(String, Form)> {
    let mut forms = Vec::new();
    for pack in [Pack::None, Pack::Xz, Pack::Lz4, Pack::Zstd] {
        for (compact, keyed) in [(false, false), (false, true), (true, true), (true, false)] {
            let name = format!(
                "forged {pack:?}{}{}",
                if compact { " compact" } else { "" },
                if keyed { "" } else { " unkeyed" }
            );
            forms.push((name, Form { pack, compact, keyed, ..Form::default() }));
        }
    }
    forms
}

/// Kinds that differ in what is around the entries.
pub(crate) fn odd_forms() -> Vec<(String, Form)> {
    let header =
        |header_size| (format!("a header of {header_size} bytes"), Form { header_size, ..Form::default() });
    let mut forms: Vec<(String, Form)> = (208..=272).step_by(8).chain([280, 512]).map(header).collect();
    forms.extend(
        [
            ("archived", Form { state: 2, ..Form::default() }),
            ("online", Form { state: 1, ..Form::default() }),
            ("room behind the tail", Form { room: 1 << 20, ..Form::default() }),
            ("late seqnums", Form { seqnum: u64::from(u32::MAX) - 3, ..Form::default() }),
            ("an unknown compatible flag", Form { compatible: 1 << 20, ..Form::default() }),
            ("the flags of v257", Form { compatible: 2 | 4, ..Form::default() }),
            ("one bucket", Form { data_buckets: 1, field_buckets: 1, ..Form::default() }),
            ("everything packed", Form { pack: Pack::Zstd, pack_from: 8, ..Form::default() }),
        ]
        .map(|(name, form)| (name.to_owned(), form)),
    );
    forms
}

/// With objects between the entries that no version writes, and seals.
pub(crate) fn strange_objects() -> Animal {
    let mut forge = Forge::new(Form::default());
    for (n, entry) in content::everyday(50).iter().enumerate() {
        forge.entry(entry);
        match n % 5 {
            0 => drop(forge.object(77, 0, &[n as u8; 40])),
            1 => drop(forge.object(8, 0, b"")),
            2 => forge.tag(n as u64),
            _ => {}
        }
    }
    Animal { name: "seals and unknown objects".to_owned(), bytes: forge.finish() }
}

fn every_journal(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            every_journal(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "journal" || extension == "journal~")
        {
            files.push(path);
        }
    }
    files.sort();
}

fn animals_in(kind: &str, folder: &Path) -> Vec<Animal> {
    let mut files = Vec::new();
    every_journal(folder, &mut files);
    let read = |path: PathBuf| Animal {
        name: format!("{kind}, {}", path.file_name().unwrap().to_string_lossy()),
        bytes: fs::read(path).unwrap(),
    };
    files.into_iter().map(read).collect()
}

/// What systemd-journal-remote writes.
pub(crate) fn remotes() -> Vec<Animal> {
    let mut animals = Vec::new();
    for (compact, keyed) in [
        (Compact::No, Keyed::No),
        (Compact::No, Keyed::Yes),
        (Compact::Yes, Keyed::Yes),
        (Compact::Yes, Keyed::No),
    ] {
        for (name, entries) in contents() {
            let folder = tempfile::tempdir().unwrap();
            let made = remote(&folder.path().join("zoo.journal"), &entry::export(&entries), compact, keyed);
            if or_skip(made).unwrap().is_none() {
                return animals;
            }
            animals.extend(animals_in(&format!("remote {compact:?} {keyed:?} {name}"), folder.path()));
        }
    }
    animals
}

/// What a journald of this machine's version writes.
pub(crate) fn journalds() -> &'static [Animal] {
    static ANIMALS: OnceLock<Vec<Animal>> = OnceLock::new();
    ANIMALS.get_or_init(|| {
        let kinds = [
            ("plain", Settings::default()),
            ("sealed", Settings { is_sealed: true, ..Settings::default() }),
            ("volatile", Settings { is_volatile: true, ..Settings::default() }),
            ("namespace", Settings { namespace: Some("zoo".to_owned()), ..Settings::default() }),
            ("uncompressed", Settings { conf: "Compress=no".to_owned(), ..Settings::default() }),
            (
                "wide",
                Settings { env: vec![("SYSTEMD_JOURNAL_COMPACT".into(), "0".into())], ..Settings::default() },
            ),
        ];
        kinds.into_iter().flat_map(|(name, settings)| journald(name, &settings)).collect()
    })
}

fn journald(name: &str, settings: &Settings) -> Vec<Animal> {
    let folder = tempfile::tempdir().unwrap();
    let Some(journald) = or_skip(Journald::start(folder.path(), settings)).unwrap() else {
        return Vec::new();
    };
    tell(&journald);
    if settings.is_volatile {
        journald.wish(Wish::Flush).unwrap();
    }
    journald.wish(Wish::Rotate).unwrap();
    tell(&journald);
    // Still online: a copy as a backup takes it.
    let mut animals = animals_in(&format!("journald {name}, running"), folder.path());
    journald.kill().unwrap();
    let again = Settings { is_volatile: false, ..settings.clone() };
    let journald = Journald::start(folder.path(), &again).unwrap();
    journald.send(["MESSAGE=after the crash"]).unwrap();
    journald.wish(Wish::Sync).unwrap();
    journald.stop().unwrap();
    animals.extend(animals_in(&format!("journald {name}"), folder.path()));
    let names: Vec<_> = animals.iter().map(|animal| animal.name.as_str()).collect();
    assert!(names.iter().any(|name| name.ends_with(".journal~")), "{names:?}");
    animals
}

fn tell(journald: &Journald) {
    for (_, entries) in contents().into_iter().skip(1) {
        for entry in entries {
            // Fields of journald's own are refused from outside.
            let fields = entry.fields.iter().filter(|field| !field.starts_with(b"_"));
            journald.send(fields).unwrap();
        }
    }
    journald.print("teller", b"one\ntwo\n\nthree without an end").unwrap();
    journald.syslog(b"<13>Nov 23 10:00:00 teller[17]: by syslog").unwrap();
    journald.wish(Wish::Sync).unwrap();
}

/// What other versions wrote.
pub(crate) fn kept_files() -> Vec<Animal> {
    kept::all()
        .unwrap()
        .into_iter()
        .map(|file| Animal { bytes: file.read().unwrap(), name: file.name })
        .collect()
}
