//! Times as people write them, after systemd.time(7).
//!
//! `2026-01-31 00:22:38`, `2026-01-31 00:22`, `2026-01-31`, `00:22:38`, `00:22`, RFC 3339 with a zone,
//! `now`, `today`, `yesterday`, `tomorrow`, `@1769818958`, `-2h`, `+5m`, `1h 30min ago`. A time without a zone is in
//! the zone that `now` has.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};

/// A text that is no time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a time: write it like 2026-01-31 14:30, 14:30, yesterday or -2h")]
pub struct BadTime;

/// Reads a time, in microseconds since 1970-01-01 00:00 UTC.
///
/// # Errors
/// Where it is none, or lies before 1970.
pub fn parse<Z: TimeZone>(text: &str, now: &DateTime<Z>) -> Result<u64, BadTime> {
    let text = text.trim();
    let micros = match text {
        "now" => Some(now.timestamp_micros()),
        "today" => midnight(now, 0),
        "yesterday" => midnight(now, -1),
        "tomorrow" => midnight(now, 1),
        _ => epoch(text)
            .or_else(|| relative(text, now.timestamp_micros()))
            .or_else(|| DateTime::parse_from_rfc3339(text).ok().map(|time| time.timestamp_micros()))
            .or_else(|| local(now, written(text, now)?)),
    };
    micros.and_then(|micros| u64::try_from(micros).ok()).ok_or(BadTime)
}

fn midnight<Z: TimeZone>(now: &DateTime<Z>, days: i64) -> Option<i64> {
    let today = now.date_naive();
    let by = Days::new(days.unsigned_abs());
    let day = if days < 0 { today.checked_sub_days(by) } else { today.checked_add_days(by) }?;
    local(now, day.and_time(NaiveTime::MIN))
}

/// The first of the two where a clock that is put back shows it twice, and the hour after where it is skipped.
fn local<Z: TimeZone>(now: &DateTime<Z>, time: NaiveDateTime) -> Option<i64> {
    let zone = now.timezone();
    let skipped =
        || zone.from_local_datetime(&time.checked_add_signed(chrono::TimeDelta::hours(1))?).earliest();
    zone.from_local_datetime(&time).earliest().or_else(skipped).map(|time| time.timestamp_micros())
}

fn written<Z: TimeZone>(text: &str, now: &DateTime<Z>) -> Option<NaiveDateTime> {
    let time = |text: &str| {
        ["%H:%M:%S%.f", "%H:%M"].iter().find_map(|format| NaiveTime::parse_from_str(text, format).ok())
    };
    let day = |text: &str| match text {
        "today" => Some(now.date_naive()),
        "yesterday" => now.date_naive().pred_opt(),
        text => NaiveDate::parse_from_str(text, "%Y-%m-%d").ok(),
    };
    match text.split_once([' ', 'T']) {
        Some((first, second)) => Some(day(first)?.and_time(time(second.trim())?)),
        None => time(text)
            .map(|time| now.date_naive().and_time(time))
            .or_else(|| Some(day(text)?.and_time(NaiveTime::MIN))),
    }
}

/// `@` and seconds since 1970.
fn epoch(text: &str) -> Option<i64> {
    let (seconds, fraction) = match text.strip_prefix('@')?.split_once('.') {
        Some((seconds, fraction)) => (seconds, fraction),
        None => (text.strip_prefix('@')?, ""),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if seconds.is_empty() || !digits(seconds) || !digits(fraction) {
        return None;
    }
    let micros: i64 = fraction.chars().chain("000000".chars()).take(6).collect::<String>().parse().ok()?;
    seconds.parse::<i64>().ok()?.checked_mul(1_000_000)?.checked_add(micros)
}

/// `-2h`, `+5m`, `1h 30min ago`.
fn relative(text: &str, now: i64) -> Option<i64> {
    if let Some(rest) = text.strip_prefix('-') {
        return now.checked_sub(span(rest)?);
    }
    if let Some(rest) = text.strip_prefix('+') {
        return now.checked_add(span(rest)?);
    }
    now.checked_sub(span(text.strip_suffix("ago")?)?)
}

/// A span, in microseconds: numbers, each with a unit.
fn span(text: &str) -> Option<i64> {
    let mut rest = text.trim();
    let mut total: i64 = 0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (number, tail) = rest.split_at_checked(digits)?;
        let tail = tail.trim_start();
        let letters = tail.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tail.len());
        let (unit, tail) = tail.split_at_checked(letters)?;
        total = total.checked_add(number.parse::<i64>().ok()?.checked_mul(micros(unit)?)?)?;
        rest = tail.trim_start();
    }
    Some(total)
}

