//! The lines of a unit that an occurrence takes along.

use nwlog_ingest::Id128;
use nwlog_ingest::event::{Context, Line, Writer};
use nwlog_ingest::time::Moment;

use crate::incident::{ContextLine, Kind};
use crate::key::Subject;
use crate::life::Life;
use crate::timeline::{Link, TimelineItem};

/// How many of a life's last lines stand in the timeline.
const LAST_LINES: usize = 3;

/// The last lines of a life that say something of their own: neither the dump that tells of its end, nor the refusals that
/// are counted.
pub(super) fn last_lines(life: &Life, kind: Kind) -> Vec<&Line> {
    let dump = life.dumps.iter().rev().find(|dump| !dump.is_recovered());
    // The lines of a life were told from others' when its end was told; those before a dump were not.
    let own = move |line: &&Line| {
        line.invocation.map_or(dump.is_none(), |invocation| life.invocation == Some(invocation))
    };
    // Refusals are counted, and what a device failed has an item of its own.
    let told = move |line: &&Line| {
        let fact = nwlog_ingest::parse::disk::told(line.text.as_bytes());
        fact.is_some_and(|fact| kind == Kind::DiskFull || !fact.error.is_refusal())
    };
    let wanted = |line: &&Line| own(line) && !told(line);
    let mut last: Vec<_> = match dump {
        Some(dump) => dump.context.iter().rev().filter(wanted).take(LAST_LINES).collect(),
        None => life.last_lines().filter(wanted).take(LAST_LINES).collect(),
    };
    last.reverse();
    last
}

/// A life's own line, which it wrote before it ended, however late it was stored.
pub(super) fn line_item(subject: &Subject, line: &Line, end: &Moment) -> TimelineItem {
    TimelineItem {
        at: if line.at.order(end).is_gt() { *end } else { line.at },
        source: Writer::Unit,
        event: "line".into(),
        unit: subject.unit.clone(),
        pid: line.pid,
        text: line.text.clone(),
        link: Link::Invocation,
        count: 1,
        occurrence: 0,
    }
}

/// The lines before a moment. The life's own ones were written before it ended, however late they were stored.
pub(super) fn context(lines: &Context, until: &Moment, life: Option<Id128>) -> Vec<ContextLine> {
    let written = |line: &Line| if line.at.order(until).is_gt() { *until } else { line.at };
    let lines = before(lines, until, life).into_iter();
    lines.map(|line| ContextLine { at: written(line), text: line.text.clone() }).collect()
}

/// The lines that are told as before a moment.
pub(super) fn before<'a>(lines: &'a Context, until: &Moment, life: Option<Id128>) -> Vec<&'a Line> {
    let is_own =
        |line: &Line| life.is_some() && line.invocation.is_none_or(|invocation| Some(invocation) == life);
    lines.iter().filter(|line| line.at.order(until).is_le() || is_own(line)).collect()
}
