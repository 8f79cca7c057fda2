//! What a service manager writes about its units.
//!
//! The MESSAGE_ID is believed first (systemd, src/systemd/sd-messages.h, v255), then the text, which is all that the
//! records without an id have, and those of systemd before v240.

pub mod coredump;
mod message;
mod process;
mod resources;

use bstr::ByteSlice;

use crate::entry::{Known, decimal};
use crate::event::unit::{ControlExit, Exit, ExitCode, UnitFact};
use crate::event::{Manager, origin::Manager::System};
use crate::parse::clip;
use crate::{Entry, Provenance};

/// The longest word of a record that is kept, in bytes.
const MAX_WORD: usize = 64;
/// The longest path that is kept, in bytes.
const MAX_PATH: usize = 512;

/// MESSAGE_ID of the forked child that could not become the service (SD_MESSAGE_SPAWN_FAILED).
pub const SPAWN_FAILED: &[u8] = b"641257651c1b4ec9a8624d7a40a9e1e7";

/// Whether a manager's record with this MESSAGE_ID makes no event whatever its text says.
pub fn says_nothing(id: &[u8]) -> bool {
    matches!(
        id,
        // SD_MESSAGE_UNIT_RELOADING
        b"d34d037fff1847e6ae669a370e694725"
        // SD_MESSAGE_STARTUP_FINISHED, SD_MESSAGE_USER_STARTUP_FINISHED
        | b"b07a249cd024414a82dd00cd181378ff" | b"eed00a68ffd84e31882105fd973abdd1"
        // SD_MESSAGE_UNIT_SKIPPED
        | b"0e4284a0caca4bfc81c0bb6786972673"
    )
}

/// A record of a manager about a unit: the unit's name, and the fact.
pub struct Told<'a> {
    /// The unit's name.
    pub unit: &'a [u8],
    /// What was said of it.
    pub fact: UnitFact,
}

/// Reads a manager's record.
pub fn read<'a>(entry: &Entry<'a>, known: &Known<'a>, manager: Manager) -> Option<Told<'a>> {
    let text = known.message?;
    let job = message::start_job(text).filter(|_| known.message_id.is_none());
    let named = entry.get(if manager == System { b"UNIT" } else { b"USER_UNIT" });
    let unit = match named {
        Some(unit) => unit,
        None if entry.provenance() == Provenance::Text => {
            job.as_ref().map_or_else(|| message::subject(text), |(unit, _)| Some(*unit))?
        }
        None => return None,
    };
    if let Some((_, result)) = job.filter(|(own, _)| *own == unit) {
        return Some(Told { unit, fact: UnitFact::StartFailed { result } });
    }
    let rest = message::after_subject(text, unit);
    let fact = match known.message_id.and_then(|id| by_id(entry, id, text, rest)) {
        Some(read) => read?,
        None => message::fact(text, rest)?,
    };
    Some(Told { unit, fact })
}

