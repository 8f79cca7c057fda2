//! One run of the OOM killer, while its records come.

mod told;

use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::cgroup::contains;
use super::kill::{Kill, Message};
use super::machine::Machine;
use super::memcg::Limited;
use super::stats::Counters;
use super::summary::{Summary, summary};
use super::tasks::{Columns, row};
use super::top::Top;
use super::usage::Usage;
use crate::event::oom::{Constraint, OomNote, OomNoteKind, Request, Task};
use crate::parse::{Record, excerpt};
use crate::time::Moment;

/// How long a block may say nothing, in its own time, before what comes is not its own any more. A slow serial
/// console takes seconds between a header and the task table.
const MAX_SILENCE_US: u64 = 10_000_000;

/// How many records of others may come before what comes is not a block's own any more.
const MAX_OTHERS: u32 = 20_000;

/// The longest time between two kills of a group: the kernel prints them in one loop.
const GROUP_GAP_US: u64 = 100_000;

/// The same where only the wall clock is known: text has it in whole seconds.
const GROUP_GAP_COARSE_US: u64 = 1_000_000;

/// The longest summary: two paths of PATH_MAX, and the rest.
const MAX_SUMMARY: usize = 9 * 1024;

/// How far a block is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Stage {
    /// Its kill line is still to come.
    #[default]
    Open,
    /// Its kill line came. Only its group may follow.
    Killed,
    /// Its group is being killed.
    Group,
}

/// What the lines of a block told so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Block {
    /// How far it is.
    pub(super) stage: Stage,
    id: Option<u64>,
    last: Moment,
    others: u32,
    invoker: Option<Task>,
    message: Option<Message>,
    chosen: Option<u32>,
    limited: Option<Limited>,
    summary: Option<Summary>,
    part: Vec<u8>,
    usage: Option<Usage>,
    #[serde(default)]
    asked: bool,
    #[serde(default)]
    request: Option<Request>,
    #[serde(default)]
    stats: Option<Counters>,
    #[serde(default)]
    machine: Option<Machine>,
    columns: Option<Columns>,
    top: Top,
    notes: Vec<OomNote>,
}

impl Block {
    /// Begins with a header, after sysrq's line if it has one.
    pub(super) fn headed(record: &Record<'_>, sysrq: Option<Self>, invoker: Task, request: Request) -> Self {
        // 4.3 and later write an order that no allocation has where sysrq asked.
        let is_sysrq = request.order == Some(-1);
        let sysrq = sysrq.filter(|_| is_sysrq || request.order == Some(0));
        let asked = is_sysrq || sysrq.is_some();
        let mut notes = sysrq.map(|sysrq| sysrq.notes).unwrap_or_default();
        if asked && notes.is_empty() {
            notes.push(note(record, OomNoteKind::Asked));
        }
        notes.push(note(record, OomNoteKind::Invoked));
        let (id, invoker, request) = (Some(record.identity.0), Some(invoker), Some(request));
        Self { id, invoker, request, notes, asked, ..Self::default() }
    }

    /// Begins with sysrq's line.
    pub(super) fn asked(record: &Record<'_>) -> Self {
        Self { asked: true, notes: vec![note(record, OomNoteKind::Asked)], ..Self::default() }
    }

    /// Whether nothing but sysrq's line came yet.
    pub(super) fn awaits_header(&self) -> bool {
        self.stage == Stage::Open
            && self.asked
            && self.request.is_none()
            && self.chosen.is_none()
            && self.wants_summary()
    }

    /// Says that a record is the block's own.
    pub(super) fn touch(&mut self, record: &Record<'_>) {
        self.last = record.at;
        self.others = 0;
    }

    /// Whether the block still goes on when a record comes.
    pub(super) fn lives(&self, at: &Moment) -> bool {
        self.others <= MAX_OTHERS && at.since(&self.last) <= MAX_SILENCE_US
    }

    /// Whether the line of a limit may be the block's own: none came yet.
    pub(super) const fn wants_limited(&self) -> bool {
        self.limited.is_none()
    }

    /// Whether a summary may be the block's own: none came yet.
    pub(super) const fn wants_summary(&self) -> bool {
        self.summary.is_none() && self.part.is_empty()
    }

    /// Whether the choice of a victim may be the block's own: none came yet, and it is for the same reason.
    pub(super) fn wants_choice(&self, message: Message) -> bool {
        self.chosen.is_none() && self.agrees(Some(message))
    }

    /// Whether a kill is the block's own.
    pub(super) fn wants_kill(&self, kill: &Kill, at: &Moment) -> bool {
        let named = self.summary.as_ref().is_none_or(|summary| summary.pid == kill.victim.pid);
        match self.stage {
            Stage::Open => named && self.agrees(kill.message),
            Stage::Killed => false,
            Stage::Group => self.at_once(at) && self.agrees(kill.message),
        }
    }

