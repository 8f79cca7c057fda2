//! Points in time, as people write them.

mod absolute;
mod relative;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone};

/// A text that names no point in time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a time: write 2026-01-31, \"2026-01-31 12:30\", @1769862600, yesterday, -2h or \"2h ago\""
)]
pub struct TimeError(String);

/// Reads a point in time, as systemd.time(7) has them:
///
/// - `YYYY-MM-DD`, with `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fraction` after a space or a `T`, with `Z`, `UTC` or an offset
///   such as `+02:00` at the end, which covers RFC 3339; a bare time of day is today's,
///   and `today`, `yesterday` and `tomorrow` stand for a date;
/// - `@` and seconds since 1970, with or without a fraction;
/// - `now`, `today`, `yesterday`, `tomorrow`;
/// - `-2h`, `+2h`, `2h ago`, `1d 12h ago`: a number without a unit counts seconds.
///
/// A time without an offset is in the zone of `now`: the first of the two where a clock that is put back shows it twice,
/// the hour after where it is skipped.
///
/// # Errors
/// Where it is none of these, or lies outside of what can be counted.
pub fn parse_time<Z: TimeZone>(text: &str, now: &DateTime<Z>) -> Result<DateTime<Z>, TimeError> {
    let wanted = text.trim();
    named(wanted, now)
        .or_else(|| relative::parse(wanted, now))
        .or_else(|| absolute::parse(wanted, now))
        .ok_or_else(|| TimeError(text.to_owned()))
}

fn named<Z: TimeZone>(text: &str, now: &DateTime<Z>) -> Option<DateTime<Z>> {
    if text == "now" {
        return Some(now.clone());
    }
    local(day(text, now.date_naive())?.and_time(NaiveTime::MIN), &now.timezone())
}

fn day(name: &str, today: NaiveDate) -> Option<NaiveDate> {
    match name {
        "today" => Some(today),
        "yesterday" => today.checked_sub_days(Days::new(1)),
        "tomorrow" => today.checked_add_days(Days::new(1)),
        _ => None,
    }
}

/// What a clock on the wall shows, as a point in time.
fn local<Z: TimeZone>(shown: NaiveDateTime, zone: &Z) -> Option<DateTime<Z>> {
    let after = || zone.from_local_datetime(&shown.checked_add_signed(TimeDelta::hours(1))?).earliest();
    zone.from_local_datetime(&shown).earliest().or_else(after)
}

#[cfg(test)]
mod tests;
