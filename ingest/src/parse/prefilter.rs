//! Which entries are worth more than a glance.
//!
//! Finds openers only. From one on every entry of its writer is visited, until the assembler is done. The kernel and
//! the service managers are visited whole: there are few such records, and the kernel's clock is read off all of them.

use super::origin::{self, Voice, voice};
use super::{bus, container, disk, gap, go, oom, unit};
use crate::entry::Known;
use crate::{Entry, Provenance};

/// Whether an entry can begin something, or is something by itself.
pub fn opens(entry: &Entry<'_>, known: &Known<'_>) -> bool {
    let text = known.message.unwrap_or_default();
    match voice(known) {
        Voice::Manager(_) | Voice::Kernel => true,
        Voice::Journald => known.message_id.is_some(),
        Voice::Program => {
            go::GoDump::opens(text)
                || disk::mentions(text)
                || known.message_id.is_some_and(tells_by_id)
                || bus::activated(known).is_some()
                || origin::oom_daemon(entry, known).is_some()
                || container::is_piece(known)
                || (origin::is_bare(entry, known) && oom::OomAssembler::opens(text))
        }
        // Every record of /dev/kmsg has its number.
        Voice::Relay => entry.provenance() == Provenance::Kmsg,
    }
}

/// Whether a process's record with this MESSAGE_ID is something by itself.
pub fn tells_by_id(id: &[u8]) -> bool {
    id == unit::SPAWN_FAILED || id == unit::coredump::COREDUMP || gap::is_sleep(id)
}
