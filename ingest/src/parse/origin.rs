//! Trust by origin: who speaks in an entry, by the fields that only journald sets.
//!
//! Fields that begin with `_` are journald's own (systemd, man/systemd.journal-fields.xml, "Trusted Journal Fields").
//! Everything else, `UNIT=` and `SYSLOG_PID=` included, is whatever the sender wrote.

use std::hash::Hasher;

use bstr::ByteSlice;
use siphasher::sip::SipHasher13;

use super::clip;
use super::container::container;
use crate::entry::{Known, decimal};
use crate::event::{Manager, Origin, Writer};
use crate::{Entry, Id128, Provenance};

/// The longest name of a unit or host that is kept, in bytes (systemd's UNIT_NAME_MAX is 256).
const MAX_NAME: usize = 256;

/// Who speaks in an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// The kernel: `_TRANSPORT=kernel` with facility 0, which a program that writes to /dev/kmsg cannot have (Linux,
    /// kernel/printk/printk.c, devkmsg_write).
    Kernel,
    /// A service manager about its own units.
    Manager(Manager),
    /// journald about itself.
    Journald,
    /// A process.
    Program,
    /// Someone who relays what others wrote: audit, and programs that write to /dev/kmsg.
    Relay,
}

/// Tells who speaks.
pub fn voice(known: &Known<'_>) -> Voice {
    match known.transport {
        Some(b"kernel") if known.syslog_facility == Some(b"0") => Voice::Kernel,
        Some(b"kernel" | b"audit") => Voice::Relay,
        Some(b"driver") => Voice::Journald,
        Some(b"journal") => manager(known).map_or(Voice::Program, Voice::Manager),
        _ => Voice::Program,
    }
}

/// Whether an entry is of a kind that journald writes while it still reads what the kernel's ring held at its start: the
/// ring's records, whoever put them there, and journald's own words.
pub(crate) fn is_of_backlog(known: &Known<'_>) -> bool {
    matches!(known.transport, Some(b"kernel" | b"driver"))
}

/// A daemon that kills for memory before the kernel does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OomDaemon {
    /// systemd-oomd.
    Oomd,
    /// earlyoom.
    Earlyoom,
}

impl OomDaemon {
    /// Whom its word is told as.
    pub(super) const fn writer(self) -> Writer {
        match self {
            Self::Oomd => Writer::Systemd,
            Self::Earlyoom => Writer::Unit,
        }
    }
}

/// Which of these daemons wrote an entry, by the unit that it runs in; in text, where there are no units, by its name.
pub fn oom_daemon(entry: &Entry<'_>, known: &Known<'_>) -> Option<OomDaemon> {
    let (unit, name) = match known.systemd_unit {
        None if entry.provenance() == Provenance::Text => (b"".as_slice(), known.comm?),
        unit => (unit?, b"".as_slice()),
    };
    match (unit, name) {
        (b"systemd-oomd.service", _) | (_, b"systemd-oomd") => Some(OomDaemon::Oomd),
        (b"earlyoom.service", _) | (_, b"earlyoom") => Some(OomDaemon::Earlyoom),
        _ => None,
    }
}

/// Whether every line of a unit is looked at, whatever it says.
pub(crate) fn is_heeded(unit: &[u8]) -> bool {
    matches!(unit, b"dbus.service" | b"systemd-oomd.service" | b"earlyoom.service")
}

/// Whether an entry is a line of text that says of itself neither when nor by whom it was written.
pub fn is_bare(entry: &Entry<'_>, known: &Known<'_>) -> bool {
    entry.provenance() == Provenance::Text && known.realtime.or(known.monotonic).is_none()
}

fn manager(known: &Known<'_>) -> Option<Manager> {
    if known.pid == Some(b"1") {
        return (known.uid == Some(b"0")).then_some(Manager::System);
    }
    if known.systemd_user_unit != Some(b"init.scope") {
        return None;
    }
    let owner = user_manager(known.systemd_unit?)?;
    (known.uid.and_then(decimal) == Some(owner)).then_some(Manager::User(owner))
}

