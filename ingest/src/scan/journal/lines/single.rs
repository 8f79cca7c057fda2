//! Reads single lines, looked at one by one and now and then.

use std::ops::Range;
use std::sync::Arc;

use nwlog_journal::{EntryHead, Field, JournalFile};

use super::others::Others;
use crate::Known;
use crate::event::Line;
use crate::scan::{field, line};

/// The most of a line that is read, in bytes: what goes beyond it is a core dump or the like.
const MAX_LINE: usize = 64 << 20;

/// Reads lines, with buffers that it keeps.
#[derive(Debug, Default)]
pub(super) struct Single {
    others: Others,
    items: Vec<u64>,
    data: Vec<u8>,
    payload: Vec<u8>,
    bytes: Vec<u8>,
    read: Vec<Read>,
}

/// A field of the line, and where it was put.
#[derive(Debug)]
struct Read {
    part: Part,
    name: Range<usize>,
    value: Range<usize>,
}

impl Single {
    /// Reads the line of the entry at a place. None where there is no entry.
    pub(super) fn line(&mut self, file: &Arc<JournalFile>, at: u64) -> Option<Line> {
        let Self { others, items, data, payload, bytes, read } = self;
        bytes.clear();
        read.clear();
        file.approach(at);
        let head = file.entry(at, items, data)?;
        others.turn_to(file);
        for item in items.iter().copied() {
            if others.have(item) {
                continue;
            }
            let mut part = None;
            let wanted = |name: &[u8]| {
                part = Part::of(name);
                part.is_some()
            };
            let field = file.data(item, data).and_then(|object| object.field(payload, wanted));
            match (field, part) {
                (Some(Field::Wanted(field)), Some(part))
                    if bytes.len().saturating_add(field.bytes().len()) <= MAX_LINE =>
                {
                    let start = bytes.len();
                    bytes.extend_from_slice(field.bytes());
                    let middle = start + field.name().len();
                    read.push(Read { part, name: start..middle, value: middle + 1..bytes.len() });
                }
                (Some(Field::Other), _) => others.note(item),
                _ => {}
            }
        }
        Some(self.line_of(&head))
    }

    fn line_of(&self, head: &EntryHead) -> Line {
        let of = |range: &Range<usize>| self.bytes.get(range.clone()).unwrap_or_default();
        let (mut realtime, mut monotonic) = (itoa::Buffer::new(), itoa::Buffer::new());
        let mut known = Known {
            realtime: Some(realtime.format(head.realtime).as_bytes()),
            monotonic: Some(monotonic.format(head.monotonic).as_bytes()),
            ..Known::default()
        };
        for Read { part, value, .. } in &self.read {
            if let Some(slot) = part.slot(&mut known) {
                slot.get_or_insert(of(value));
            }
        }
        let own = self.read.iter().filter(|read| read.part.is_own());
        let own = own.map(|Read { name, value, .. }| crate::Field { name: of(name), value: of(value) });
        line(&known, field::kept(own))
    }
}

/// What a field is of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Message,
    Pid,
    Sent,
    Invocation,
    Unit,
    UserUnit,
    ContainerId,
    ContainerIdFull,
    ContainerName,
    Own,
}

impl Part {
    fn of(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"MESSAGE" => Self::Message,
            b"_PID" => Self::Pid,
            b"_SOURCE_REALTIME_TIMESTAMP" => Self::Sent,
            b"_SYSTEMD_INVOCATION_ID" => Self::Invocation,
            b"_SYSTEMD_UNIT" => Self::Unit,
            b"_SYSTEMD_USER_UNIT" => Self::UserUnit,
            b"CONTAINER_ID" => Self::ContainerId,
            b"CONTAINER_ID_FULL" => Self::ContainerIdFull,
            b"CONTAINER_NAME" => Self::ContainerName,
            _ if field::is_own(name) => Self::Own,
            _ => return None,
        })
    }

    /// Where it is known by its name.
    fn slot<'k, 'a>(self, known: &'k mut Known<'a>) -> Option<&'k mut Option<&'a [u8]>> {
        Some(match self {
            Self::Message => &mut known.message,
            Self::Pid => &mut known.pid,
            Self::Sent => &mut known.source_realtime,
            Self::Invocation => &mut known.systemd_invocation_id,
            Self::Unit => &mut known.systemd_unit,
            Self::UserUnit => &mut known.systemd_user_unit,
            Self::ContainerId => &mut known.container_id,
            Self::ContainerIdFull => &mut known.container_id_full,
            Self::ContainerName => &mut known.container_name,
            Self::Own => return None,
        })
    }

    /// Whether the program told it beside its message.
    fn is_own(self) -> bool {
        matches!(self, Self::ContainerId | Self::ContainerIdFull | Self::ContainerName | Self::Own)
    }
}
