//! How times and durations are shown.

use chrono::{DateTime, Local, NaiveDate, SecondsFormat, Utc};
use chrono_tz::Tz;
use nwlog_ingest::time::Moment;

use crate::zone::LocalZone;

/// The time zone that times are shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// The machine's own.
    Local,
    /// UTC.
    Utc,
    /// Another one.
    Named(Tz),
}

impl Zone {
    /// A day: `2026-01-31`, and the offset from UTC where it is not zero. None where only the time since boot is known.
    pub fn day(self, moment: &Moment) -> Option<String> {
        self.format(moment, "%Y-%m-%d (UTC%:z)").map(|day| day.replace("UTC+00:00", "UTC"))
    }

    /// A time of day: `00:22:38.410`; the seconds since boot in brackets, as dmesg has them, where that is all.
    pub fn time(self, moment: &Moment) -> String {
        self.format(moment, "%H:%M:%S%.3f").unwrap_or_else(|| since_boot(moment))
    }

    /// Day and time: `2026-01-31 00:22:38`.
    pub fn day_and_time(self, moment: &Moment) -> String {
        self.format(moment, "%Y-%m-%d %H:%M:%S").unwrap_or_else(|| since_boot(moment))
    }

    /// Day and minute: `2026-01-31 00:22`.
    pub fn day_and_minute(self, moment: &Moment) -> String {
        self.format(moment, "%Y-%m-%d %H:%M").unwrap_or_else(|| since_boot(moment))
    }

    /// The zone that times are read in which name none.
    pub fn reading(self) -> LocalZone {
        match self {
            Self::Local => LocalZone::new(),
            Self::Utc => LocalZone::of(Tz::UTC),
            Self::Named(zone) => LocalZone::of(zone),
        }
    }

    /// The day of a time: its first moment, in the zone, as a date.
    pub fn date(self, micros: u64) -> Option<NaiveDate> {
        let utc = utc(&Moment { realtime: Some(micros), monotonic: None })?;
        Some(match self {
            Self::Utc => utc.date_naive(),
            Self::Local => utc.with_timezone(&Local).date_naive(),
            Self::Named(zone) => utc.with_timezone(&zone).date_naive(),
        })
    }

    fn format(self, moment: &Moment, format: &str) -> Option<String> {
        let utc = utc(moment)?;
        Some(match self {
            Self::Utc => utc.format(format).to_string(),
            Self::Local => utc.with_timezone(&Local).format(format).to_string(),
            Self::Named(zone) => utc.with_timezone(&zone).format(format).to_string(),
        })
    }
}

/// RFC 3339 in UTC, with microseconds: `2026-01-31T00:22:38.410000Z`. None where only the time since boot is known,
/// or the year does not have four digits.
pub fn rfc3339(moment: &Moment) -> Option<String> {
    utc(moment).map(|utc| utc.to_rfc3339_opts(SecondsFormat::Micros, true))
}

fn utc(moment: &Moment) -> Option<DateTime<Utc>> {
    const YEAR_10000: i64 = 253_402_300_800_000_000;
    let micros = i64::try_from(moment.realtime?).ok().filter(|micros| *micros < YEAR_10000)?;
    DateTime::from_timestamp_micros(micros)
}

fn since_boot(moment: &Moment) -> String {
    match moment.monotonic {
        Some(micros) => format!("[{:5}.{:06}]", micros / 1_000_000, micros % 1_000_000),
        None => "-".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_is_known() {
        let both = Moment::new(1_769_818_958_410_123, 7);
        assert_eq!(rfc3339(&both).as_deref(), Some("2026-01-31T00:22:38.410123Z"));
        assert_eq!(Zone::Utc.day(&both).as_deref(), Some("2026-01-31 (UTC)"));
        assert_eq!(Zone::Utc.time(&both), "00:22:38.410");
        assert_eq!(Zone::Utc.day_and_time(&both), "2026-01-31 00:22:38");

        let boot = Moment { realtime: None, monotonic: Some(12_345_678) };
        assert_eq!(rfc3339(&boot), None);
        assert_eq!(Zone::Utc.day(&boot), None);
        assert_eq!(Zone::Utc.time(&boot), "[   12.345678]");
        assert_eq!(Zone::Utc.time(&Moment::default()), "-");
    }

    #[test]
    fn times_that_no_clock_has_do_no_harm() {
        for realtime in [0, u64::MAX, i64::MAX as u64, 253_402_300_800_000_000] {
            let moment = Moment { realtime: Some(realtime), monotonic: None };
            assert_eq!(rfc3339(&moment).is_some(), realtime == 0);
            let _ = Zone::Local.time(&moment);
        }
    }
}
