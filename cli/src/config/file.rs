//! A file of settings.

use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context, anyhow};

use super::{Config, KEYS};
use crate::errors::hinted;

/// How alike a word has to be to be what was meant: of 1.
const ALIKE: f64 = 0.8;

/// Reads a file; none where it is not there.
pub(super) fn read(path: &Path) -> anyhow::Result<Option<Config>> {
    match fs::read_to_string(path) {
        Ok(text) => parse(&text).with_context(|| format!("cannot use {}", path.display())).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// Reads settings.
pub(super) fn parse(text: &str) -> anyhow::Result<Config> {
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let meant = error.span().and_then(|span| meant(text.get(span)?));
        let error = anyhow!("{}", error.to_string().trim_end());
        match meant {
            Some(key) => hinted(error, format!("{key}?")),
            None => error,
        }
    })
}

/// The setting that a word is most like.
fn meant(word: &str) -> Option<&'static str> {
    let like = |key: &&'static str| strsim::jaro_winkler(key, word);
    let best = KEYS.iter().copied().max_by(|a, b| like(a).total_cmp(&like(b)))?;
    (best != word && like(&best) >= ALIKE).then_some(best)
}
