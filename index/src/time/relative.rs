//! Times counted from now: `-2h`, `1d 12h ago`.

use chrono::{DateTime, TimeDelta, TimeZone};

/// The units of systemd.time(7), in microseconds.
const UNITS: &[(&[&str], u64)] = &[
    (&["usec", "us", "µs", "μs"], 1),
    (&["msec", "ms"], 1_000),
    (&["", "seconds", "second", "sec", "s"], SECOND),
    (&["minutes", "minute", "min", "m"], 60 * SECOND),
    (&["hours", "hour", "hr", "h"], 3_600 * SECOND),
    (&["days", "day", "d"], 86_400 * SECOND),
    (&["weeks", "week", "w"], 604_800 * SECOND),
    (&["months", "month", "M"], 2_629_800 * SECOND),
    (&["years", "year", "y"], 31_557_600 * SECOND),
];
const SECOND: u64 = 1_000_000;

/// Reads a time that is counted from now.
pub(super) fn parse<Z: TimeZone>(text: &str, now: &DateTime<Z>) -> Option<DateTime<Z>> {
    let (sign, span) = if let Some(span) = text.strip_prefix('-') {
        (-1, span)
    } else if let Some(span) = text.strip_prefix('+') {
        (1, span)
    } else {
        (-1, text.strip_suffix("ago")?)
    };
    let micros = i64::try_from(micros(span)?).ok()?;
    now.clone().checked_add_signed(TimeDelta::microseconds(micros.checked_mul(sign)?))
}

/// Reads a span of time: numbers, each with its unit.
fn micros(text: &str) -> Option<u64> {
    let mut rest = text.trim();
    let mut total: u64 = 0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let (whole, after) = digits(rest);
        let (fraction, after) = match after.strip_prefix('.') {
            Some(after) => digits(after),
            None => ("", after),
        };
        let after = after.trim_start();
        let end = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        let (unit, after) = after.split_at_checked(end)?;
        let (_, size) = UNITS.iter().find(|(names, _)| names.contains(&unit))?;
        let whole = whole.parse::<u64>().ok()?.checked_mul(*size)?;
        total = total.checked_add(whole)?.checked_add(part(fraction, *size))?;
        rest = after.trim_start();
    }
    Some(total)
}

/// A decimal fraction of a size, rounded down.
pub(super) fn part(digits: &str, size: u64) -> u64 {
    let mut unit = size;
    let mut total: u64 = 0;
    for digit in digits.bytes() {
        let times = u64::from(digit.saturating_sub(b'0'));
        total = total.saturating_add((unit / 10).saturating_mul(times));
        unit /= 10;
    }
    total
}

/// The digits that a text begins with, and the rest.
pub(super) fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}