/// The names that systemd.time(7) has; a number without one counts seconds.
fn micros(unit: &str) -> Option<i64> {
    const SECOND: i64 = 1_000_000;
    Some(match unit {
        "us" | "usec" => 1,
        "ms" | "msec" => 1_000,
        "" | "s" | "sec" | "second" | "seconds" => SECOND,
        "m" | "min" | "minute" | "minutes" => 60 * SECOND,
        "h" | "hr" | "hour" | "hours" => 3_600 * SECOND,
        "d" | "day" | "days" => 86_400 * SECOND,
        "w" | "week" | "weeks" => 7 * 86_400 * SECOND,
        "M" | "month" | "months" => 2_629_800 * SECOND,
        "y" | "year" | "years" => 31_557_600 * SECOND,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use chrono::{FixedOffset, Utc};
    use proptest::prelude::*;

    use super::*;

    fn now() -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-01-31T14:30:15.5+02:00").unwrap()
    }

    #[test]
    fn reads_what_people_write() {
        for (text, same) in [
            ("2026-01-30 08:09:10", "2026-01-30T08:09:10+02:00"),
            ("2026-01-30 08:09:10.25", "2026-01-30T08:09:10.25+02:00"),
            ("2026-01-30T08:09", "2026-01-30T08:09:00+02:00"),
            ("2026-01-30", "2026-01-30T00:00:00+02:00"),
            ("08:09", "2026-01-31T08:09:00+02:00"),
            ("2026-01-30T08:09:10Z", "2026-01-30T08:09:10Z"),
            ("2026-01-30T08:09:10-05:00", "2026-01-30T08:09:10-05:00"),
            ("now", "2026-01-31T14:30:15.5+02:00"),
            ("today", "2026-01-31T00:00:00+02:00"),
            ("yesterday", "2026-01-30T00:00:00+02:00"),
            ("yesterday 23:00", "2026-01-30T23:00:00+02:00"),
            ("tomorrow", "2026-02-01T00:00:00+02:00"),
            ("@0", "1970-01-01T00:00:00Z"),
            ("@1769818958.41", "2026-01-31T00:22:38.41Z"),
            ("-2h", "2026-01-31T12:30:15.5+02:00"),
            ("2h ago", "2026-01-31T12:30:15.5+02:00"),
            ("-1h30min", "2026-01-31T13:00:15.5+02:00"),
            ("1 h 30 min ago", "2026-01-31T13:00:15.5+02:00"),
            ("+5m", "2026-01-31T14:35:15.5+02:00"),
            ("-10", "2026-01-31T14:30:05.5+02:00"),
        ] {
            let expected = DateTime::parse_from_rfc3339(same).unwrap().timestamp_micros();
            assert_eq!(parse(text, &now()), Ok(expected as u64), "{text}");
        }
    }

    #[test]
    fn refuses_the_rest() {
        for text in [
            "",
            "soon",
            "-",
            "-2 fortnights",
            "25:00",
            "2026-13-01",
            "@",
            "@-1",
            "-99999999999999999999y",
            "-100y",
            "h ago",
        ] {
            assert_eq!(parse(text, &now()), Err(BadTime), "{text}");
        }
    }

    proptest! {
        #[test]
        fn survives_anything(text in any::<String>()) {
            let _ = parse(&text, &now());
        }

        #[test]
        fn reads_back_rfc3339(micros in 0_i64..4_000_000_000_000_000) {
            let time: DateTime<Utc> = DateTime::from_timestamp_micros(micros).unwrap();
            prop_assert_eq!(parse(&time.to_rfc3339(), &now()), Ok(micros as u64));
        }
    }
}
