//! Which boot of what is to be read is meant by `-b`.

use std::fs;

use anyhow::anyhow;
use nwlog_ingest::Id128;
use rayon::ThreadPool;

use super::entries::boots::{self, Which};
use super::entries::{journals, stream};
use super::input::Input;
use super::places::Places;
use crate::errors::{Hint, hinted};
use crate::output::amount;

/// The boot that is meant. Streams that can be read twice are read once for their boots alone.
///
/// `is_here` says that the journal is that of the machine that this runs on: its last boot is then the one that runs.
///
/// # Errors
/// There is no such boot, or stdin has to be read to know.
pub fn find(which: Which, places: &Places, is_here: bool, pool: &ThreadPool) -> anyhow::Result<Id128> {
    if let Which::From(id, 0) = which {
        return Ok(id);
    }
    if places.streams.contains(&Input::Stdin) {
        return Err(anyhow!("only its end shows which boot of a pipe is the last"))
            .hint("name a file, or give the boot's id");
    }
    if let (Which::Place(0), true, Some(boot)) = (which, is_here, running()) {
        return Ok(boot);
    }
    let mut found = journals::boots(&places.journals, pool);
    for input in &places.streams {
        // One that cannot be opened is told of when it is read for its entries.
        found.extend(stream::boots(input, pool).unwrap_or_default());
    }
    if !places.streams.is_empty() {
        found.sort_by_key(|(start, _)| *start);
    }
    let mut known = Vec::new();
    for (_, boot) in found {
        if !known.contains(&boot) {
            known.push(boot);
        }
    }
    boots::choose(which, &known).ok_or_else(|| {
        let there = amount::count(known.len() as u64, "boot");
        hinted(anyhow!("there is no such boot"), format!("there is no more than {there}"))
    })
}

/// The boot that is meant where streams are read once only: all that can be known of these beforehand is an id.
///
/// # Errors
/// As [`find`], and where there are streams and it is not an id.
pub fn find_at_once(
    which: Which,
    places: &Places,
    is_here: bool,
    pool: &ThreadPool,
) -> anyhow::Result<Id128> {
    match (places.streams.first(), which) {
        (None, _) | (Some(_), Which::From(_, 0)) => find(which, places, is_here, pool),
        (Some(stream), _) => Err(anyhow!("only its end shows which boot of {stream} is the last"))
            .hint("name journal files, cut it with journalctl -b, or give the boot's id"),
    }
}

/// The boot that runs.
fn running() -> Option<Id128> {
    let text = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    Id128::parse(text.trim().as_bytes())
}