    /// Whether a group is that of the block's victim.
    pub(super) fn wants_group(&self, path: &str, at: &Moment) -> bool {
        let cgroup = self.summary.as_ref().and_then(|summary| summary.task_memcg.as_deref());
        let in_time = match self.stage {
            Stage::Open => true,
            Stage::Killed => self.at_once(at),
            Stage::Group => false,
        };
        in_time && cgroup.is_none_or(|cgroup| contains(path, cgroup))
    }

    fn at_once(&self, at: &Moment) -> bool {
        let coarse = at.monotonic.is_none() || self.last.monotonic.is_none();
        at.since(&self.last) <= if coarse { GROUP_GAP_COARSE_US } else { GROUP_GAP_US }
    }

    /// Whether a message can be this block's: a memory cgroup's limit was reached in both, or in none.
    fn agrees(&self, message: Option<Message>) -> bool {
        message.zip(self.by_memcg()).is_none_or(|(message, by_memcg)| message.by_memcg() == by_memcg)
    }

    fn by_memcg(&self) -> Option<bool> {
        let summary = self.summary.as_ref().and_then(|summary| summary.constraint);
        let told = self.limited.is_some() || self.usage.is_some();
        summary
            .map(|constraint| constraint == Constraint::Memcg)
            .or(told.then_some(true))
            .or(self.asked.then_some(false))
            .or(self.message.map(Message::by_memcg))
    }

    /// Keeps the invoker's pid. Another task's stack may come in between.
    pub(super) fn set_caller(&mut self, caller: &Caller) {
        let invoker = self.invoker.as_mut().filter(|invoker| caller.comm.starts_with(&*invoker.comm));
        if let Some(invoker) = invoker {
            invoker.pid.get_or_insert(caller.pid);
        }
    }

    /// Keeps the first usage of memory.
    pub(super) fn set_usage(&mut self, record: &Record<'_>, usage: Usage) {
        if self.usage.is_none() {
            self.usage = Some(usage);
            self.notes.push(note(record, OomNoteKind::Usage));
        }
    }

    /// Adds what the memory of a cgroup was used for.
    pub(super) fn add_stats(&mut self, stats: &Counters) {
        self.stats.get_or_insert_default().add_all(stats);
    }

    /// Keeps what the machine had left.
    pub(super) fn set_machine(&mut self, record: &Record<'_>, machine: Machine) {
        if self.machine.is_none() {
            self.machine = Some(machine);
            self.notes.push(note(record, OomNoteKind::Machine));
        }
    }

    /// Keeps whose limit it was.
    pub(super) fn set_limited(&mut self, limited: Limited) {
        self.limited = Some(limited);
    }

    /// Begins the task table.
    pub(super) fn set_columns(&mut self, columns: Columns) {
        self.columns = Some(columns);
        self.top = Top::default();
    }

    /// Keeps which process was chosen.
    pub(super) fn set_choice(&mut self, message: Message, pid: u32) {
        self.message = Some(message);
        self.chosen = Some(pid);
    }

    /// Keeps the summary.
    pub(super) fn set_summary(&mut self, summary: Summary) {
        self.summary = Some(summary);
        self.part = Vec::new();
    }

    /// Keeps the beginning of a summary that is longer than a record, or was cut by another CPU's.
    pub(super) fn set_part(&mut self, text: &[u8]) {
        self.part = text.into();
    }

    /// Reads a record that no grammar knows by itself: a row of the table, or the next piece of a summary.
    pub(super) fn read_on(&mut self, record: &Record<'_>) {
        if let Some(Ok((_, row))) = self.columns.map(|columns| row(columns, record.text)) {
            self.top.offer(&row);
            self.touch(record);
        } else if (matches!(record.text.first(), Some(b',' | b'/')) && self.piece(record.text))
            || self.counts(record.text)
        {
            self.touch(record);
        } else {
            self.others = self.others.saturating_add(1);
        }
    }

    /// Reads a counter of the cgroup's or of the machine's memory. The table comes after them.
    fn counts(&mut self, text: &[u8]) -> bool {
        if self.columns.is_some() {
            return false;
        }
        self.stats.as_mut().is_some_and(|stats| stats.add_record(text))
            || self.machine.as_mut().is_some_and(|machine| machine.add_record(text))
    }

    fn piece(&mut self, text: &[u8]) -> bool {
        let fits = !self.part.is_empty() && self.part.len() + text.len() <= MAX_SUMMARY;
        if fits {
            self.part.extend_from_slice(text);
            if let Ok((_, summary)) = summary(&self.part) {
                self.set_summary(summary);
            }
        }
        fits
    }
}

fn note(record: &Record<'_>, kind: OomNoteKind) -> OomNote {
    OomNote { at: record.at, kind, text: excerpt(record.text) }
}
