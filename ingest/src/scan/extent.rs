//! How much of a log is read.

use crate::Id128;
use crate::entry::{Known, decimal};

/// How much of a log is read: what lies outside is as if it were not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Nothing that was stored before this, in microseconds since 1970.
    pub since: Option<u64>,
    /// Nothing that was stored after this, in microseconds since 1970.
    pub until: Option<u64>,
    /// Nothing but what one boot stored.
    pub boot: Option<Id128>,
}

impl Extent {
    /// Whether everything is read.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a time, in microseconds since 1970, lies within. What has no time is within any: it cannot be said that it
    /// is not.
    pub fn holds_time(&self, realtime: Option<u64>) -> bool {
        let Some(realtime) = realtime else { return true };
        self.since.is_none_or(|since| realtime >= since) && self.until.is_none_or(|until| realtime <= until)
    }

    /// Whether an entry is read. One that names no boot is of none.
    pub fn holds(&self, realtime: Option<u64>, boot: Option<Id128>) -> bool {
        self.holds_time(realtime) && self.boot.is_none_or(|wanted| boot == Some(wanted))
    }

    pub(super) fn holds_entry(&self, known: &Known<'_>) -> bool {
        self.is_all() || self.holds(known.realtime.and_then(decimal), known.boot_id.and_then(Id128::parse))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_are_within() {
        let extent = Extent { since: Some(5), until: Some(9), boot: None };
        let held: Vec<u64> = (0..20).filter(|time| extent.holds(Some(*time), None)).collect();
        assert_eq!(held, [5, 6, 7, 8, 9]);
        assert!(extent.holds(None, None) && Extent::default().holds(Some(0), None));
    }

    #[test]
    fn a_boot_is_its_own_entries() {
        let [one, other] = [7, 8].map(Id128::from_u128);
        let extent = Extent { boot: Some(one), ..Extent::default() };
        assert!(extent.holds(None, Some(one)));
        assert!(!extent.holds(None, Some(other)) && !extent.holds(Some(1), None));
    }
}
