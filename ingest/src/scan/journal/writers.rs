//! Who wrote an entry, told once for each combination of the fields that say so.

use std::sync::Arc;

use nwlog_journal::Id128;
use rustc_hash::FxHashMap;

use super::row::MAX_WRITERS;
use crate::entry::Known;
use crate::event::Origin;
use crate::parse::container;
use crate::parse::origin::{self, UnitHash, Voice, WriterKey};

/// The fields that say who wrote an entry, in the order of [`Fields`].
pub(super) const NAMES: [&[u8]; 13] = [
    b"_MACHINE_ID",
    b"_HOSTNAME",
    b"_TRANSPORT",
    b"SYSLOG_FACILITY",
    b"_PID",
    b"_UID",
    b"_SYSTEMD_UNIT",
    b"_SYSTEMD_USER_UNIT",
    b"_STREAM_ID",
    b"CONTAINER_ID",
    b"CONTAINER_ID_FULL",
    b"CONTAINER_NAME",
    b"CONTAINER_PARTIAL_MESSAGE",
];

/// The values of these fields, each by its number, 0 where the entry has none; and the boot's.
pub(super) type Fields = [u32; NAMES.len() + 1];

/// What fields say of who wrote.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Who {
    /// The boot's is not known yet.
    pub(super) fields: Fields,
    /// The number of a boot, and of the writer in it.
    last: Option<(u32, u32)>,
}

impl Who {
    /// The writer by these fields, in a boot.
    #[inline]
    pub(super) fn in_boot(&mut self, boot: u32, writers: &mut Writers) -> u32 {
        if let Some((_, writer)) = self.last.filter(|(known, _)| *known == boot) {
            return writer;
        }
        let mut fields = self.fields;
        if let Some(last) = fields.last_mut() {
            *last = boot;
        }
        let writer = writers.of(&fields);
        self.last = Some((boot, writer));
        writer
    }
}

/// A writer of entries.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    pub(super) key: WriterKey,
    pub(super) voice: Voice,
    /// The number of its unit.
    pub(super) lines: u32,
    pub(super) boot: u64,
    /// It writes while journald still reads the kernel's backlog.
    pub(super) is_of_backlog: bool,
    /// All that it says is visited.
    pub(super) is_heeded: bool,
    /// Machine, boot and host.
    pub(super) origin: Arc<Origin>,
}

/// All writers of a file.
#[derive(Debug, Default)]
pub(super) struct Writers {
    all: Vec<Writer>,
    known: FxHashMap<Fields, u32>,
    values: Vec<Box<[u8]>>,
    boots: Vec<(Id128, Box<[u8]>)>,
    by_key: Vec<(WriterKey, u32)>,
    units: Vec<UnitHash>,
    unit_numbers: FxHashMap<UnitHash, u32>,
    origins: FxHashMap<[u32; 3], Arc<Origin>>,
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
    fn of(&mut self, fields: &Fields) -> u32 {
        match self.known.get(fields) {
            Some(writer) => *writer,
            None => self.add(fields),
        }
    }

    pub(super) fn get(&self, writer: usize) -> Option<&Writer> {
        self.all.get(writer)
    }

    pub(super) fn all(&self) -> &[Writer] {
        &self.all
    }

    /// The units that have lines, by their numbers.
    pub(super) fn units(&self) -> &[UnitHash] {
        &self.units
    }

    fn unit(&mut self, unit: UnitHash) -> u32 {
        let next = u32::try_from(self.units.len()).unwrap_or(u32::MAX);
        *self.unit_numbers.entry(unit).or_insert_with(|| {
            self.units.push(unit);
            next
        })
    }

    /// No more writers come: they can be found by their keys.
    pub(super) fn settle(&mut self) {
        self.by_key = (0..).zip(&self.all).map(|(number, writer)| (writer.key, number)).collect();
        self.by_key.sort_unstable();
        self.known = FxHashMap::default();
    }

    /// The numbers of those who have a key.
    pub(super) fn numbers(&self, key: WriterKey) -> &[(WriterKey, u32)] {
        let (_, rest) = self.by_key.split_at(self.by_key.partition_point(|(known, _)| *known < key));
        rest.split_at(rest.partition_point(|(known, _)| *known == key)).0
    }

    #[cold]
    fn add(&mut self, fields: &Fields) -> u32 {
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        if number >= MAX_WRITERS - 1 {
            return MAX_WRITERS - 1;
        }
        let [machine, host, .., boot] = *fields;
        let known = self.known_by(fields);
        let origin = match self.origins.get(&[machine, host, boot]) {
            Some(origin) => Arc::clone(origin),
            None => Arc::new(origin::of_machine(&known)),
        };
        let mut writer = Writer {
            key: WriterKey::of(&known),
            voice: origin::voice(&known),
            lines: 0,
            boot: origin::boot_hash(&known),
            is_of_backlog: origin::is_of_backlog(&known),
            is_heeded: known.systemd_unit.is_some_and(origin::is_heeded) || container::is_piece(&known),
            origin: Arc::clone(&origin),
        };
        let unit = UnitHash::of(&known);
        writer.lines = self.unit(unit);
        self.origins.insert([machine, host, boot], origin);
        self.all.push(writer);
        self.known.insert(*fields, number);
        number
    }

    /// What these fields say.
    fn known_by(&self, fields: &Fields) -> Known<'_> {
        let [who @ .., boot] = *fields;
        let [machine, host, transport, facility, pid, uid, unit, user_unit, stream, rest @ ..] = who;
        let [container_id, container_id_full, container_name, container_piece] = rest;
        let value = |number: u32| {
            let at = usize::try_from(number.checked_sub(1)?).ok()?;
            self.values.get(at).map(|value| &**value)
        };
        let boot = usize::try_from(boot).ok().and_then(|boot| self.boots.get(boot));
        Known {
            machine_id: value(machine),
            hostname: value(host),
            transport: value(transport),
            syslog_facility: value(facility),
            pid: value(pid),
            uid: value(uid),
            systemd_unit: value(unit),
            systemd_user_unit: value(user_unit),
            stream_id: value(stream),
            container_id: value(container_id),
            container_id_full: value(container_id_full),
            container_name: value(container_name),
            container_partial_message: value(container_piece),
            boot_id: boot.map(|(_, text)| &**text),
            ..Known::default()
        }
    }
}
