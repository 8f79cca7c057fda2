//! Where lines are known to be missing, what was not said is no proof.

use nwlog_ingest::event::gap::GapKind;
use nwlog_ingest::time::Moment;

use super::{Machine, Noted};
use crate::key::Subject;

impl Noted {
    fn from(&self) -> Moment {
        self.fact.since.unwrap_or(self.at)
    }

    /// Whether something that the manager said of a unit may be among what is missing. A rate limit is a service's own, and
    /// the manager's is that of `init.scope`.
    fn hides_manager(&self, subject: &Subject) -> bool {
        match self.fact.what {
            GapKind::Sequence => self.unit.is_none() || self.unit == subject.unit,
            GapKind::RateLimited => self.unit.as_deref() == Some("init.scope"),
            _ => false,
        }
    }
}

impl Machine {
    /// Whether the manager's word on a unit may be missing from between two moments.
    pub(super) fn is_blind(&self, subject: &Subject, from: &Moment, to_key: u64) -> bool {
        let between = |gap: &&Noted| gap.at.order(from).is_ge() && gap.from().key() <= to_key;
        self.gaps.iter().filter(between).any(|gap| gap.hides_manager(subject))
    }

    /// The gaps that matter to what happened between two moments.
    pub(super) fn gaps_near(
        &self,
        subject: &Subject,
        first: &Moment,
        last: &Moment,
        within_us: u64,
    ) -> impl Iterator<Item = crate::incident::Gap> {
        let near = move |gap: &&Noted| {
            gap.at.key().saturating_add(within_us) >= first.key()
                && gap.from().key() <= last.key().saturating_add(within_us)
                && (gap.unit.is_none()
                    || gap.unit.as_deref() == Some("init.scope")
                    || gap.unit == subject.unit)
        };
        self.gaps.iter().filter(near).map(|gap| crate::incident::Gap {
            from: gap.from(),
            to: gap.at,
            what: gap.fact.what,
            count: gap.fact.count,
        })
    }
}
