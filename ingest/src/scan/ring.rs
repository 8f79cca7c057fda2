//! The last lines of every unit, for sources that cannot be read backwards.

use std::collections::{HashMap, VecDeque};

use super::CONTEXT_LINES;
use crate::event::Line;
use crate::parse::origin::UnitHash;

/// The most units whose lines are kept: with lines of at most 1.5 KiB that is 120 MiB at the worst.
const MAX_UNITS: usize = 4_096;

/// The last lines of every unit.
#[derive(Debug, Default)]
pub(super) struct Ring {
    units: HashMap<UnitHash, Lines>,
    clock: u64,
}

#[derive(Debug, Default)]
struct Lines {
    lines: VecDeque<Line>,
    used: u64,
}

impl Ring {
    /// Adds lines of a unit, oldest first.
    pub(super) fn extend(&mut self, unit: UnitHash, lines: impl Iterator<Item = Line>) {
        self.clock += 1;
        if self.units.len() >= MAX_UNITS && !self.units.contains_key(&unit) {
            self.forget_half();
        }
        let kept = self.units.entry(unit).or_default();
        kept.used = self.clock;
        for line in lines {
            if kept.lines.len() == CONTEXT_LINES {
                kept.lines.pop_front();
            }
            kept.lines.push_back(line);
        }
    }

    /// The last lines of a unit, oldest first.
    pub(super) fn last(&self, unit: UnitHash, count: usize) -> impl Iterator<Item = &Line> {
        let lines = self.units.get(&unit).map(|kept| &kept.lines);
        lines.into_iter().flat_map(move |lines| lines.iter().skip(lines.len().saturating_sub(count)))
    }

    fn forget_half(&mut self) {
        let mut used: Vec<_> = self.units.values().map(|kept| kept.used).collect();
        used.sort_unstable();
        let median = used.get(used.len() / 2).copied().unwrap_or_default();
        self.units.retain(|_, kept| kept.used >= median);
    }
}
