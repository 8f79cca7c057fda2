//! Samples: one record, dump or unit a file, with the facts that are to be read out of it.

use std::path::PathBuf;

use crate::{CorpusError, read, read_text, root};

/// What a sample is a sample of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// Kernel logs of OOM kills, as dmesg prints them.
    Oom,
    /// Crashes of Go programs, as they stand on stderr.
    GoPanic,
    /// Refused writes, as programs and the kernel tell them.
    Enospc,
    /// The journal of one unit, as `journalctl -o json --all` prints it: one object a line.
    Unit,
}

impl Family {
    /// Every family.
    pub const ALL: [Self; 4] = [Self::Oom, Self::GoPanic, Self::Enospc, Self::Unit];

    /// The name of its folder.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Oom => "oom",
            Self::GoPanic => "gopanic",
            Self::Enospc => "enospc",
            Self::Unit => "unit",
        }
    }
}

/// One sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// What it is a sample of.
    pub family: Family,
    /// Its file's name without folder and `.txt`: `gen_panic_go1.19`.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// What is to be read out of it, as `key=value`, in the order of the manifest.
    pub facts: Vec<(String, String)>,
    /// What else the manifest says of it, for people.
    pub remarks: Vec<String>,
}

impl Sample {
    /// Its bytes.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(&self) -> Result<Vec<u8>, CorpusError> {
        read(&self.path)
    }

    /// A fact by its key: `fact("victim_pid")`.
    pub fn fact(&self, key: &str) -> Option<&str> {
        self.facts.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// A fact that is a number.
    pub fn number(&self, key: &str) -> Option<u64> {
        self.fact(key)?.parse().ok()
    }
}

/// Every sample, in the order of MANIFEST.tsv.
///
/// # Errors
/// When the manifest cannot be read, or a line of it is not `file family origin license expected`.
pub fn all() -> Result<Vec<Sample>, CorpusError> {
    let path = root().join("MANIFEST.tsv");
    let text = read_text(&path)?;
    let rows = text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty());
    rows.map(|(index, line)| {
        parse_row(line).map_err(|problem| CorpusError::Line { path: path.clone(), line: index + 1, problem })
    })
    .collect()
}

/// The samples of one family.
///
/// # Errors
/// As [`all`].
pub fn of(family: Family) -> Result<Vec<Sample>, CorpusError> {
    let mut samples = all()?;
    samples.retain(|sample| sample.family == family);
    Ok(samples)
}

fn parse_row(line: &str) -> Result<Sample, String> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [file, family, _origin, _license, expected] = columns.as_slice() else {
        return Err(format!("{} columns, not 5", columns.len()));
    };
    let family = Family::ALL
        .into_iter()
        .find(|known| known.name() == *family)
        .ok_or_else(|| format!("no family is called {family:?}"))?;
    let name = file.rsplit('/').next().unwrap_or(file);
    let name = name.strip_suffix(".txt").unwrap_or(name).to_owned();
    let (facts, remarks) = parse_expected(expected);
    Ok(Sample { family, name, path: root().join(file), facts, remarks })
}

/// `key=value` parts are facts, all else is remarks. Parts are separated by a semicolon and a space.
fn parse_expected(text: &str) -> (Vec<(String, String)>, Vec<String>) {
    let mut facts = Vec::new();
    let mut remarks = Vec::new();
    for part in text.split("; ").map(str::trim).filter(|part| !part.is_empty()) {
        match part.split_once('=') {
            Some((key, value)) if is_key(key) => facts.push((key.to_owned(), value.to_owned())),
            _ => remarks.push(part.to_owned()),
        }
    }
    (facts, remarks)
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_file_has_a_row_and_every_row_a_file() {
        let listed: BTreeSet<PathBuf> = all().unwrap().into_iter().map(|sample| sample.path).collect();
        let mut there = BTreeSet::new();
        for family in Family::ALL {
            for entry in std::fs::read_dir(root().join("samples").join(family.name())).unwrap() {
                there.insert(entry.unwrap().path());
            }
        }
        assert_eq!(listed, there);
    }

    #[test]
    fn every_file_has_a_source() {
        let sources = read_text(&root().join("SOURCES.md")).unwrap();
        for sample in all().unwrap() {
            let file = sample.path.strip_prefix(root()).unwrap().to_str().unwrap();
            assert!(sources.contains(&format!("| `{file}` |")), "{file} is missing in SOURCES.md");
        }
    }

    #[test]
    fn counts_of_lines_are_true() {
        for (family, key) in [(Family::GoPanic, "lines"), (Family::Unit, "entries")] {
            for sample in of(family).unwrap() {
                let lines = sample.read().unwrap().iter().filter(|&&byte| byte == b'\n').count();
                assert_eq!(sample.number(key), Some(lines as u64), "{}", sample.name);
            }
        }
    }

    #[test]
    fn tells_facts_from_remarks() {
        let (facts, remarks) = parse_expected("a_b=1; 3 kills a=b; c=x=y, z; ");
        assert_eq!(facts, [("a_b".into(), "1".into()), ("c".into(), "x=y, z".into())]);
        assert_eq!(remarks, ["3 kills a=b"]);
    }

    #[test]
    fn a_row_of_another_shape_is_an_error() {
        assert_eq!(parse_row("a\tb"), Err("2 columns, not 5".into()));
        assert_eq!(parse_row("f\tnews\to\tl\te"), Err("no family is called \"news\"".into()));
    }
}