/// The fact that a MESSAGE_ID stands for: none where the id is not known, some none where it is of no interest.
fn by_id(entry: &Entry<'_>, id: &[u8], text: &[u8], rest: &[u8]) -> Option<Option<UnitFact>> {
    let word = |name: &[u8]| entry.get(name).map(|value| clip(value, MAX_WORD));
    Some(match id {
        b"7d4958e842da4a758f6c1cdc7b36dcc5" => Some(UnitFact::Starting),
        b"39f53479d3a045ac8e11786248231fbf" if message::is_skip(text) => None,
        b"39f53479d3a045ac8e11786248231fbf" => {
            Some(UnitFact::Started { finished: text.starts_with(b"Finished ") })
        }
        b"be02cf6855d2428ba40df7e9d022f03d" => match entry.get(b"JOB_RESULT") {
            Some(b"done" | b"canceled" | b"skipped" | b"once" | b"collected") => None,
            _ => {
                Some(UnitFact::StartFailed { result: word(b"JOB_RESULT").unwrap_or_else(|| "failed".into()) })
            }
        },
        b"de5b426a63be47a7b6ac3eaac82e2f6f" => Some(UnitFact::Stopping),
        b"9d1aaa27d60140bd96365438aad20286" => Some(UnitFact::Stopped { job_type: word(b"JOB_TYPE") }),
        b"5eb03494b6584870a536b337290809b3" => Some(UnitFact::RestartScheduled {
            counter: entry.get(b"N_RESTARTS").and_then(decimal).or_else(|| message::restart_counter(rest)),
        }),
        b"98e322203f7a4ed290d09fe03c09fe15" => {
            let exit = exit_fields(entry).or_else(|| process::exit(rest).map(|(_, exit)| exit));
            exit.map(|exit| {
                if process::is_main(rest) {
                    UnitFact::MainExit(exit)
                } else {
                    UnitFact::ControlExit(ControlExit { exit, command: word(b"COMMAND") })
                }
            })
        }
        b"d9b373ed55a64feb8242e02dbe79a49c" => {
            let result = word(b"UNIT_RESULT").or_else(|| message::failed_result(rest));
            result.map(|result| UnitFact::Failed { result })
        }
        b"7ad2d189f7e94e70a38c781354912448" => Some(UnitFact::Succeeded),
        b"fe6faa94e7774663a0da52717891d8ef" => Some(UnitFact::OutOfMemory),
        b"d989611b15e44c9dbf31e3c81256e4ed" => {
            Some(UnitFact::OomdKill { processes: entry.get(b"N_PROCESSES").and_then(decimal) })
        }
        b"7b05ebc668384222baa8881179cfda54" => {
            Some(UnitFact::Reloaded { result: word(b"JOB_RESULT").unwrap_or_else(|| "done".into()) })
        }
        b"ae8f7b866b0347b9af31fe1c80b127c0" => resources_fields(entry).or_else(|| resources::consumed(rest)),
        id if says_nothing(id) => None,
        _ => return None,
    })
}

fn resources_fields(entry: &Entry<'_>) -> Option<UnitFact> {
    let names: [&[u8]; 3] = [b"CPU_USAGE_NSEC", b"MEMORY_PEAK", b"MEMORY_SWAP_PEAK"];
    let [cpu_ns, memory_peak, swap_peak] = names.map(|name| entry.get(name).and_then(decimal));
    let any = cpu_ns.or(memory_peak).or(swap_peak).is_some();
    any.then_some(UnitFact::Resources { cpu_ns, memory_peak, swap_peak })
}

fn exit_fields(entry: &Entry<'_>) -> Option<Exit> {
    let code = match entry.get(b"EXIT_CODE")? {
        b"exited" => ExitCode::Exited,
        b"killed" => ExitCode::Killed,
        b"dumped" => ExitCode::Dumped,
        _ => return None,
    };
    Some(Exit { code, status: entry.get(b"EXIT_STATUS").and_then(decimal)? })
}

/// Reads the record of a forked child that could not become the service. It is written by the child, inside the
/// unit's cgroup: the unit is believed where journald saw it there too.
pub fn spawn_failure(entry: &Entry<'_>, known: &Known<'_>) -> Option<UnitFact> {
    if known.message_id != Some(SPAWN_FAILED) {
        return None;
    }
    let own = entry.get(b"UNIT").or_else(|| entry.get(b"USER_UNIT"))?;
    let seen = [known.systemd_unit, known.systemd_user_unit];
    if !seen.contains(&Some(own)) || !known.comm?.starts_with(b"(") {
        return None;
    }
    Some(UnitFact::SpawnFailed {
        step: known.message.and_then(process::spawn_step),
        executable: entry.get(b"EXECUTABLE").map(|path| clip(path, MAX_PATH)),
        errno: entry.get(b"ERRNO").and_then(decimal),
    })
}

/// A unit name's type is known: what systemd would accept as a unit (src/basic/unit-def.c).
fn is_unit_name(name: &[u8]) -> bool {
    const TYPES: [&[u8]; 11] = [
        b"service",
        b"socket",
        b"target",
        b"device",
        b"mount",
        b"automount",
        b"swap",
        b"timer",
        b"path",
        b"slice",
        b"scope",
    ];
    let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b":-_.\\@".contains(byte);
    name.len() < 256
        && name.iter().all(allowed)
        && name.rsplit_once_str(b".").is_some_and(|(stem, kind)| !stem.is_empty() && TYPES.contains(&kind))
}