/// The uid in `user@UID.service`.
fn user_manager(unit: &[u8]) -> Option<u32> {
    decimal(unit.strip_prefix(b"user@")?.strip_suffix(b".service")?)
}

/// The manager and name of the unit whose process wrote an entry.
pub fn unit_of<'a>(known: &Known<'a>) -> Option<(Manager, &'a [u8])> {
    let unit = known.systemd_unit?;
    match (user_manager(unit), known.systemd_user_unit) {
        (Some(uid), Some(user_unit)) => Some((Manager::User(uid), user_unit)),
        _ => Some((Manager::System, unit)),
    }
}

/// The origin of an entry that a process of some unit wrote, or an engine for a container.
pub fn of_program(known: &Known<'_>) -> Origin {
    if let Some(container) = container(known) {
        let name = container.name.unwrap_or(&container.subject);
        return Origin {
            manager: container.manager,
            unit: Some(clip(&container.subject, MAX_NAME)),
            container: Some(clip(name, MAX_NAME)),
            ..of_machine(known)
        };
    }
    let unit = unit_of(known);
    Origin {
        manager: unit.map(|(manager, _)| manager).unwrap_or_default(),
        unit: unit.map(|(_, name)| clip(name, MAX_NAME)),
        invocation: known.systemd_invocation_id.and_then(Id128::parse),
        pid: known.pid.and_then(decimal),
        comm: known.comm.or(known.syslog_identifier).map(|comm| clip(comm, MAX_NAME)),
        stream: known.stream_id.and_then(Id128::parse),
        ..of_machine(known)
    }
}

/// The origin of a manager's entry about a unit, from the fields that it alone is trusted with.
pub fn of_manager(entry: &Entry<'_>, known: &Known<'_>, manager: Manager, unit: &[u8]) -> Origin {
    let invocation = match manager {
        Manager::System => entry.get(b"INVOCATION_ID"),
        Manager::User(_) => entry.get(b"USER_INVOCATION_ID"),
    };
    Origin {
        writer: Writer::Systemd,
        manager,
        unit: Some(clip(unit, MAX_NAME)),
        invocation: invocation.and_then(Id128::parse),
        pid: known.pid.and_then(decimal),
        ..of_machine(known)
    }
}

/// The part of an origin that every entry has: machine, boot and host.
pub fn of_machine(known: &Known<'_>) -> Origin {
    Origin {
        machine: known.machine_id.and_then(Id128::parse),
        boot: known.boot_id.and_then(Id128::parse),
        host: known.hostname.map(|host| clip(host, MAX_NAME)),
        ..Origin::default()
    }
}

/// Tells the writers of lines apart: two lines with the same key came out of one process, through one connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct WriterKey(u64);

impl WriterKey {
    /// The key of the process that wrote an entry; the kernel is one writer of its boot, and so is each container.
    pub fn of(known: &Known<'_>) -> Self {
        let kernel = matches!(voice(known), Voice::Kernel);
        let who: [&[u8]; 5] = if kernel {
            [known.machine_id, known.boot_id, Some(b"kernel"), None, None]
        } else {
            [known.machine_id, known.boot_id, known.stream_id, known.pid, known.hostname]
        }
        .map(Option::unwrap_or_default);
        match container(known).filter(|_| !kernel) {
            None => Self(hash(&who)),
            Some(container) => Self(hash(&[&who[..], &[&container.subject]].concat())),
        }
    }
}

impl WriterKey {
    /// The key as bytes, to be part of another.
    pub(super) fn bytes(self) -> [u8; 8] {
        self.0.to_le_bytes()
    }
}

/// Tells units apart: a manager's unit on one boot of one machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct UnitHash(u64);

