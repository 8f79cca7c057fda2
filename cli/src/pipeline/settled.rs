//! What is said of times that leave something out.

use std::ops::BitOrAssign;

use nwlog_ingest::source::Stats;

/// What the [calendar](nwlog_ingest::calendar) had to settle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Years.
    years: bool,
    /// Zones that were left out.
    zones: bool,
    /// Zones whose names mean several.
    names: bool,
}

impl Settled {
    /// What was settled where so much was counted.
    pub fn of(stats: &Stats) -> Self {
        Self { years: stats.years_added > 0, zones: stats.zones_added > 0, names: stats.zones_doubtful > 0 }
    }

    /// A remark for each.
    pub fn told(self) -> impl Iterator<Item = &'static str> {
        let years = "dates without a year are taken to be of the last year before the log was written";
        let zones =
            "times without a zone are read as this machine's; TZ=ZONE before nwlog reads them as another's";
        let names =
            "a zone's name that means several is read as this machine's; TZ=ZONE before nwlog says which";
        let all = [(self.years, years), (self.zones, zones), (self.names, names)];
        all.into_iter().filter_map(|(is_so, text)| is_so.then_some(text))
    }
}

impl BitOrAssign for Settled {
    fn bitor_assign(&mut self, other: Self) {
        self.years |= other.years;
        self.zones |= other.zones;
        self.names |= other.names;
    }
}
