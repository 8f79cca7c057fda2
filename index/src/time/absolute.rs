//! Dates and times of day, and seconds since 1970.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone};

use super::local;
use super::relative::{digits, part};

/// Reads a date, a time of day or both, or `@` and seconds.
pub(super) fn parse<Z: TimeZone>(text: &str, now: &DateTime<Z>) -> Option<DateTime<Z>> {
    if let Some(epoch) = text.strip_prefix('@') {
        let (seconds, fraction, rest) = decimal(epoch)?;
        let micros = seconds.parse::<i64>().ok()?.checked_mul(1_000_000)?;
        let micros = micros.checked_add(i64::try_from(part(fraction, 1_000_000)).ok()?)?;
        let time = rest.is_empty().then(|| DateTime::from_timestamp_micros(micros)).flatten()?;
        return Some(time.with_timezone(&now.timezone()));
    }
    let named = || {
        let (name, rest) = text.split_once(' ')?;
        Some((super::day(name, now.date_naive())?, rest))
    };
    let (day, rest) = match date(text).or_else(named) {
        Some((day, rest)) => (day, rest.strip_prefix(['T', 't']).unwrap_or(rest).trim_start()),
        None => (now.date_naive(), text),
    };
    let (time, rest) = match time_of_day(rest) {
        Some((time, rest)) => (time, rest),
        None if rest.len() < text.len() => (NaiveTime::MIN, rest),
        None => return None,
    };
    let shown = day.and_time(time);
    match rest.trim_start() {
        "" => local(shown, &now.timezone()),
        zone => Some(local(shown, &offset(zone)?)?.with_timezone(&now.timezone())),
    }
}

/// `YYYY-MM-DD`.
fn date(text: &str) -> Option<(NaiveDate, &str)> {
    let (year, rest) = number(text, 4)?;
    let (month, rest) = number(rest.strip_prefix('-')?, 2)?;
    let (day, rest) = number(rest.strip_prefix('-')?, 2)?;
    Some((NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?, rest))
}

/// `HH:MM[:SS[.fraction]]`.
fn time_of_day(text: &str) -> Option<(NaiveTime, &str)> {
    let (hour, rest) = number(text, 2)?;
    let (minute, rest) = number(rest.strip_prefix(':')?, 2)?;
    let Some(after) = rest.strip_prefix(':') else {
        return Some((NaiveTime::from_hms_opt(hour, minute, 0)?, rest));
    };
    let (second, fraction, rest) = decimal(after)?;
    let second = (second.len() == 2).then(|| second.parse::<u32>().ok()).flatten()?;
    let micros = u32::try_from(part(fraction, 1_000_000)).ok()?;
    Some((NaiveTime::from_hms_micro_opt(hour, minute, second, micros)?, rest))
}

/// `Z`, `UTC`, `+HH`, `+HHMM` or `+HH:MM`.
fn offset(text: &str) -> Option<FixedOffset> {
    let (sign, text) = match text.split_at_checked(1) {
        Some(("+", rest)) => (1, rest),
        Some(("-", rest)) => (-1, rest),
        _ => {
            let utc = ["z", "utc"].iter().any(|name| text.eq_ignore_ascii_case(name));
            return utc.then(|| FixedOffset::east_opt(0)).flatten();
        }
    };
    let (hours, minutes) = match text.split_once(':') {
        Some((hours, minutes)) => (hours, minutes),
        None => text.split_at_checked(2)?,
    };
    let (hours, after_hours) = number(hours, 2)?;
    let (minutes, rest) = if minutes.is_empty() { (0, "") } else { number(minutes, 2)? };
    if !after_hours.is_empty() || !rest.is_empty() || minutes > 59 {
        return None;
    }
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    FixedOffset::east_opt(sign * seconds)
}

/// A number of so many digits, and the rest.
fn number(text: &str, width: usize) -> Option<(u32, &str)> {
    let (number, rest) = digits(text);
    if number.len() != width {
        return None;
    }
    Some((number.parse().ok()?, rest))
}

/// A number of digits with or without a fraction, and the rest.
fn decimal(text: &str) -> Option<(&str, &str, &str)> {
    let (whole, rest) = digits(text);
    if whole.is_empty() {
        return None;
    }
    Some(match rest.strip_prefix('.').map(digits) {
        Some((fraction, rest)) if !fraction.is_empty() => (whole, fraction, rest),
        _ => (whole, "", rest),
    })
}
