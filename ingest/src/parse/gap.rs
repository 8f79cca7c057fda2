//! Records that say that records are missing, or that the clock ran otherwise.

mod sequence;

use bstr::ByteSlice;

pub(super) use sequence::{Hole, Sequence};

use super::{clip, oom::cgroup};
use crate::Entry;
use crate::entry::{Known, decimal};
use crate::event::gap::{GapFact, GapKind};

/// The longest unit name that is kept, in bytes.
const MAX_NAME: usize = 256;

/// SD_MESSAGE_TIME_CHANGE (systemd, src/systemd/sd-messages.h).
const TIME_CHANGE: &[u8] = b"c7a787079b354eaaa9e77b371893cd27";
/// SD_MESSAGE_SLEEP_START and SD_MESSAGE_SLEEP_STOP.
const SLEEP_START: &[u8] = b"6bbd95ee977941e497c48be27c254128";
const SLEEP_STOP: &[u8] = b"8811e6df2a8e40f58a94cea26f8ebf14";

/// Reads journald's own word: "Suppressed N messages from UNIT" and "Missed N kernel messages". The first names whom
/// it silenced, up to v228 by its cgroup.
pub fn of_journald(entry: &Entry<'_>, known: &Known<'_>) -> Option<(GapFact, Option<Box<str>>)> {
    let text = known.message?;
    match known.message_id? {
        b"a596d6fe7bfa4994828e72309e95d61e" => {
            let count = entry.get(b"N_DROPPED").and_then(decimal).or_else(|| first_number(text));
            let unit = text.split_once_str(b" messages from ").map(|(_, unit)| silenced(unit.trim()));
            Some((GapFact { what: GapKind::RateLimited, count, since: None }, unit))
        }
        b"e9bf28e6e834481bb6f48f548ad13606" => {
            Some((GapFact { what: GapKind::KernelOverrun, count: first_number(text), since: None }, None))
        }
        _ => None,
    }
}

fn silenced(name: &[u8]) -> Box<str> {
    let name = clip(name, MAX_NAME);
    let subject = name.starts_with('/').then(|| cgroup::subject_of(&name)).flatten();
    subject.map_or_else(|| name.clone(), |subject| subject.unit.into())
}

/// Reads the system manager's word that the clock was set.
pub fn of_manager(known: &Known<'_>) -> Option<GapFact> {
    (known.message_id == Some(TIME_CHANGE)).then_some(GapFact {
        what: GapKind::ClockSet,
        count: None,
        since: None,
    })
}

/// Reads the kernel's "FUNCTION: N callbacks suppressed" and "COMM: N output lines suppressed due to ratelimiting"
/// (Linux, lib/ratelimit.c, include/linux/ratelimit.h).
pub fn of_kernel(text: &[u8]) -> Option<GapFact> {
    let head = text
        .strip_suffix(b" callbacks suppressed")
        .or_else(|| text.strip_suffix(b" output lines suppressed due to ratelimiting"))?;
    let (_, count) = head.rsplit_once_str(b": ")?;
    Some(GapFact { what: GapKind::KernelRateLimited, count: Some(decimal(count)?), since: None })
}

/// Whether a kernel's record makes a gap, by itself or with another.
pub fn tells(text: &[u8]) -> bool {
    of_kernel(text).is_some() || sleep_of_kernel(text).is_some()
}

/// The two ends of a machine's sleep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sleep {
    /// It goes to sleep.
    Begins,
    /// It woke up.
    Ends,
}

/// Reads "PM: suspend entry (deep)", "PM: hibernation: hibernation exit" and their like (Linux, kernel/power).
pub fn sleep_of_kernel(text: &[u8]) -> Option<Sleep> {
    let rest = text.strip_prefix(b"PM: ")?;
    let rest = rest.strip_prefix(b"hibernation: ").unwrap_or(rest);
    let word = rest.strip_prefix(b"suspend ").or_else(|| rest.strip_prefix(b"hibernation "))?;
    match word {
        b"exit" => Some(Sleep::Ends),
        b"entry" => Some(Sleep::Begins),
        _ => word.starts_with(b"entry (").then_some(Sleep::Begins),
    }
}

/// Whether a process's record with this MESSAGE_ID may be systemd-sleep's.
pub fn is_sleep(id: &[u8]) -> bool {
    id == SLEEP_START || id == SLEEP_STOP
}

/// Reads the word of systemd-sleep, which is believed by the unit that it runs in.
pub fn sleep_of_program(known: &Known<'_>) -> Option<Sleep> {
    const UNITS: [&[u8]; 4] = [
        b"systemd-suspend.service",
        b"systemd-hibernate.service",
        b"systemd-hybrid-sleep.service",
        b"systemd-suspend-then-hibernate.service",
    ];
    let id = known.message_id.filter(|id| is_sleep(id))?;
    UNITS.contains(&known.systemd_unit?).then_some(if id == SLEEP_START {
        Sleep::Begins
    } else {
        Sleep::Ends
    })
}

fn first_number(text: &[u8]) -> Option<u64> {
    text.split_str(b" ").find_map(decimal)
}
