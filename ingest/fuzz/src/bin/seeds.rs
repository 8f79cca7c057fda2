//! Writes the first files of the corpus: small ones of every kind, sound and damaged.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use nwlog_corpora::journals::daemon::{Settings, Wish};
use nwlog_corpora::journals::forge::{Forge, Form, Pack};
use nwlog_corpora::journals::{Entry, Journald, content, damage, or_skip};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/journal_file");
    fs::create_dir_all(&folder)?;
    let write = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes);

    for pack in [Pack::None, Pack::Xz, Pack::Lz4, Pack::Zstd] {
        for (compact, keyed) in [(false, false), (false, true), (true, true)] {
            let form = Form { pack, pack_from: 24, compact, keyed, ..small() };
            let name =
                format!("forged-{pack:?}-{}-{}", width(compact), if keyed { "keyed" } else { "unkeyed" });
            write(&name, &Forge::file(form, &content::everyday(6)))?;
        }
    }
    let contents: [(&str, Vec<Entry>); 7] = [
        ("multi-valued", content::multi_valued()),
        ("binary", content::binary()),
        ("clock-step", content::clock_step(6)),
        ("two-boots", content::two_boots(6)),
        ("two-machines", content::two_machines(4)),
        ("wide", content::wide(300)),
        ("odd-names", content::odd_names()),
    ];
    for (name, entries) in &contents {
        for compact in [false, true] {
            write(&format!("{name}-{}", width(compact)), &Forge::file(Form { compact, ..small() }, entries))?;
        }
    }
    let [plain, compact] =
        [false, true].map(|compact| Forge::file(Form { compact, ..small() }, &content::everyday(8)));
    for (n, (plain, compact)) in damage::all(&plain).into_iter().zip(damage::all(&compact)).enumerate() {
        // One of the two will do: what is told apart by both is in few places.
        let damaged = if n % 2 == 0 { plain } else { compact };
        write(&format!("damaged-{}", dashed(&damaged.name)), &damaged.bytes)?;
    }
    for (name, bytes) in journald()? {
        write(&name, &bytes)?;
    }
    Ok(())
}

fn small() -> Form {
    Form { data_buckets: 16, field_buckets: 8, ..Form::default() }
}

/// Fit for a file's name.
fn dashed(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

fn width(compact: bool) -> &'static str {
    if compact { "compact" } else { "plain" }
}

/// What a journald of this machine writes, without the room that it leaves for more.
fn journald() -> Result<Vec<(String, Vec<u8>)>, Box<dyn Error>> {
    let mut files = Vec::new();
    for (name, is_sealed, compact) in [("plain", false, "0"), ("compact", false, "1"), ("sealed", true, "1")]
    {
        let folder = std::env::temp_dir().join(format!("nwlog-seeds-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let settings = Settings {
            is_sealed,
            conf: "SystemMaxFileSize=512K".to_owned(),
            env: vec![("SYSTEMD_JOURNAL_COMPACT".to_owned(), compact.to_owned())],
            ..Settings::default()
        };
        if let Some(journald) = or_skip(Journald::start(&folder, &settings))? {
            for entry in [content::multi_valued(), content::binary()].concat() {
                journald.send(entry.fields.iter().filter(|field| !field.starts_with(b"_")))?;
            }
            journald.print("teller", b"one\ntwo\n")?;
            journald.wish(Wish::Sync)?;
            journald.stop()?;
            let mut found = Vec::new();
            journals(&folder, &mut found)?;
            for (n, path) in found.iter().enumerate() {
                let mut bytes = fs::read(path)?;
                let used = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
                bytes.truncate(used.next_multiple_of(8));
                files.push((format!("journald-{name}-{n}"), bytes));
            }
        }
        fs::remove_dir_all(&folder)?;
    }
    Ok(files)
}

fn journals(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            journals(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension.to_string_lossy().starts_with("journal"))
        {
            found.push(path);
        }
    }
    found.sort();
    Ok(())
}
