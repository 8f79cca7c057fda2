//! What lines of text leave out of their times, and the rule that settles it.
//!
//! Time is data here: what is settled hangs on the line and on two things that come from above, a reference and the
//! reader's zone. The reference is when the log was last written: a file's last change, the present for a pipe. Each line
//! is settled alone, so that it does not matter how a log is cut.
//!
//! - **A year** that is left out is the latest in which the date is no later than the reference and a day: clocks and zones
//!   differ by less. So a log of more than a year is read as if it were of the last one. 29 February is of a leap year.
//! - **A zone** that is left out is the reader's: that of the writer cannot be known.
//! - **A zone's name**, such as `CET`, is the reader's zone where that calls its own time so on that date; else what all zones
//!   that use the name mean by it since 2012. Where these differ (`IST`, `CST`) the time is the reader's, and that is counted.
//! - **A time that comes twice** when clocks are set back is the first of both, unless a name tells. **A time that is skipped**
//!   when they are set ahead is read as if they had not been.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, LazyLock};

use chrono::{
    Datelike, Days, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone,
};

/// A zone, as far as reading needs it.
pub trait Zone: fmt::Debug + Send + Sync {
    /// How many seconds the zone's clocks are ahead of UTC when they show a time: nothing where they skip it, two where it comes
    /// twice.
    fn ahead(&self, shown: NaiveDateTime) -> MappedLocalTime<i32>;

    /// The same where the zone calls its time by this name then.
    fn ahead_as(&self, shown: NaiveDateTime, name: &str) -> Option<i32>;

    /// What the zone's clocks show at a time of UTC.
    fn shown(&self, utc: NaiveDateTime) -> NaiveDateTime;
}

impl<Z> Zone for Z
where
    Z: TimeZone + fmt::Debug + Send + Sync,
    Z::Offset: fmt::Display,
{
    fn ahead(&self, shown: NaiveDateTime) -> MappedLocalTime<i32> {
        self.offset_from_local_datetime(&shown).map(|offset| offset.fix().local_minus_utc())
    }

    fn ahead_as(&self, shown: NaiveDateTime, name: &str) -> Option<i32> {
        let (first, second) = match self.offset_from_local_datetime(&shown) {
            MappedLocalTime::Single(offset) => (Some(offset), None),
            MappedLocalTime::Ambiguous(first, second) => (Some(first), Some(second)),
            MappedLocalTime::None => (None, None),
        };
        let is_called = |offset: &Z::Offset| offset.to_string() == name;
        [first, second].into_iter().flatten().find(is_called).map(|offset| offset.fix().local_minus_utc())
    }

    fn shown(&self, utc: NaiveDateTime) -> NaiveDateTime {
        let ahead = self.offset_from_utc_datetime(&utc).fix().local_minus_utc();
        utc.checked_add_signed(TimeDelta::seconds(ahead.into())).unwrap_or(utc)
    }
}

/// The rule, with what it needs to know. See [the module](self).
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: Arc<dyn Zone>,
    /// The latest that a date without a year can be, as the zone's clocks show it. Without one such dates stay unsettled.
    latest: Option<NaiveDateTime>,
}

/// UTC, and no reference: a date without a year has no time.
impl Default for Calendar {
    fn default() -> Self {
        Self { zone: Arc::new(chrono::Utc), latest: None }
    }
}

/// The same zone is meant where it is the same object.
impl PartialEq for Calendar {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.zone, &other.zone) && self.latest == other.latest
    }
}

impl Eq for Calendar {}

/// A time as a line writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stamp<'a> {
    /// Microseconds since 1970.
    Utc(u64),
    /// With what the zone is called: a name, or hours and minutes.
    Named {
        /// What the clock shows.
        shown: NaiveDateTime,
        /// What the zone is called.
        zone: &'a [u8],
    },
    /// Without a zone.
    Local(NaiveDateTime),
    /// Without a year and a zone.
    Yearless {
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
        /// What the clock shows.
        time: NaiveTime,
    },
    /// Microseconds since the boot.
    Boot(u64),
    /// A time that means something only beside the line before, or none at all.
    Unknown,
}

/// What the rule had to add to a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Added {
    /// The year.
    pub(crate) year: bool,
    /// The reader's zone.
    pub(crate) zone: bool,
    /// The reader's zone, for the name that is given means several.
    pub(crate) doubt: bool,
}

impl Calendar {
    /// The rule for a log that was last written at `reference`, in microseconds since 1970, read by someone in this zone.
    pub fn new(reference: u64, zone: impl Zone + 'static) -> Self {
        let utc = i64::try_from(reference).ok().and_then(chrono::DateTime::from_timestamp_micros);
        let latest = utc.and_then(|utc| zone.shown(utc.naive_utc()).checked_add_days(Days::new(1)));
        Self { zone: Arc::new(zone), latest }
    }

