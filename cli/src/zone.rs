//! This machine's time zone, with what its times are called: `CET`, `CEST`.
//!
//! TZ is read as tzset(3) reads it: a zone's name, the path of its file, or offsets with the rules that change them,
//! `CET-1CEST,M3.5.0,M10.5.0/3`. A summer time without rules, `CET-1CEST`, means nothing by itself: POSIX leaves it to the
//! system, and glibc takes when New York changed its clocks, by the file `posixrules` up to 2037 (glibc 2.36,
//! time/tzfile.c, __tzfile_default), and where there is none by the rules M3.2.0,M11.1.0 (time/tzset.c). Here such a TZ
//! counts as not set: times are those of /etc/localtime, and without that UTC, where journalctl shows New York's
//! changes.

use std::env;
use std::fmt;

use chrono::{FixedOffset, Local, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone};
use chrono_tz::Tz;

/// The machine's own zone.
///
/// Its offsets are those of the machine's rules. Their names come from the rules that this program was built with, as
/// far as both agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalZone {
    listed: Option<Tz>,
    /// Whether that is the zone, whatever the machine's own is.
    is_chosen: bool,
}

/// An offset of the machine's zone from UTC. Shown as its name, or as `+01:00` where that is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalOffset {
    zone: LocalZone,
    fixed: FixedOffset,
    listed: Option<<Tz as TimeZone>::Offset>,
}

impl LocalZone {
    /// The zone that TZ names, else the one of /etc/localtime.
    pub fn new() -> Self {
        let name = match env::var("TZ") {
            Ok(name) => Some(name),
            Err(_) => iana_time_zone::get_timezone().ok(),
        };
        Self { listed: name.as_deref().and_then(listed), is_chosen: false }
    }

    /// Another zone in place of the machine's.
    pub fn of(zone: Tz) -> Self {
        Self { listed: Some(zone), is_chosen: true }
    }

    fn chosen(self) -> Option<Tz> {
        self.listed.filter(|_| self.is_chosen)
    }

    fn named(self, fixed: FixedOffset, utc: &NaiveDateTime) -> LocalOffset {
        let listed = self.listed.map(|listed| listed.offset_from_utc_datetime(utc));
        LocalOffset { zone: self, fixed, listed: listed.filter(|listed| listed.fix() == fixed) }
    }
}

impl Default for LocalZone {
    fn default() -> Self {
        Self::new()
    }
}

/// A zone by its name, as tzset(3) has it: with a colon before it or without, or the path of its file.
fn listed(name: &str) -> Option<Tz> {
    let name = name.strip_prefix(':').unwrap_or(name);
    name.rsplit_once("/zoneinfo/").map_or(name, |(_, name)| name).parse().ok()
}

impl TimeZone for LocalZone {
    type Offset = LocalOffset;

    fn from_offset(offset: &LocalOffset) -> Self {
        offset.zone
    }

    fn offset_from_local_date(&self, local: &NaiveDate) -> MappedLocalTime<LocalOffset> {
        self.offset_from_local_datetime(&local.and_time(NaiveTime::MIN))
    }

    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> MappedLocalTime<LocalOffset> {
        let known = match self.chosen() {
            Some(zone) => zone.offset_from_local_datetime(local).map(|offset| offset.fix()),
            None => Local.offset_from_local_datetime(local),
        };
        known.map(|fixed| {
            let utc = local.checked_sub_offset(fixed).unwrap_or(*local);
            self.named(fixed, &utc)
        })
    }

    fn offset_from_utc_date(&self, utc: &NaiveDate) -> LocalOffset {
        self.offset_from_utc_datetime(&utc.and_time(NaiveTime::MIN))
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> LocalOffset {
        let fixed = match self.chosen() {
            Some(zone) => zone.offset_from_utc_datetime(utc).fix(),
            None => Local.offset_from_utc_datetime(utc),
        };
        self.named(fixed, utc)
    }
}

impl Offset for LocalOffset {
    fn fix(&self) -> FixedOffset {
        self.fixed
    }
}

impl fmt::Display for LocalOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.listed {
            Some(listed) => listed.fmt(f),
            None => self.fixed.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn zones_are_known_by_name_and_by_path() {
        for (name, want) in [
            ("Europe/Berlin", Some(Tz::Europe__Berlin)),
            (":Europe/Berlin", Some(Tz::Europe__Berlin)),
            ("/usr/share/zoneinfo/Asia/Tokyo", Some(Tz::Asia__Tokyo)),
            (":/usr/share/zoneinfo/UTC", Some(Tz::UTC)),
            ("CET-1CEST,M3.5.0,M10.5.0/3", None),
            ("", None),
        ] {
            assert_eq!(listed(name), want, "{name}");
        }
    }

    #[test]
    fn a_chosen_zone_is_not_the_machines() {
        let utc = DateTime::from_timestamp(1_782_900_000, 0).unwrap();
        let there = utc.with_timezone(&LocalZone::of(Tz::Asia__Kathmandu));
        assert_eq!(there.to_rfc3339(), "2026-07-01T15:45:00+05:45");
        let zone = LocalZone::of(Tz::Europe__Berlin);
        let noon = there.date_naive().and_hms_opt(12, 0, 0).unwrap();
        assert_eq!(zone.from_local_datetime(&noon).unwrap().to_string(), "2026-07-01 12:00:00 CEST");
    }

    #[test]
    fn offsets_are_the_machines_and_names_only_where_the_rules_agree() {
        let utc = DateTime::from_timestamp(1_782_900_000, 0).unwrap().naive_utc();
        let fixed = Local.offset_from_utc_datetime(&utc);
        for listed in [None, Some(Tz::Asia__Kathmandu), Some(Tz::UTC), Some(Tz::Europe__Berlin)] {
            let offset = LocalZone { listed, is_chosen: false }.offset_from_utc_datetime(&utc);
            assert_eq!(offset.fix(), fixed);
            let agrees = listed.is_some_and(|zone| zone.offset_from_utc_datetime(&utc).fix() == fixed);
            assert_eq!(offset.to_string() == fixed.to_string(), !agrees, "{listed:?}");
        }
    }
}
