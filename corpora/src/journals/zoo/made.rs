//! What systemd's own programs write.

use std::fs;
use std::path::{Path, PathBuf};

use super::super::daemon::{Settings, Wish};
use super::super::{Compact, Journald, Keyed, MakeError, entry, or_skip, remote};
use super::{Animal, contents};

fn every_journal(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), MakeError> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            every_journal(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "journal" || extension == "journal~")
        {
            files.push(path);
        }
    }
    files.sort();
    Ok(())
}

/// Every journal file in a folder and below it.
///
/// # Errors
/// They cannot be read.
pub fn animals_in(kind: &str, folder: &Path) -> Result<Vec<Animal>, MakeError> {
    let mut files = Vec::new();
    every_journal(folder, &mut files)?;
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Animal { name: format!("{kind}, {name}"), bytes: fs::read(path)? })
    };
    files.into_iter().map(read).collect()
}

/// What systemd-journal-remote writes; nothing where it is not installed.
///
/// # Errors
/// It fails.
pub fn remotes() -> Result<Vec<Animal>, MakeError> {
    let mut animals = Vec::new();
    for (compact, keyed) in [
        (Compact::No, Keyed::No),
        (Compact::No, Keyed::Yes),
        (Compact::Yes, Keyed::Yes),
        (Compact::Yes, Keyed::No),
    ] {
        for (name, entries) in contents() {
            let folder = tempfile::tempdir()?;
            let made = remote(&folder.path().join("zoo.journal"), &entry::export(&entries), compact, keyed);
            if or_skip(made)?.is_none() {
                return Ok(animals);
            }
            animals.extend(animals_in(&format!("remote {compact:?} {keyed:?} {name}"), folder.path())?);
        }
    }
    Ok(animals)
}

/// A kind of journald: its name, and how it runs.
pub type Household = (&'static str, Settings);

/// The kinds of journald of this machine's version.
pub fn journalds() -> [Household; 6] {
    let wide = vec![("SYSTEMD_JOURNAL_COMPACT".to_owned(), "0".to_owned())];
    [
        ("plain", Settings::default()),
        ("sealed", Settings { is_sealed: true, ..Settings::default() }),
        ("volatile", Settings { is_volatile: true, ..Settings::default() }),
        ("namespace", Settings { namespace: Some("zoo".to_owned()), ..Settings::default() }),
        ("uncompressed", Settings { conf: "Compress=no".to_owned(), ..Settings::default() }),
        ("wide", Settings { env: wide, ..Settings::default() }),
    ]
}

/// Lets a journald write the journals of its life into a folder, a rotation, a crash and a new start among it. Gives
/// them as a backup took them while it ran, and as they were in the end. Nothing where this machine has no journald.
///
/// # Errors
/// It fails, or leaves no file of a crash.
pub fn journald(folder: &Path, (name, settings): &Household) -> Result<Vec<Animal>, MakeError> {
    let Some(journald) = or_skip(Journald::start(folder, settings))? else { return Ok(Vec::new()) };
    tell(&journald)?;
    if settings.is_volatile {
        journald.wish(Wish::Flush)?;
    }
    journald.wish(Wish::Rotate)?;
    tell(&journald)?;
    // Still online: a copy as a backup takes it.
    let mut animals = animals_in(&format!("journald {name}, running"), folder)?;
    journald.kill()?;
    let again = Settings { is_volatile: false, ..settings.clone() };
    let journald = Journald::start(folder, &again)?;
    journald.send(["MESSAGE=after the crash"])?;
    journald.wish(Wish::Sync)?;
    journald.stop()?;
    animals.extend(animals_in(&format!("journald {name}"), folder)?);
    if !animals.iter().any(|animal| animal.name.ends_with(".journal~")) {
        let said = "it leaves no file of its crash".to_owned();
        return Err(MakeError::Failed { program: "systemd-journald", said });
    }
    Ok(animals)
}

fn tell(journald: &Journald) -> Result<(), MakeError> {
    for (_, entries) in contents().into_iter().skip(1) {
        for entry in entries {
            // Fields of journald's own are refused from outside.
            let fields = entry.fields.iter().filter(|field| !field.starts_with(b"_"));
            journald.send(fields)?;
        }
    }
    journald.print("teller", b"one\ntwo\n\nthree without an end")?;
    journald.syslog(b"<13>Nov 23 10:00:00 teller[17]: by syslog")?;
    journald.wish(Wish::Sync)
}
