//! Who wrote an entry, told once for each combination of the fields that say so.

use nwlog_journal::Id128;
use rustc_hash::FxHashMap;

use super::row::MAX_WRITERS;
use crate::entry::Known;
use crate::event::Origin;
use crate::parse::origin::{self, UnitHash, Voice, WriterKey};

/// The fields that say who wrote an entry, in the order of [`Fields`].
pub(super) const NAMES: [&[u8]; 9] = [
    b"_MACHINE_ID",
    b"_HOSTNAME",
    b"_TRANSPORT",
    b"SYSLOG_FACILITY",
    b"_PID",
    b"_UID",
    b"_SYSTEMD_UNIT",
    b"_SYSTEMD_USER_UNIT",
    b"_STREAM_ID",
];

/// The values of these fields, each by its number, 0 where the entry has none; and the boot's.
pub(super) type Fields = [u32; NAMES.len() + 1];

/// A writer of entries.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    pub(super) key: WriterKey,
    pub(super) voice: Voice,
    pub(super) unit: UnitHash,
    pub(super) boot: u64,
    /// It writes while journald still reads the kernel's backlog.
    pub(super) is_of_backlog: bool,
    /// All that it says is visited.
    pub(super) is_heeded: bool,
    /// Machine, boot and host.
    pub(super) origin: Origin,
}

/// All writers of a file.
#[derive(Debug, Default)]
pub(super) struct Writers {
    all: Vec<Writer>,
    known: FxHashMap<Fields, u32>,
    last: Option<(Fields, u32)>,
    values: Vec<Box<[u8]>>,
    boots: Vec<(Id128, Box<[u8]>)>,
}

impl Writers {
    /// Keeps a value, and gives its number.
    pub(super) fn value(&mut self, value: &[u8]) -> u32 {
        self.values.push(value.into());
        u32::try_from(self.values.len()).unwrap_or(u32::MAX)
    }

    /// The number of a boot.
    pub(super) fn boot(&mut self, id: Id128) -> u32 {
        let known = self.boots.iter().rposition(|(known, _)| *known == id);
        let at = known.unwrap_or_else(|| {
            self.boots.push((id, id.to_string().into_bytes().into()));
            self.boots.len() - 1
        });
        u32::try_from(at).unwrap_or(u32::MAX)
    }

    /// The writer by its fields.
    #[inline]
    pub(super) fn of(&mut self, fields: &Fields) -> u32 {
        if let Some((last, writer)) = &self.last
            && last == fields
        {
            return *writer;
        }
        let writer = match self.known.get(fields) {
            Some(writer) => *writer,
            None => self.add(fields),
        };
        self.last = Some((*fields, writer));
        writer
    }

    pub(super) fn get(&self, writer: usize) -> Option<&Writer> {
        self.all.get(writer)
    }

    pub(super) fn all(&self) -> &[Writer] {
        &self.all
    }

    #[cold]
    fn add(&mut self, fields: &Fields) -> u32 {
        let writer = self.read(fields);
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        if number >= MAX_WRITERS - 1 {
            return MAX_WRITERS - 1;
        }
        self.all.push(writer);
        self.known.insert(*fields, number);
        number
    }

    fn read(&self, fields: &Fields) -> Writer {
        let [machine, host, transport, facility, pid, uid, unit, user_unit, stream, boot] = *fields;
        let value = |number: u32| {
            let at = usize::try_from(number.checked_sub(1)?).ok()?;
            self.values.get(at).map(|value| &**value)
        };
        let boot = usize::try_from(boot).ok().and_then(|boot| self.boots.get(boot));
        let known = Known {
            machine_id: value(machine),
            hostname: value(host),
            transport: value(transport),
            syslog_facility: value(facility),
            pid: value(pid),
            uid: value(uid),
            systemd_unit: value(unit),
            systemd_user_unit: value(user_unit),
            stream_id: value(stream),
            boot_id: boot.map(|(_, text)| &**text),
            ..Known::default()
        };
        let voice = origin::voice(&known);
        Writer {
            key: WriterKey::of(&known),
            voice,
            unit: UnitHash::of(&known),
            boot: origin::boot_hash(&known),
            is_of_backlog: origin::is_of_backlog(&known),
            is_heeded: matches!(voice, Voice::Manager(_)) || known.systemd_unit == Some(b"dbus.service"),
            origin: origin::of_machine(&known),
        }
    }
}
