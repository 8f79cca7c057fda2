//! Records of /dev/kmsg that a dump of it lacks, by their numbers.

use serde::{Deserialize, Serialize};

use crate::event::gap::{GapFact, GapKind};
use crate::time::Moment;

/// So many numbers without a jump are dense. A dump that was filtered has shorter runs.
const DENSE: u32 = 32;

/// The numbers of one kernel's records, as they come.
///
/// A jump is believed between two dense runs, so that it is known only once the second one is there.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::parse) struct Sequence {
    last: Option<(u64, Moment)>,
    run: u32,
    jump: Option<Jump>,
}

/// A jump, with the record behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Jump {
    count: u64,
    since: Moment,
    at: Moment,
    number: u64,
}

/// Numbers that no record has.
#[derive(Debug, PartialEq)]
pub(in crate::parse) struct Hole {
    pub(in crate::parse) fact: GapFact,
    /// When the first record behind it was written.
    pub(in crate::parse) at: Moment,
    /// The number of that record.
    pub(in crate::parse) number: u64,
}

impl Sequence {
    /// Takes the next record's number. Gives the hole that it proves.
    pub(in crate::parse) fn note(&mut self, number: u64, at: Moment) -> Option<Hole> {
        let before = self.last.replace((number, at));
        match before.and_then(|(last, since)| Some((number.checked_sub(last)?, since))) {
            Some((1, _)) => self.run = self.run.saturating_add(1),
            Some((step, since)) if step > 1 => {
                let count = step.saturating_sub(1);
                self.jump = (self.run >= DENSE).then_some(Jump { count, since, at, number });
                self.run = 1;
            }
            // The same record again, or another dump.
            _ => {
                self.jump = None;
                self.run = 1;
            }
        }
        let Jump { count, since, at, number } = self.jump.take_if(|_| self.run >= DENSE)?;
        let fact = GapFact { what: GapKind::KmsgSequence, count: Some(count), since: Some(since) };
        Some(Hole { fact, at, number })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holes(numbers: impl Iterator<Item = u64>) -> Vec<(u64, Option<u64>)> {
        let mut sequence = Sequence::default();
        let note = |number| sequence.note(number, Moment::new(number, number));
        numbers.filter_map(note).map(|hole| (hole.number, hole.fact.count)).collect()
    }

    #[test]
    fn a_jump_between_dense_runs_is_a_hole() {
        assert_eq!(holes((0..100).chain(350..400).chain(401..500)), [(350, Some(250)), (401, Some(1))]);
        assert_eq!(holes(1_000..1_100), []);
    }

    #[test]
    fn a_filtered_dump_has_none() {
        assert_eq!(holes((0..2_000).step_by(3)), []);
        assert_eq!(holes((0..2_000).filter(|number| number % 31 != 0)), []);
        assert_eq!(holes((0..100).chain(200..210).chain(300..310)), []);
        assert_eq!(holes((0..100).chain(0..100)), []);
    }
}
