//! Sound files of every kind: the zoo that readers are held against.

mod made;

pub use made::{Household, animals_in, journald, journalds, remotes};

use super::forge::{Forge, Form, Pack};
use super::{Entry, MakeError, content, kept};

/// A file, and the name of its kind.
#[derive(Clone, Debug)]
pub struct Animal {
    /// The kind.
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// What the files say, and what is odd about that.
pub fn contents() -> Vec<(&'static str, Vec<Entry>)> {
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
pub fn forms() -> Vec<(String, Form)> {
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
pub fn odd_forms() -> Vec<(String, Form)> {
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
pub fn strange_objects() -> Animal {
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

/// What other versions wrote.
///
/// # Errors
/// They cannot be read.
pub fn kept_files() -> Result<Vec<Animal>, MakeError> {
    let animal = |file: kept::Kept| Ok(Animal { bytes: file.read()?, name: file.name });
    kept::all()?.into_iter().map(animal).collect()
}