    /// A time of the wall clock in microseconds since 1970, and what had to be added to it.
    pub(crate) fn settle(&self, stamp: Stamp<'_>) -> Option<(u64, Added)> {
        let added = Added { zone: true, ..Added::default() };
        match stamp {
            Stamp::Utc(micros) => Some((micros, Added::default())),
            Stamp::Named { shown, zone } => {
                let (ahead, doubt) = match self.named(shown, zone) {
                    Some(ahead) => (ahead, false),
                    None => (self.ahead(shown)?, true),
                };
                Some((since_1970(shown, ahead)?, Added { doubt, ..Added::default() }))
            }
            Stamp::Local(shown) => Some((since_1970(shown, self.ahead(shown)?)?, added)),
            Stamp::Yearless { month, day, time } => {
                let shown = latest_year(month, day, time, self.latest?)?;
                Some((since_1970(shown, self.ahead(shown)?)?, Added { year: true, ..added }))
            }
            Stamp::Boot(_) | Stamp::Unknown => None,
        }
    }

    /// How far the reader's clocks are ahead when they show a time.
    fn ahead(&self, shown: NaiveDateTime) -> Option<i32> {
        // Clocks skip a day at most, and never less than what a quarter of an hour finds.
        let before = |quarters: i64| shown.checked_sub_signed(TimeDelta::minutes(15 * quarters));
        (0..=100).find_map(|quarters| match self.zone.ahead(before(quarters)?) {
            MappedLocalTime::Single(ahead) => Some(ahead),
            MappedLocalTime::Ambiguous(first, second) => Some(if quarters == 0 { first } else { second }),
            MappedLocalTime::None => None,
        })
    }

    fn named(&self, shown: NaiveDateTime, name: &[u8]) -> Option<i32> {
        let name = str::from_utf8(name).ok()?;
        numeric(name).or_else(|| self.zone.ahead_as(shown, name)).or_else(|| *NAMES.get(name)?)
    }
}

/// The date in the latest year in which it is not after `latest`. There is a leap year in any eight.
fn latest_year(month: u32, day: u32, time: NaiveTime, latest: NaiveDateTime) -> Option<NaiveDateTime> {
    (0..=8).find_map(|back| {
        let date = NaiveDate::from_ymd_opt(latest.year() - back, month, day)?;
        Some(date.and_time(time)).filter(|shown| *shown <= latest)
    })
}

fn since_1970(shown: NaiveDateTime, ahead: i32) -> Option<u64> {
    let ahead = i64::from(ahead).checked_mul(1_000_000)?;
    u64::try_from(shown.and_utc().timestamp_micros().checked_sub(ahead)?).ok()
}

/// `+05`, `-0330` and `+05:45`, which zones without a name are called by.
fn numeric(name: &str) -> Option<i32> {
    let (sign, digits) = match name.as_bytes() {
        [b'+', digits @ ..] => (1, digits),
        [b'-', digits @ ..] => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match digits {
        [_, _] => (crate::decimal::<u32>(digits)?, 0),
        [h1, h2, m1, m2] | [h1, h2, b':', m1, m2] => {
            (crate::decimal(&[*h1, *h2])?, crate::decimal(&[*m1, *m2])?)
        }
        _ => return None,
    };
    let seconds: u32 = (hours * 60 + minutes) * 60;
    (hours < 24 && minutes < 60).then_some(sign * i32::try_from(seconds).ok()?)
}

/// What zones call their times, with seconds ahead of UTC; nothing where zones, or times of one, mean different things.
/// journald is of 2012, and names of before then would only add doubt.
static NAMES: LazyLock<HashMap<String, Option<i32>>> = LazyLock::new(|| {
    let mut names: HashMap<String, Option<i32>> = HashMap::new();
    let days =
        (2012..2038).flat_map(|year| [1, 4, 7, 10].map(|month| NaiveDate::from_ymd_opt(year, month, 1)));
    let days: Vec<_> = days.flatten().map(|day| day.and_time(NaiveTime::MIN)).collect();
    for zone in chrono_tz::TZ_VARIANTS {
        for day in &days {
            let offset = zone.offset_from_utc_datetime(day);
            let ahead = offset.fix().local_minus_utc();
            let known = names.entry(offset.to_string()).or_insert(Some(ahead));
            if *known != Some(ahead) {
                *known = None;
            }
        }
    }
    names
});

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
