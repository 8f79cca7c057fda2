//! Records that say that records are missing.

use bstr::ByteSlice;

use super::clip;
use crate::Entry;
use crate::entry::{Known, decimal};
use crate::event::gap::{GapFact, GapKind};

/// The longest unit name that is kept, in bytes.
const MAX_NAME: usize = 256;

/// Reads journald's own word: "Suppressed N messages from UNIT" and "Missed N kernel messages". The first names whom
/// it silenced.
pub fn of_journald(entry: &Entry<'_>, known: &Known<'_>) -> Option<(GapFact, Option<Box<str>>)> {
    let text = known.message?;
    match known.message_id? {
        b"a596d6fe7bfa4994828e72309e95d61e" => {
            let count = entry.get(b"N_DROPPED").and_then(decimal).or_else(|| first_number(text));
            let unit = text.split_once_str(b" messages from ").map(|(_, unit)| clip(unit.trim(), MAX_NAME));
            Some((GapFact { what: GapKind::RateLimited, count, since: None }, unit))
        }
        b"e9bf28e6e834481bb6f48f548ad13606" => {
            Some((GapFact { what: GapKind::KernelOverrun, count: first_number(text), since: None }, None))
        }
        _ => None,
    }
}

/// Reads the kernel's "FUNCTION: N callbacks suppressed" (Linux, lib/ratelimit.c).
pub fn of_kernel(text: &[u8]) -> Option<GapFact> {
    let head = text.strip_suffix(b" callbacks suppressed")?;
    let (_, count) = head.rsplit_once_str(b": ")?;
    Some(GapFact { what: GapKind::KernelRateLimited, count: Some(decimal(count)?), since: None })
}

fn first_number(text: &[u8]) -> Option<u64> {
    text.split_str(b" ").find_map(decimal)
}
