//! What a program said of its end before it ended by itself.

use nwlog_ingest::event::Line;
use nwlog_ingest::event::unit::{Exit, ExitCode};
use nwlog_ingest::parse::word;

use crate::incident::{Cause, Kind};
use crate::life::Life;
use crate::rule::Verdict;
use crate::timeline::TimelineItem;

/// How many of a life's last lines may hold it.
const NEAR_END: usize = 10;

/// The status that the race detector gives a program in the end (Go, doc/articles/race_detector, `exitcode`).
const RACED: i32 = 66;
/// The status of log.Fatal.
const LOGGED: i32 = 1;

/// A last word, and where it stands.
pub(crate) enum LastWord<'a> {
    /// In a line of the life.
    Line(Box<str>, &'a Line),
    /// In the race detector's report.
    Race(&'a TimelineItem),
}

impl LastWord<'_> {
    pub(crate) fn text(&self) -> Box<str> {
        match self {
            Self::Line(text, _) => text.clone(),
            Self::Race(item) => item.text.clone(),
        }
    }
}

/// The last word of a life whose end nothing else explains.
pub(crate) fn of<'a>(life: &'a Life, verdict: &Verdict) -> Option<LastWord<'a>> {
    let by_itself = matches!(verdict.cause, Some(Cause::ExitCode | Cause::Signal | Cause::CoreDump));
    if verdict.kind != Kind::UnitFailure || !by_itself {
        return None;
    }
    let exited = match life.exit.or(life.control_exit) {
        Some((_, Exit { code: ExitCode::Exited, status })) => Some(status),
        _ => None,
    };
    if let Some(race) = life.race.as_ref().filter(|_| exited == Some(RACED)) {
        return Some(LastWord::Race(&race.item));
    }
    let mut lines = life.last_lines().take(NEAR_END);
    let said = lines
        .clone()
        .find_map(|line| word::last_word(line.text.as_bytes()).map(|text| LastWord::Line(text, line)));
    said.or_else(|| {
        let line = lines.next().filter(|_| exited == Some(LOGGED))?;
        word::logged(line.text.as_bytes()).map(|text| LastWord::Line(text, line))
    })
}
