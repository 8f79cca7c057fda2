//! What is settled, and by what.

use chrono::DateTime;
use chrono_tz::Tz;

use super::*;

fn at(text: &str) -> u64 {
    DateTime::parse_from_rfc3339(text).unwrap().timestamp_micros().try_into().unwrap()
}

fn shown(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").unwrap()
}

fn utc(calendar: &Calendar, stamp: Stamp<'_>) -> Option<String> {
    let (micros, _) = calendar.settle(stamp)?;
    let time = DateTime::from_timestamp_micros(micros.try_into().unwrap()).unwrap();
    Some(time.format("%Y-%m-%d %H:%M:%S").to_string())
}

fn yearless(month: u32, day: u32, time: &str) -> Stamp<'static> {
    Stamp::Yearless { month, day, time: time.parse().unwrap() }
}

#[test]
fn a_year_is_the_latest_that_is_not_after_the_reference_and_a_day() {
    for (reference, month, day, time, expected) in [
        ("2026-11-23T12:00:00Z", 11, 23, "11:59:59", Some("2026-11-23 11:59:59")),
        ("2026-11-23T12:00:00Z", 11, 24, "12:00:00", Some("2026-11-24 12:00:00")),
        ("2026-11-23T12:00:00Z", 11, 24, "12:00:01", Some("2025-11-24 12:00:01")),
        ("2026-01-02T03:00:00Z", 12, 31, "23:59:59", Some("2025-12-31 23:59:59")),
        ("2026-01-02T03:00:00Z", 1, 1, "00:00:00", Some("2026-01-01 00:00:00")),
        ("2025-12-31T23:59:00Z", 1, 1, "00:00:10", Some("2026-01-01 00:00:10")),
        ("2026-11-23T12:00:00Z", 2, 29, "01:00:00", Some("2024-02-29 01:00:00")),
        ("2024-02-28T01:00:00Z", 2, 29, "01:00:00", Some("2024-02-29 01:00:00")),
        ("2026-11-23T12:00:00Z", 2, 30, "01:00:00", None),
    ] {
        let calendar = Calendar::new(at(reference), Tz::UTC);
        assert_eq!(utc(&calendar, yearless(month, day, time)).as_deref(), expected, "{month} {day} {time}");
    }
    assert_eq!(Calendar::default().settle(yearless(11, 23, "01:00:00")), None);
}

#[test]
fn the_reference_is_looked_at_in_the_readers_zone() {
    // It is the first of January in one, and only just the last of December in the other.
    let reference = at("2025-12-31T11:00:00Z");
    for (zone, expected) in
        [(Tz::Pacific__Kiritimati, "2025-12-31 23:00:00"), (Tz::Pacific__Pago_Pago, "2025-01-02 00:00:00")]
    {
        let calendar = Calendar::new(reference, zone);
        assert_eq!(utc(&calendar, yearless(1, 1, "13:00:00")).as_deref(), Some(expected), "{zone}");
    }
}

#[test]
fn clocks_that_are_set_have_one_reading() {
    let berlin = Calendar::new(at("2026-11-23T12:00:00Z"), Tz::Europe__Berlin);
    for (clock, expected) in [
        ("2026-03-29 01:59:59", "2026-03-29 00:59:59"),
        // Skipped: as if it had not been set.
        ("2026-03-29 02:30:00", "2026-03-29 01:30:00"),
        ("2026-03-29 03:00:00", "2026-03-29 01:00:00"),
        // Twice: the first.
        ("2026-10-25 02:30:00", "2026-10-25 00:30:00"),
        ("2026-10-25 03:00:00", "2026-10-25 02:00:00"),
    ] {
        assert_eq!(utc(&berlin, Stamp::Local(shown(clock))).as_deref(), Some(expected), "{clock}");
    }
    for (name, expected) in [("CEST", "2026-10-25 00:30:00"), ("CET", "2026-10-25 01:30:00")] {
        let stamp = Stamp::Named { shown: shown("2026-10-25 02:30:00"), zone: name.as_bytes() };
        assert_eq!(utc(&berlin, stamp).as_deref(), Some(expected), "{name}");
    }
    // A whole day was skipped.
    let apia = Calendar::new(at("2026-11-23T12:00:00Z"), Tz::Pacific__Apia);
    let stamp = Stamp::Local(shown("2011-12-30 12:00:00"));
    assert_eq!(utc(&apia, stamp).as_deref(), Some("2011-12-30 22:00:00"));
}

#[test]
fn names_of_zones_mean_what_all_mean_or_what_the_reader_means() {
    for (reader, name, expected, doubt) in [
        (Tz::America__New_York, "UTC", "2026-07-01 12:00:00", false),
        (Tz::America__New_York, "GMT", "2026-07-01 12:00:00", false),
        (Tz::America__New_York, "CET", "2026-07-01 11:00:00", false),
        (Tz::America__New_York, "CEST", "2026-07-01 10:00:00", false),
        (Tz::America__New_York, "JST", "2026-07-01 03:00:00", false),
        (Tz::America__New_York, "+0545", "2026-07-01 06:15:00", false),
        (Tz::America__New_York, "-03", "2026-07-01 15:00:00", false),
        (Tz::America__New_York, "+05:45", "2026-07-01 06:15:00", false),
        // India, Israel, Ireland.
        (Tz::Asia__Kolkata, "IST", "2026-07-01 06:30:00", false),
        (Tz::Europe__Dublin, "IST", "2026-07-01 11:00:00", false),
        (Tz::America__New_York, "IST", "2026-07-01 16:00:00", true),
        (Tz::Asia__Shanghai, "CST", "2026-07-01 04:00:00", false),
        (Tz::UTC, "CST", "2026-07-01 12:00:00", true),
        (Tz::UTC, "NOZONE", "2026-07-01 12:00:00", true),
        (Tz::UTC, "+9999", "2026-07-01 12:00:00", true),
    ] {
        let calendar = Calendar::new(at("2026-11-23T12:00:00Z"), reader);
        let stamp = Stamp::Named { shown: shown("2026-07-01 12:00:00"), zone: name.as_bytes() };
        assert_eq!(utc(&calendar, stamp).as_deref(), Some(expected), "{name} in {reader}");
        assert_eq!(calendar.settle(stamp).unwrap().1.doubt, doubt, "{name} in {reader}");
    }
}

#[test]
fn what_was_added_is_told() {
    let calendar = Calendar::new(at("2026-11-23T12:00:00Z"), Tz::UTC);
    for (stamp, year, zone) in [
        (Stamp::Utc(1), false, false),
        (Stamp::Named { shown: shown("2026-07-01 12:00:00"), zone: b"UTC" }, false, false),
        (Stamp::Local(shown("2026-07-01 12:00:00")), false, true),
        (yearless(7, 1, "12:00:00"), true, true),
    ] {
        assert_eq!(calendar.settle(stamp).unwrap().1, Added { year, zone, doubt: false }, "{stamp:?}");
    }
    assert_eq!(calendar.settle(Stamp::Boot(1)), None);
    assert_eq!(calendar.settle(Stamp::Unknown), None);
    assert_eq!(calendar.settle(Stamp::Local(shown("1969-12-31 23:59:59"))), None);
}
