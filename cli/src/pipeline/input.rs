//! What a batch reads.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};

use crate::errors::{Hint, hinted};

/// One thing to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdin => f.write_str("stdin"),
            Self::File(path) => fmt::Display::fmt(&path.display(), f),
        }
    }
}

impl Input {
    /// What the paths name: `-` is stdin, and so is no path at all where stdin is a pipe or a file.
    ///
    /// # Errors
    /// Where there is no path and stdin brings nothing.
    pub fn of_paths(paths: &[PathBuf]) -> anyhow::Result<Vec<Self>> {
        if !paths.is_empty() {
            let input = |path: &PathBuf| {
                if path == Path::new("-") { Self::Stdin } else { Self::File(path.clone()) }
            };
            return Ok(paths.iter().map(input).collect());
        }
        if !stdin_brings_something() {
            return Err(anyhow!("nothing to read"))
                .hint("give a PATH, or pipe: journalctl -o export -b | nwlog analyze");
        }
        Ok(vec![Self::Stdin])
    }

    /// Opens it.
    ///
    /// # Errors
    /// Where it cannot be opened, or is a directory.
    pub fn open(&self) -> anyhow::Result<Box<dyn Read + Send>> {
        let Self::File(path) = self else {
            return Ok(Box::new(io::stdin()));
        };
        let file = File::open(path).map_err(|error| match error.kind() {
            io::ErrorKind::PermissionDenied => {
                hinted(error, "journals are read by the group systemd-journal: join it, or run this as root")
            }
            _ => error.into(),
        })?;
        if file.metadata().context("cannot tell what it is")?.is_dir() {
            return Err(anyhow!("it is a directory")).hint("name the files in it");
        }
        Ok(Box::new(file))
    }

    /// How many bytes it has, where that is known.
    pub fn size(&self) -> Option<u64> {
        match self {
            Self::Stdin => None,
            Self::File(path) => fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|file| file.len()),
        }
    }
}

/// A terminal brings nothing unless someone types a log, and /dev/null, which services get, brings nothing at all.
fn stdin_brings_something() -> bool {
    fs::metadata("/dev/stdin").is_ok_and(|stdin| {
        let kind = stdin.file_type();
        kind.is_fifo() || kind.is_file() || kind.is_socket()
    })
}
