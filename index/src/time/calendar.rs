//! Dates and times of day.

mod grammar;

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};

use super::error::Why;
use super::zone::{self, Zone};
pub(super) use grammar::read;

/// A leap day comes again after eight years at the latest.
const YEARS_BACK: i32 = 8;

/// A date and a time of day, as they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written<'a> {
    weekday: Option<Weekday>,
    day: Day,
    /// Since midnight. A leap second makes it a day.
    time: TimeDelta,
    zone: Zone<'a>,
}

/// The date of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    Date(NaiveDate),
    /// So many days from today.
    Away(i64),
    /// The last one.
    Yearly {
        month: u32,
        day: u32,
    },
}

impl Written<'_> {
    /// When it is, as seen from a point in time and its zone.
    pub(super) fn at<Z: TimeZone<Offset: fmt::Display>>(
        &self,
        now: &DateTime<Z>,
    ) -> Result<DateTime<Utc>, Why> {
        match self.zone {
            Zone::Unsaid => self.seen(now, None),
            Zone::Offset(offset) => self.seen(&now.with_timezone(&offset), None),
            Zone::Listed(listed, name) => self.seen(&now.with_timezone(&listed), Some(name)),
            Zone::Called(name) => {
                let known = zone::called(name, &now.timezone(), now.naive_utc());
                known.ok_or_else(|| Why::NoZone(name.to_owned()))?;
                self.seen(now, Some(name))
            }
        }
    }

    /// When it is in the zone of `now`; at the offset that has this name, where one there has it.
    fn seen<Z>(&self, now: &DateTime<Z>, name: Option<&str>) -> Result<DateTime<Utc>, Why>
    where
        Z: TimeZone<Offset: fmt::Display>,
    {
        let (zone, today) = (now.timezone(), now.date_naive());
        let when = |date: NaiveDate| {
            let shown = date.and_time(NaiveTime::MIN).checked_add_signed(self.time)?;
            match name.and_then(|name| zone::called(name, &zone, shown)) {
                Some(offset) => zone::at_offset(shown, offset),
                None => zone::when(shown, &zone),
            }
        };
        let (date, time) = match self.day {
            Day::Date(date) => (Some(date), when(date)),
            Day::Away(days) => {
                let date = today.checked_add_signed(TimeDelta::days(days));
                (date, date.and_then(when))
            }
            Day::Yearly { month, day } => {
                let years = (0..=YEARS_BACK).filter_map(|back| today.year().checked_sub(back));
                let dates = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
                let mut past = dates.map(|date| (Some(date), when(date)));
                let past = past.find(|(_, time)| time.is_some_and(|time| time <= *now));
                past.ok_or(Why::Bounds)?
            }
        };
        let (date, time) = date.zip(time).ok_or(Why::Bounds)?;
        match self.weekday {
            Some(weekday) if date.weekday() != weekday => Err(Why::OtherDay(date)),
            _ => Ok(time),
        }
    }
}
