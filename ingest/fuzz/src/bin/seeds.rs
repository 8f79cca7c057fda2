//! Writes the first files of the corpus: small ones of every kind, sound and damaged.
//!
//! All of them are forged. What a journald writes bears traces of the machine that it ran on: its name and ids, and who
//! logged by which command.

use std::error::Error;
use std::fs;
use std::path::Path;

use nwlog_corpora::journals::forge::{Forge, Form, Pack};
use nwlog_corpora::journals::{Entry, content, damage};

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
    write("seals-and-unknown-objects", &strange_objects())?;
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

/// Seals, and objects that no version writes.
fn strange_objects() -> Vec<u8> {
    let mut forge = Forge::new(small());
    for (n, entry) in (0..).zip(&content::everyday(6)) {
        forge.entry(entry);
        match n % 3 {
            0 => drop(forge.object(77, 0, &[7; 40])),
            1 => drop(forge.object(8, 0, b"")),
            _ => forge.tag(n),
        }
    }
    forge.finish()
}
