#![allow(clippy::unwrap_used)]

use chrono::{DateTime, FixedOffset};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::parse_time;

/// A Sunday in winter.
const NOW: &str = "2026-03-01T10:20:30.5+01:00";

fn at(zone: Tz) -> DateTime<Tz> {
    DateTime::parse_from_rfc3339(NOW).unwrap().with_timezone(&zone)
}

fn berlin() -> DateTime<Tz> {
    at(Tz::Europe__Berlin)
}

fn micros(rfc3339: &str) -> u64 {
    DateTime::parse_from_rfc3339(rfc3339).unwrap().timestamp_micros().try_into().unwrap()
}

/// What systemd has not, or what the clock of a run would have to say: index/tests/index/time.rs has the rest.
#[test]
fn reads_what_people_write() {
    for (text, want) in [
        ("now", NOW),
        ("today", "2026-03-01T00:00:00+01:00"),
        ("yesterday", "2026-02-28T00:00:00+01:00"),
        ("tomorrow", "2026-03-02T00:00:00+01:00"),
        ("yesterday 23:00", "2026-02-28T23:00:00+01:00"),
        ("today Asia/Tokyo", "2026-03-01T00:00:00+09:00"),
        ("today Pacific/Kiritimati", "2026-03-01T00:00:00+14:00"),
        ("today Pacific/Niue", "2026-02-28T00:00:00-11:00"),
        ("tomorrow UTC", "2026-03-02T00:00:00Z"),
        ("tomorrow 06:00 -11:00", "2026-03-01T06:00:00-11:00"),
        ("2026-02-03", "2026-02-03T00:00:00+01:00"),
        ("2026-07-03", "2026-07-03T00:00:00+02:00"),
        ("2026-02-03 04:05", "2026-02-03T04:05:00+01:00"),
        ("2026-02-03T04:05:06.25", "2026-02-03T04:05:06.25+01:00"),
        ("2026-02-03t04:05z", "2026-02-03T04:05:00Z"),
        ("2026-02-03T04:05:06Z", "2026-02-03T04:05:06Z"),
        ("2026-02-03T04:05:06.5-07:30", "2026-02-03T04:05:06.5-07:30"),
        ("2026-11-23T01:13:37.621200+0000", "2026-11-23T01:13:37.6212Z"),
        ("2026-11-23T01:13:37+01", "2026-11-23T01:13:37+01:00"),
        ("2026-02-03 04:05 UTC", "2026-02-03T04:05:00Z"),
        ("2026-02-03 UTC", "2026-02-03T00:00:00Z"),
        ("2026-02-03Z", "2026-02-03T00:00:00Z"),
        ("2026-02-03 Z", "2026-02-03T00:00:00Z"),
        ("2026-02-03-05:00", "2026-02-03T00:00:00-05:00"),
        ("2026-02-03 04:05 +0530", "2026-02-03T04:05:00+05:30"),
        ("Tue 2026-02-03 04:05:06 CET", "2026-02-03T04:05:06+01:00"),
        ("2026-02-03 04:05 CEST", "2026-02-03T04:05:00+02:00"),
        ("2026-07-03 04:05 CET", "2026-07-03T04:05:00+01:00"),
        ("2026-07-03 04:05 Europe/Berlin", "2026-07-03T04:05:00+02:00"),
        ("2026-07-03 04:05 America/New_York", "2026-07-03T04:05:00-04:00"),
        ("2026-07-03 04:05 Etc/GMT+5", "2026-07-03T04:05:00-05:00"),
        ("04:05", "2026-03-01T04:05:00+01:00"),
        ("Sun 04:05", "2026-03-01T04:05:00+01:00"),
        ("23:59:59.999", "2026-03-01T23:59:59.999+01:00"),
        ("23:59:60", "2026-03-02T00:00:00+01:00"),
        ("04:05 Asia/Tokyo", "2026-03-01T04:05:00+09:00"),
        ("04:05 +14:00", "2026-03-01T04:05:00+14:00"),
        ("04:05 -11:00", "2026-02-28T04:05:00-11:00"),
        ("Mar 01 10:20:30", "2026-03-01T10:20:30+01:00"),
        ("Mar  1 10:20:31", "2025-03-01T10:20:31+01:00"),
        ("Nov 23 01:13:38", "2025-11-23T01:13:38+01:00"),
        ("nov 23 01:13:38.621200", "2025-11-23T01:13:38.6212+01:00"),
        ("November 23 01:13 UTC", "2025-11-23T01:13:00Z"),
        ("Sun Nov 23 01:13:38", "2025-11-23T01:13:38+01:00"),
        ("Feb 29 12:00", "2024-02-29T12:00:00+01:00"),
        ("@0", "1970-01-01T00:00:00Z"),
        ("@1h30min", "1970-01-01T01:30:00Z"),
        ("@1772353230.5", "2026-03-01T08:20:30.5Z"),
        ("1772353230", "2026-03-01T08:20:30Z"),
        ("1772353230.5", "2026-03-01T08:20:30.5Z"),
        ("1772353230500", "2026-03-01T08:20:30.5Z"),
        ("1772353230500001", "2026-03-01T08:20:30.500001Z"),
        ("1772353230500001999", "2026-03-01T08:20:30.500001Z"),
        ("+2h", "2026-03-01T12:20:30.5+01:00"),
        ("2h ago", "2026-03-01T08:20:30.5+01:00"),
        ("2 h left", "2026-03-01T12:20:30.5+01:00"),
        ("1d12h ago", "2026-02-27T22:20:30.5+01:00"),
        ("-1.5h", "2026-03-01T08:50:30.5+01:00"),
        ("-.5h", "2026-03-01T09:50:30.5+01:00"),
        ("-90", "2026-03-01T10:19:00.5+01:00"),
        ("-1month", "2026-01-29T23:50:30.5+01:00"),
        ("-1y", "2025-03-01T04:20:30.5+01:00"),
        (" 2 h  ago ", "2026-03-01T08:20:30.5+01:00"),
    ] {
        assert_eq!(parse_time(text, &berlin()), Ok(micros(want)), "{text}");
    }
}

