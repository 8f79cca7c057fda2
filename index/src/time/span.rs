//! Spans of time: `3h30min`, `1d 12h`, `1.5h`.

use super::error::Why;

/// The units of systemd.time(7), in microseconds (systemd 257, src/basic/time-util.c, `extract_multiplier`).
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

/// Reads a span of time in microseconds: numbers, each with its unit.
pub(super) fn read(text: &str) -> Result<u64, Why> {
    measured(text).map(|(total, _)| total)
}

/// As [`read`], and the least that the last number as it is written tells apart: a minute in `2h 5min`, a tenth of a
/// second in `1.5s`.
pub(super) fn measured(text: &str) -> Result<(u64, u64), Why> {
    let mut rest = text.trim();
    let mut total: u64 = 0;
    let mut step = 1;
    if rest.is_empty() {
        return Err(Why::expected("a number", rest));
    }
    while !rest.is_empty() {
        let (whole, after) = digits(rest);
        let (fraction, after) = match after.strip_prefix('.') {
            Some(after) => match digits(after) {
                ("", _) => return Err(Why::expected("a digit", after)),
                read => read,
            },
            None if whole.is_empty() => return Err(Why::expected("a number", after)),
            None => ("", after),
        };
        let (unit, next) = letters(after.trim_start());
        if unit.is_empty() && !after.is_empty() && !after.starts_with(char::is_whitespace) {
            return Err(Why::expected("a unit of time", after));
        }
        let found = UNITS.iter().find(|(names, _)| names.contains(&unit));
        let (_, size) = found.ok_or_else(|| Why::NoUnit(unit.to_owned()))?;
        let micros =
            count(whole).and_then(|whole| whole.checked_mul(*size)?.checked_add(part(fraction, *size)));
        total = micros.and_then(|micros| total.checked_add(micros)).ok_or(Why::Bounds)?;
        step = fraction.bytes().fold(*size, |step, _| step / 10).max(1);
        rest = next.trim_start();
    }
    Ok((total, step))
}

/// Reads a number that by its length can only count from 1970: seconds until the year 2286, with or without a fraction,
/// or as many thousandths, millionths or billionths. None inside where it is none of today's numbers.
pub(super) fn epoch(text: &str) -> Option<Option<u64>> {
    let (whole, rest) = digits(text);
    let fraction = match rest.strip_prefix('.').map(digits) {
        Some((fraction, "")) if whole.len() == 10 && !fraction.is_empty() => fraction,
        None if rest.is_empty() => "",
        _ => return None,
    };
    let number = count(whole);
    Some(match whole.len() {
        10 => number.and_then(|seconds| seconds.checked_mul(SECOND)?.checked_add(part(fraction, SECOND))),
        13 => number.and_then(|millis| millis.checked_mul(1_000)),
        16 => number,
        19 => number.map(|nanos| nanos / 1_000),
        _ => return None,
    })
}

/// The digits that a text begins with, and the rest.
pub(super) fn digits(text: &str) -> (&str, &str) {
    run(text, |c| c.is_ascii_digit())
}

/// The letters that a text begins with, and the rest.
pub(super) fn letters(text: &str) -> (&str, &str) {
    run(text, char::is_alphabetic)
}

fn run(text: &str, of: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !of(c)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// A number; no digits are none of it, as in `.5s`.
fn count(digits: &str) -> Option<u64> {
    if digits.is_empty() { Some(0) } else { digits.parse().ok() }
}

/// A decimal fraction of a size, rounded down at every digit as systemd does.
fn part(digits: &str, size: u64) -> u64 {
    let mut unit = size;
    let mut total: u64 = 0;
    for digit in digits.bytes() {
        unit /= 10;
        total = total.saturating_add(unit.saturating_mul(u64::from(digit.saturating_sub(b'0'))));
    }
    total
}
