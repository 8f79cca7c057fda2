//! The limit: how long it takes to look at all bytes of the files, and to know nothing of what they are.

use std::path::{Path, PathBuf};

use anyhow::Context;
use memchr::memmem::Finder;
use rayon::prelude::*;

/// What is looked for. It is like what people look for, and nowhere.
const NEEDLE: &[u8] = b"Killed process -1 (nobody)";

/// The least that is looked at in one go, in bytes, where the file is not mapped.
const PIECE: u64 = 1 << 20;

/// Looks for what is not there, in every file, and returns how many bytes these have.
///
/// # Errors
/// A file cannot be opened, or what is in none is found.
pub fn read(files: &[PathBuf]) -> anyhow::Result<u64> {
    let finder = Finder::new(NEEDLE);
    files.par_iter().map(|path| look(path, &finder)).sum()
}

fn look(path: &Path, finder: &Finder<'_>) -> anyhow::Result<u64> {
    let backing = nwlog_journal::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut room = Vec::new();
    let mut at = 0;
    while at < backing.len() {
        let least = usize::try_from(PIECE.min(backing.len() - at))?;
        let run = backing.run(at, least, &mut room).context("a file became shorter")?;
        anyhow::ensure!(finder.find(run).is_none(), "{} holds what is in no log", path.display());
        let next = at + run.len() as u64;
        // What straddles two pieces is whole in the second.
        at = if next < backing.len() { next - NEEDLE.len() as u64 } else { next };
    }
    Ok(backing.len())
}
