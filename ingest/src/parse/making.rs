//! What is read to events: the record's time and identity, who it is from, and what goes along.

use super::oom::cgroup;
use super::origin::{self, UnitHash};
use super::parser::Lines;
use super::{Assembled, Record, clock, excerpt, identity};
use crate::Entry;
use crate::entry::Known;
use crate::event::{Context, Event, Fact, GapFact, OomFact, Origin, Writer};
use crate::time::Moment;

/// The record of an entry that a process wrote.
pub(super) fn own_record<'a>(entry: &Entry<'a>, known: &Known<'a>) -> Record<'a> {
    Record {
        at: clock::written(known),
        received: clock::received(known),
        identity: identity::of(entry, known),
        text: known.message.unwrap_or_default(),
    }
}

/// An event of one record.
pub(super) fn event(record: &Record<'_>, known: &Known<'_>, origin: Origin, fact: Fact) -> Event {
    Event {
        at: record.at,
        received: record.received,
        origin,
        identity: record.identity,
        cursor: identity::cursor(known),
        text: excerpt(record.text),
        fact,
        context: Context::default(),
    }
}

/// Records of /dev/kmsg that were overwritten before anyone read them: the first one behind them has that number.
pub(crate) fn kmsg_hole(known: &Known<'_>, number: u64, at: Moment, fact: GapFact) -> Event {
    Event {
        at,
        received: at,
        origin: Origin { writer: Writer::Kernel, ..origin::of_machine(known) },
        identity: identity::of_kmsg_hole(known, number),
        cursor: None,
        text: "".into(),
        fact: Fact::Gap(fact),
        context: Context::default(),
    }
}

/// A fact that one record told.
pub(super) fn assembled<T>(record: &Record<'_>, fact: T) -> Assembled<T> {
    let Record { at, received, identity, text } = *record;
    Assembled { at, received, identity, text: excerpt(text), fact }
}

/// A kill is about the victim's unit, which its cgroup names.
pub(super) fn oom_event(
    writer: Writer,
    kill: Assembled<OomFact>,
    known: &Known<'_>,
    lines: &dyn Lines,
) -> Event {
    let mut origin = Origin { writer, ..origin::of_machine(known) };
    let (cgroup, process) = match &kill.fact {
        OomFact::Kill(oom) => (oom.victim.cgroup.as_deref(), Some((oom.victim.pid, None))),
        OomFact::Oomd(oomd) => (Some(&*oomd.cgroup), None),
        OomFact::Aftermath(told) => (None, Some((told.pid, Some(&told.comm)))),
        OomFact::NotPromised(asked) => (None, Some((asked.pid, Some(&asked.comm)))),
        OomFact::NoVictim { .. } => (None, None),
    };
    if let Some(subject) = cgroup.and_then(cgroup::subject_of) {
        origin.manager = subject.manager;
        origin.unit = Some(subject.unit.into());
    }
    if let Some((pid, comm)) = process {
        origin.pid = Some(pid);
        origin.comm = comm.cloned();
    }
    let context =
        if origin.unit.is_some() { lines.before(UnitHash::of_origin(&origin)) } else { Context::default() };
    Event {
        at: kill.at,
        received: kill.received,
        origin,
        identity: kill.identity,
        cursor: identity::cursor(known),
        text: kill.text,
        fact: Fact::Oom(kill.fact),
        context,
    }
}

/// An event of an assembled dump, whose first line was read earlier than now.
pub(super) struct Opened {
    pub(super) origin: Origin,
    pub(super) cursor: Option<Box<str>>,
    pub(super) context: Context,
}

impl Opened {
    pub(super) fn event<T>(self, told: Assembled<T>, fact: impl FnOnce(T) -> Fact) -> Event {
        Event {
            at: told.at,
            received: told.received,
            origin: self.origin,
            identity: told.identity,
            cursor: self.cursor,
            text: told.text,
            fact: fact(told.fact),
            context: self.context,
        }
    }
}
