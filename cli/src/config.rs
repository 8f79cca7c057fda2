//! What is set once for all runs: a file in TOML, or variables of the environment.
//!
//! Each setting is taken from the first of these that has it: the file that `--config` names, `NWLOG_…` in the environment,
//! `$XDG_CONFIG_HOME/nwlog/config.toml`, `/etc/nwlog/config.toml`.

mod amount;
mod file;

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use etcetera::BaseStrategy;
use serde::Deserialize;

use self::amount::{Bytes, Span};
use crate::errors::Hint;
use crate::pipeline::select::Pattern;

/// The system's own file.
pub const SYSTEM: &str = "/etc/nwlog/config.toml";

/// What can be set. What is not set is as it is without a configuration.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where incidents are kept.
    pub store: Option<PathBuf>,
    /// How late records may come: `30s`.
    pub lateness: Option<Span>,
    /// Whether /dev/kmsg is followed, too.
    pub kmsg: Option<bool>,
    /// Units of which nothing is told, by name or pattern.
    pub exclude: Option<Vec<String>>,
    /// What goes from the store: incidents that ended so long ago.
    pub max_age: Option<Span>,
    /// So many incidents stay.
    pub max_count: Option<u64>,
    /// So large the store may become: `500M`.
    pub max_bytes: Option<Bytes>,
}

/// The settings, by their names.
const KEYS: [&str; 7] = ["store", "lateness", "kmsg", "exclude", "max_age", "max_count", "max_bytes"];

impl Config {
    /// Reads what is set for this process.
    ///
    /// # Errors
    /// The file that is named is not there, or what is set makes no sense.
    pub fn load(named: Option<&Path>) -> anyhow::Result<Self> {
        let own = etcetera::base_strategy::Xdg::new().ok().map(|xdg| xdg.config_dir());
        let own = own.map(|dir| dir.join("nwlog/config.toml"));
        let mut config = match named {
            Some(path) => file::read(path)?.ok_or_else(|| anyhow!("{}: no such file", path.display())).hint(
                "without --config, nwlog reads ~/.config/nwlog/config.toml and /etc/nwlog/config.toml",
            )?,
            None => Self::default(),
        };
        config = config.or(Self::of_environment(|name| env::var(name).ok())?);
        for path in own.into_iter().chain([PathBuf::from(SYSTEM)]) {
            config = config.or(file::read(&path)?.unwrap_or_default());
        }
        Ok(config)
    }

    /// The units that are left out.
    ///
    /// # Errors
    /// One of them is no pattern.
    pub fn excluded(&self) -> anyhow::Result<Vec<Pattern>> {
        let units = self.exclude.iter().flatten();
        let read = |unit: &String| unit.parse().map_err(|error| anyhow!("exclude: {unit}: {error}"));
        units.map(read).collect()
    }

    fn of_environment(variable: impl Fn(&str) -> Option<String>) -> anyhow::Result<Self> {
        let mut lines = String::new();
        for key in KEYS {
            let name = format!("NWLOG_{}", key.to_uppercase());
            let Some(value) = variable(&name).filter(|value| !value.is_empty()) else { continue };
            let value = match key {
                "kmsg" | "max_count" => value,
                "exclude" => {
                    let units: Vec<_> = value.split_whitespace().map(toml_text).collect();
                    format!("[{}]", units.join(", "))
                }
                _ => toml_text(&value),
            };
            let line = format!("{key} = {value}\n");
            file::parse(&line).with_context(|| format!("the variable {name} makes no sense"))?;
            lines.push_str(&line);
        }
        file::parse(&lines)
    }

    fn or(self, other: Self) -> Self {
        Self {
            store: self.store.or(other.store),
            lateness: self.lateness.or(other.lateness),
            kmsg: self.kmsg.or(other.kmsg),
            exclude: self.exclude.or(other.exclude),
            max_age: self.max_age.or(other.max_age),
            max_count: self.max_count.or(other.max_count),
            max_bytes: self.max_bytes.or(other.max_bytes),
        }
    }
}

/// A text as TOML writes it: JSON's strings are a part of TOML's.
fn toml_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        let error = file::parse(text).unwrap_err();
        let mut plain = anstream::StripStream::new(Vec::new());
        crate::errors::tell(&mut plain, crate::words::Lang::En.words(), &error).unwrap();
        String::from_utf8(plain.into_inner()).unwrap()
    }

    #[test]
    fn everything_can_be_set() {
        let text = "store = '/s'\nlateness = '45s'\nkmsg = true\nexclude = ['a.service', 'b@*']\n\
                    max_age = '90d'\nmax_count = 5\nmax_bytes = '1G'\n";
        let config = file::parse(text).unwrap();
        assert_eq!(config.store.as_deref(), Some(Path::new("/s")));
        assert_eq!(config.lateness, Some(Span(45_000_000)));
        assert_eq!(config.max_age, Some(Span(90 * 86_400_000_000)));
        assert_eq!(config.max_bytes, Some(Bytes(1 << 30)));
        assert_eq!((config.kmsg, config.max_count), (Some(true), Some(5)));
        assert_eq!(config.excluded().unwrap().len(), 2);
    }

    #[test]
    fn a_mistake_is_named_with_its_line_and_what_was_meant() {
        let error = said("kmsg = true\nlatness = '30s'\n");
        assert!(error.contains("line 2") && error.contains("latness"), "{error}");
        assert!(error.contains("hint: lateness?"), "{error}");
        let error = said("lateness = '30 moons'\n");
        assert!(error.contains("line 1") && error.contains("30 moons"), "{error}");
        let error = said("kmsg = 'yes'\n");
        assert!(error.contains("line 1") && error.contains("boolean"), "{error}");
        assert!(said("kmsg = \n").contains("line 1"));
    }

    #[test]
    fn the_environment_comes_before_files() {
        let variables = |name: &str| match name {
            "NWLOG_LATENESS" => Some("10s".to_owned()),
            "NWLOG_EXCLUDE" => Some("a.service b@*.service".to_owned()),
            "NWLOG_KMSG" => Some("false".to_owned()),
            _ => None,
        };
        let config = Config::of_environment(variables).unwrap();
        let config = config.or(file::parse("lateness = '50s'\nmax_count = 3\nkmsg = true").unwrap());
        assert_eq!(config.lateness, Some(Span(10_000_000)));
        assert_eq!((config.kmsg, config.max_count), (Some(false), Some(3)));
        assert_eq!(config.exclude.unwrap(), ["a.service", "b@*.service"]);
        let wrong = |name: &str| (name == "NWLOG_KMSG").then(|| "perhaps".to_owned());
        assert!(Config::of_environment(wrong).unwrap_err().to_string().contains("NWLOG_KMSG"));
    }
}
