//! The last lines of every unit, for sources that cannot be read backwards.
//!
//! A line that comes twice, because two exports have it or one was read again, is one line.

use std::collections::{HashMap, VecDeque};

use super::CONTEXT_LINES;
use crate::event::Line;
use crate::parse::origin::UnitHash;

/// The most units whose lines are kept: with lines of at most 1.5 KiB that is 120 MiB at the worst.
const MAX_UNITS: usize = 4_096;

/// What a line takes besides its text, in bytes.
const LINE_BYTES: usize = 64;

/// The last lines of every unit.
#[derive(Debug, Default)]
pub(super) struct Ring {
    units: HashMap<UnitHash, Lines>,
    clock: u64,
}

#[derive(Debug, Default)]
struct Lines {
    lines: VecDeque<Kept>,
    used: u64,
}

/// A line, and what tells it from all but its copies, where it has that.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) line: Line,
    pub(super) copy: Option<u64>,
}

/// Leaves out copies of lines before them, and all but the newest lines.
pub(super) fn newest(lines: impl IntoIterator<Item = Kept>) -> VecDeque<Kept> {
    let mut newest: VecDeque<Kept> = VecDeque::new();
    for kept in lines {
        if kept.copy.is_some() && newest.iter().any(|known| known.copy == kept.copy) {
            continue;
        }
        if newest.len() == CONTEXT_LINES {
            newest.pop_front();
        }
        newest.push_back(kept);
    }
    newest
}

impl Ring {
    /// Adds lines of a unit, oldest first.
    pub(super) fn extend(&mut self, unit: UnitHash, lines: impl Iterator<Item = Kept>) {
        let kept = self.of(unit);
        kept.lines = newest(std::mem::take(&mut kept.lines).into_iter().chain(lines));
    }

    /// Adds a line of a unit that is no copy.
    pub(super) fn push(&mut self, unit: UnitHash, line: Line) {
        let lines = &mut self.of(unit).lines;
        if lines.len() >= CONTEXT_LINES {
            lines.pop_front();
        }
        lines.push_back(Kept { line, copy: None });
    }

    fn of(&mut self, unit: UnitHash) -> &mut Lines {
        self.clock += 1;
        if self.units.len() >= MAX_UNITS && !self.units.contains_key(&unit) {
            self.forget_half();
        }
        let kept = self.units.entry(unit).or_default();
        kept.used = self.clock;
        kept
    }

    /// The last lines of a unit, oldest first.
    pub(super) fn last(&self, unit: UnitHash) -> impl Iterator<Item = &Kept> {
        self.units.get(&unit).into_iter().flat_map(|kept| &kept.lines)
    }

    /// The lines of the units that wrote last, as many as have so many bytes; the unit that wrote last comes last.
    pub(super) fn newest(&self, max_bytes: usize) -> Vec<(UnitHash, Vec<&Line>)> {
        let mut units: Vec<_> = self.units.iter().collect();
        units.sort_by_key(|(_, kept)| std::cmp::Reverse(kept.used));
        let mut room = max_bytes;
        let mut newest = Vec::new();
        for (unit, kept) in units {
            let lines: Vec<_> = kept.lines.iter().map(|kept| &kept.line).collect();
            let bytes: usize = lines.iter().map(|line| line.text.len() + LINE_BYTES).sum();
            let Some(left) = room.checked_sub(bytes) else { break };
            room = left;
            newest.push((*unit, lines));
        }
        newest.reverse();
        newest
    }

    fn forget_half(&mut self) {
        let mut used: Vec<_> = self.units.values().map(|kept| kept.used).collect();
        used.sort_unstable();
        let median = used.get(used.len() / 2).copied().unwrap_or_default();
        self.units.retain(|_, kept| kept.used >= median);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Moment;

    fn kept(n: u64, copy: Option<u64>) -> Kept {
        let line = Line {
            at: Moment::default(),
            invocation: None,
            pid: None,
            fields: Default::default(),
            text: n.to_string().into(),
        };
        Kept { line, copy }
    }

    #[test]
    fn a_copy_is_no_line_and_the_newest_are_kept() {
        let twice = (0..30).flat_map(|n| [kept(n, Some(n)), kept(n, Some(n))]);
        let texts: Vec<_> = newest(twice).into_iter().map(|kept| kept.line.text).collect();
        let last: Vec<Box<str>> = (10..30).map(|n: u64| n.to_string().into()).collect();
        assert_eq!(texts, last);
        // What has no identity may be said twice.
        assert_eq!(newest([kept(1, None), kept(1, None)]).len(), 2);
    }
}
