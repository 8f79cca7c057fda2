//! Points in time, as people write them.

mod calendar;
mod error;
mod span;
mod zone;

use std::fmt;

use chrono::{DateTime, TimeZone};

pub use error::TimeError;
use error::Why;

/// The last microsecond of the year 9999, the last that has a date of four digits.
const LAST: u64 = 253_402_300_799_999_999;

/// Reads a point in time, as systemd.time(7) has them, in microseconds since 1970:
///
/// - `2012-11-23 11:12:13`: a date, a time of day or both, with a weekday before them and a zone after them. Seconds may
///   have a fraction or be left out, a year may have two digits: 69 is 1969, 68 is 2068. A date alone is its midnight, a
///   time alone is today's;
/// - `today`, `yesterday` and `tomorrow`, which stand for a date, and `now`;
/// - `+3h30min`, `-5s`, `11min ago`, `5 days left`: a number without a unit counts seconds;
/// - `@1395716396`: a span of time since 1970.
///
/// And what systemd 252 has not, or no version:
///
/// - RFC 3339, and what journalctl prints: `2012-11-23T11:12:13.5+0100`;
/// - `Nov 23 11:12:13`, the stamp of `journalctl -o short` and of syslog: the latest such time that is not after `now`;
/// - seconds, milliseconds, microseconds or nanoseconds since 1970 in 10, 13, 16 or 19 digits;
/// - a time of day after `today`, `yesterday` and `tomorrow`.
///
/// A zone is `UTC`, `Z`, an offset (`+02`, `+0200`, `+02:00`), a name of the IANA database (`Asia/Tokyo`) or what the
/// offsets of `now`'s own zone are called (`CEST`). Without one a time is in the zone of `now`: of the two where a clock
/// that is put back shows it twice the one that systemd takes, as much later as is left out where it is skipped.
///
/// # Errors
/// Where it is none of these, is a date that no calendar has, or lies outside of the years 1970 to 9999.
pub fn parse_time<Z>(text: &str, now: &DateTime<Z>) -> Result<u64, TimeError>
where
    Z: TimeZone<Offset: fmt::Display>,
{
    read(text.trim(), now).map_err(|why| TimeError::new(text, why))
}

/// Reads a length of time, in microseconds: `90d`, `1h 30min`, `2.5s`; a number without a unit counts seconds.
///
/// # Errors
/// Where it is none.
pub fn parse_span(text: &str) -> Result<u64, TimeError> {
    measured_span(text).map(|(micros, _)| micros)
}

/// Reads a length of time, in microseconds, and the least that it tells apart as it is written.
pub(crate) fn measured_span(text: &str) -> Result<(u64, u64), TimeError> {
    span::measured(text).map_err(|why| TimeError::new(text, why))
}

fn read<Z: TimeZone<Offset: fmt::Display>>(text: &str, now: &DateTime<Z>) -> Result<u64, Why> {
    if text.is_empty() {
        return Err(Why::Empty);
    }
    let from = since_1970(now)?;
    if text == "now" {
        Ok(from)
    } else if let Some(since) = text.strip_prefix('@') {
        within(Some(span::read(since)?))
    } else if let Some(left) = text.strip_prefix('+').or_else(|| before(text, "left")) {
        within(from.checked_add(span::read(left)?))
    } else if let Some(past) = text.strip_prefix('-').or_else(|| before(text, "ago")) {
        within(from.checked_sub(span::read(past)?))
    } else if let Some(epoch) = span::epoch(text) {
        within(epoch)
    } else if span::read(text).is_ok() {
        Err(Why::Bare(text.to_owned()))
    } else {
        since_1970(&calendar::read(text)?.at(now)?)
    }
}

/// What stands before a word that ends the text.
fn before<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    text.strip_suffix(word).filter(|before| before.ends_with(char::is_whitespace))
}

fn since_1970<Z: TimeZone>(time: &DateTime<Z>) -> Result<u64, Why> {
    within(u64::try_from(time.timestamp_micros()).ok())
}

fn within(micros: Option<u64>) -> Result<u64, Why> {
    micros.filter(|micros| *micros <= LAST).ok_or(Why::Bounds)
}

#[cfg(test)]
mod tests;