impl UnitHash {
    /// The unit whose process wrote an entry, or the container whose line it is. A line of no unit belongs to the program that its text names.
    pub fn of(known: &Known<'_>) -> Self {
        if let Some(container) = container(known) {
            return Self::hashed(known.boot_id, container.manager, &container.subject);
        }
        let (manager, name) = unit_of(known).unwrap_or_default();
        Self::hashed(known.boot_id, manager, name)
    }

    /// The unit that an event is about.
    pub fn of_origin(origin: &Origin) -> Self {
        let boot = origin.boot.map(Id128::hex);
        let name = origin.unit.as_deref().unwrap_or_default();
        Self::hashed(boot.as_ref().map(<[u8; 32]>::as_slice), origin.manager, name.as_bytes())
    }

    fn hashed(boot: Option<&[u8]>, manager: Manager, name: &[u8]) -> Self {
        let uid = match manager {
            Manager::System => u32::MAX,
            Manager::User(uid) => uid,
        };
        let name = name.get(..MAX_NAME).unwrap_or(name);
        Self(hash(&[boot.unwrap_or_default(), &uid.to_le_bytes(), name.trim_end_with(|c| c == '\0')]))
    }
}

/// Tells boots apart, and machines; text that has neither id goes by the host.
pub(crate) fn boot_hash(known: &Known<'_>) -> u64 {
    hash(&[known.machine_id, known.boot_id, known.hostname].map(Option::unwrap_or_default))
}

/// A hash that is the same on every machine and in every version of this crate.
pub(in crate::parse) fn hash(parts: &[&[u8]]) -> u64 {
    let mut hasher = SipHasher13::new();
    for part in parts {
        hasher.write(&(part.len() as u64).to_le_bytes());
        hasher.write(part);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Field, Provenance};

    fn voice_of(fields: &[(&str, &str)]) -> Voice {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| Field { name: name.as_bytes(), value: value.as_bytes() })
            .collect();
        voice(&Entry::new(&fields, Provenance::Journal, 0).known())
    }

    #[test]
    fn believes_only_fields_that_the_writer_cannot_set() {
        let system = Voice::Manager(Manager::System);
        let user = Voice::Manager(Manager::User(1000));
        let owner = [("_TRANSPORT", "journal"), ("_SYSTEMD_UNIT", "user@1000.service")];
        let table: &[(&[(&str, &str)], Voice)] = &[
            (&[("_TRANSPORT", "kernel"), ("SYSLOG_FACILITY", "0")], Voice::Kernel),
            (&[("_TRANSPORT", "kernel"), ("SYSLOG_FACILITY", "3")], Voice::Relay),
            (&[("_TRANSPORT", "kernel")], Voice::Relay),
            (
                &[("_TRANSPORT", "syslog"), ("SYSLOG_FACILITY", "0"), ("SYSLOG_IDENTIFIER", "kernel")],
                Voice::Program,
            ),
            (&[("_TRANSPORT", "journal"), ("_PID", "1"), ("_UID", "0"), ("UNIT", "a.service")], system),
            (
                &[("_TRANSPORT", "journal"), ("_PID", "12"), ("_UID", "0"), ("UNIT", "a.service")],
                Voice::Program,
            ),
            (&[("_TRANSPORT", "stdout"), ("_PID", "1"), ("_UID", "0")], Voice::Program),
            (&[owner[0], owner[1], ("_SYSTEMD_USER_UNIT", "init.scope"), ("_UID", "1000")], user),
            (&[owner[0], owner[1], ("_SYSTEMD_USER_UNIT", "init.scope"), ("_UID", "1001")], Voice::Program),
            (&[owner[0], owner[1], ("_SYSTEMD_USER_UNIT", "app.service"), ("_UID", "1000")], Voice::Program),
            (&[("_TRANSPORT", "audit"), ("_PID", "1"), ("_UID", "0")], Voice::Relay),
        ];
        for (fields, expected) in table {
            assert_eq!(voice_of(fields), *expected, "{fields:?}");
        }
    }
}