#[test]
fn reads_every_unit() {
    const SECOND: u64 = 1_000_000;
    for (units, size) in [
        ("usec us µs μs", 1),
        ("msec ms", 1_000),
        ("seconds second sec s", SECOND),
        ("minutes minute min m", 60 * SECOND),
        ("hours hour hr h", 3_600 * SECOND),
        ("days day d", 86_400 * SECOND),
        ("weeks week w", 604_800 * SECOND),
        ("months month M", 2_629_800 * SECOND),
        ("years year y", 31_557_600 * SECOND),
    ] {
        for unit in units.split(' ') {
            for text in [format!("@3{unit}"), format!("@1 {unit} 2{unit}")] {
                assert_eq!(parse_time(&text, &berlin()), Ok(3 * size), "{text}");
            }
        }
    }
}

#[test]
fn a_clock_that_is_set_has_hours_twice_or_not_at_all() {
    for (zone, text, want) in [
        (Tz::Europe__Berlin, "2026-10-25 02:30", "2026-10-25T01:30:00Z"),
        (Tz::Europe__Berlin, "2026-10-25 02:30 CEST", "2026-10-25T00:30:00Z"),
        (Tz::Europe__Berlin, "2026-10-25 02:30 CET", "2026-10-25T01:30:00Z"),
        (Tz::America__New_York, "2026-11-01 01:30", "2026-11-01T05:30:00Z"),
        (Tz::America__New_York, "2026-11-01 01:30 EST", "2026-11-01T06:30:00Z"),
        (Tz::Europe__Berlin, "2026-03-29 02:30", "2026-03-29T03:30:00+02:00"),
        (Tz::Asia__Tokyo, "2026-03-29 02:30 Europe/Berlin", "2026-03-29T03:30:00+02:00"),
        (Tz::Australia__Lord_Howe, "2026-10-04 02:15", "2026-10-04T02:45:00+11:00"),
        (Tz::America__Havana, "2023-03-12", "2023-03-12T01:00:00-04:00"),
        (Tz::Pacific__Apia, "2011-12-30 12:00", "2011-12-31T12:00:00+14:00"),
        (Tz::Europe__Dublin, "2026-03-29 01:30", "2026-03-29T02:30:00+01:00"),
    ] {
        assert_eq!(parse_time(text, &at(zone)), Ok(micros(want)), "{zone} {text}");
    }
}

