//! Where lines are known to be missing, what was not said is no proof.

use nwlog_ingest::event::gap::GapKind;
use nwlog_ingest::time::Moment;

use super::{Machine, Noted};
use crate::key::Subject;

impl Noted {
    fn from(&self) -> Moment {
        self.fact.since.unwrap_or(self.at)
    }

    /// Whether the manager's words are what is missing: a rate limit is a service's own, and the manager's is that of
    /// `init.scope`.
    fn is_managers(&self) -> bool {
        self.fact.what == GapKind::RateLimited && self.unit.as_deref() == Some("init.scope")
    }

    /// Whether they may be: of numbers that no file has nobody knows whose they are. Mostly they are in a user's journal,
    /// which was not read.
    fn may_be_managers(&self) -> bool {
        self.is_managers() || self.fact.what == GapKind::Sequence
    }
}

impl Machine {
    /// Whether silence between two moments proves nothing, for the manager's word may be missing.
    pub(super) fn is_blind(&self, from: &Moment, to_key: u64) -> bool {
        let between = |gap: &&Noted| gap.at.order(from).is_ge() && gap.from().key() <= to_key;
        self.gaps.iter().filter(between).any(Noted::may_be_managers)
    }

    /// Whether the manager's words are missing from after a moment.
    pub(super) fn is_deaf_after(&self, from: &Moment) -> bool {
        self.gaps.iter().any(|gap| gap.at.order(from).is_ge() && gap.is_managers())
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
