//! Records of systemd-coredump (systemd, src/coredump/coredump.c, submit_coredump; v215 and later).

use super::{MAX_WORD, is_unit_name};
use crate::Entry;
use crate::entry::{Known, decimal};
use crate::event::unit::UnitFact;
use crate::event::{Manager, Origin, Writer};
use crate::parse::{clip, origin};

/// SD_MESSAGE_COREDUMP.
pub const COREDUMP: &[u8] = b"fc2e22bc6ee647b6b90729ab34a250b1";

/// Reads the record of a core that a unit's process left, and whose it is.
///
/// systemd-coredump sends it as the user whose process it was, so that its uid proves nothing. What proves it is the
/// unit that journald saw it in: a system unit of that name is root's to start.
pub(in crate::parse) fn left(entry: &Entry<'_>, known: &Known<'_>) -> Option<(Origin, UnitFact)> {
    if known.message_id != Some(COREDUMP) || !is_coredump_unit(known.systemd_unit?) {
        return None;
    }
    let system = entry.get(b"COREDUMP_UNIT").filter(|unit| is_unit_name(unit));
    let user = entry.get(b"COREDUMP_USER_UNIT").filter(|unit| is_unit_name(unit));
    let uid = entry.get(b"COREDUMP_OWNER_UID").and_then(decimal);
    let (manager, unit) = match (user, uid) {
        (Some(unit), Some(uid)) => (Manager::User(uid), unit),
        _ => (Manager::System, system?),
    };
    let word = |name: &[u8]| entry.get(name).map(|value| clip(value, MAX_WORD));
    let origin =
        Origin { writer: Writer::Systemd, manager, unit: Some(clip(unit, 256)), ..origin::of_machine(known) };
    let fact = UnitFact::Coredump {
        pid: entry.get(b"COREDUMP_PID").and_then(decimal),
        comm: word(b"COREDUMP_COMM"),
        signal: word(b"COREDUMP_SIGNAL_NAME"),
    };
    Some((origin, fact))
}

/// `systemd-coredump@0-400-0.service`.
fn is_coredump_unit(unit: &[u8]) -> bool {
    unit.starts_with(b"systemd-coredump@") && unit.ends_with(b".service")
}