#[test]
fn says_what_is_wrong() {
    for (text, why, hint) in [
        ("", "it is empty", "write 2026-01-31"),
        ("soon", "is not a time: expected a date or a time of day", "write 2026-01-31"),
        ("Mon soon", "expected a date or a time of day at `soon`", ""),
        ("Yesterday", "expected a date or", "yesterday"),
        ("-", "expected a number at its end", "-2h"),
        ("-3.", "expected a digit at its end", "-2h"),
        ("-1h -30min", "expected a number at `-30min`", "-2h"),
        ("-1.5.5", "expected a unit of time at `.5`", "-2h"),
        ("-2 parsecs", "no unit of time is called `parsecs`", "units are us"),
        ("2h", "it says how long, but not how long ago", "write -2h or \"2h ago\""),
        ("5", "it says how long", "write -5 or"),
        ("2026", "it says how long", "write -2026"),
        ("@", "expected a number at its end", ""),
        ("@1x", "no unit of time is called `x`", "units are"),
        ("@1 UTC", "no unit of time is called", "units are"),
        ("now UTC", "expected a date", ""),
        ("126-02-03", "there is no year 126", ""),
        ("2026-13-03", "there is no month 13", ""),
        ("2026-02-30", "2026-02 has no day 30", ""),
        ("2026-00-01", "there is no month 00", ""),
        ("2026-02-0304:05", "there is no day 0304", ""),
        ("Feb 30 12:00", "February has no day 30", ""),
        ("Nov 23", "expected a time of day at its end", ""),
        ("2026-02", "expected `-` and a day at its end", ""),
        ("2026-02-03 25:00", "there is no hour 25", ""),
        ("2026-02-03 24:00", "there is no hour 24", ""),
        ("2026-02-03 12:60", "there is no minute 60", ""),
        ("2026-02-03 12:30:61", "there is no second 61", ""),
        ("2026-02-03 12:30:", "expected a digit at its end", ""),
        ("2026-02-03 12:30:15.", "expected a digit at its end", ""),
        ("2026-02-03 12", "expected `:` and minutes at its end", ""),
        ("2026-02-03Today", "expected a time of day at `oday`", ""),
        ("2026-02-03 12:30x", "expected a space at `x`", ""),
        ("Mon", "expected a date after the weekday at its end", ""),
        ("Mon 2026-02-03", "2026-02-03 is a Tuesday", ""),
        ("Mon 12:30", "2026-03-01 is a Sunday", ""),
        ("2026-02-03 04:05 JST", "no time zone is called `JST`", "+02:00 or a name like Europe/Berlin"),
        ("2026-02-03 04:05 +02:00x", "expected an offset like +02:00 at `+02:00x`", ""),
        ("2026-02-03 04:05 +2", "expected an offset", ""),
        ("2026-02-03 04:05 +02:", "expected an offset", ""),
        ("2026-02-03 04:05 +02:60", "expected an offset", ""),
        ("2026-02-03 04:05 +99:00", "expected an offset", ""),
        ("1969-12-31", "it lies outside of the years 1970 to 9999", ""),
        ("69-12-31", "it lies outside", ""),
        ("-60y", "it lies outside", ""),
        ("+9000y", "it lies outside", ""),
        ("@99999999999999999999", "it lies outside", ""),
        ("-9999999999999999h", "it lies outside", ""),
    ] {
        let error = parse_time(text, &berlin()).unwrap_err();
        assert!(error.to_string().starts_with(&format!("`{text}` is not a time: ")), "{error}");
        assert!(error.to_string().contains(why), "{error}");
        assert!(error.hint().contains(hint), "{text}: {}", error.hint());
    }
}

proptest! {
    #[test]
    fn never_panics(
        text in any::<String>(),
        like in "[-+@0-9:.TZhdmsy ago]{0,24}",
        parts in r#"((Sun|nov|today|2026|12|-|:|T|\.|5| |CET|UTC|\+02:00|Asia/Tokyo|h|µs|ago|é){0,9})"#,
    ) {
        for text in [text, like, parts] {
            let _ = parse_time(&text, &berlin());
        }
    }

    #[test]
    fn reads_its_own_zones_stamps(
        micros in 0_i64..253_000_000_000_000_000,
        zone in proptest::sample::select(vec![Tz::UTC, Tz::Europe__Berlin, Tz::America__New_York, Tz::Asia__Kathmandu]),
    ) {
        let time = DateTime::from_timestamp_micros(micros).unwrap().with_timezone(&zone);
        for format in ["%a %Y-%m-%d %H:%M:%S%.6f %Z", "%Y-%m-%dT%H:%M:%S%.6f%z", "%+", "@%s%.6f"] {
            let text = time.format(format).to_string();
            prop_assert_eq!(parse_time(&text, &time), Ok(u64::try_from(micros).unwrap()), "{}", text);
        }
    }

    #[test]
    fn a_zone_without_names_reads_the_same(micros in 0_i64..253_000_000_000_000_000, hours in -12_i32..=14) {
        let offset = FixedOffset::east_opt(hours * 3_600).unwrap();
        let time = DateTime::from_timestamp_micros(micros).unwrap().with_timezone(&offset);
        let text = time.format("%Y-%m-%d %H:%M:%S%.6f").to_string();
        prop_assert_eq!(parse_time(&text, &time), Ok(u64::try_from(micros).unwrap()));
    }
}
