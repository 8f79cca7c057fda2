//! Points in time, as people write them.

mod absolute;
mod relative;

use chrono::{DateTime, Days, FixedOffset, NaiveTime};

/// A text that names no point in time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a time: write 2026-01-31, \"2026-01-31 12:30\", @1769862600, yesterday, -2h or \"2h ago\""
)]
pub struct TimeError(String);

/// Reads a point in time, as systemd.time(7) has them:
///
/// - `YYYY-MM-DD`, with `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fraction` after a space or a `T`, with `Z`, `UTC` or an offset
///   such as `+02:00` at the end, which covers RFC 3339; a bare time of day is today's;
/// - `@` and seconds since 1970, with or without a fraction;
/// - `now`, `today`, `yesterday`, `tomorrow`;
/// - `-2h`, `+2h`, `2h ago`, `1d 12h ago`: a number without a unit counts seconds.
///
/// A date without an offset has that of `now`.
///
/// # Errors
/// Where it is none of these, or lies outside of what can be counted.
pub fn parse_time(text: &str, now: DateTime<FixedOffset>) -> Result<DateTime<FixedOffset>, TimeError> {
    let wanted = text.trim();
    named(wanted, now)
        .or_else(|| relative::parse(wanted, now))
        .or_else(|| absolute::parse(wanted, now))
        .ok_or_else(|| TimeError(text.to_owned()))
}

fn named(text: &str, now: DateTime<FixedOffset>) -> Option<DateTime<FixedOffset>> {
    let today = now.date_naive();
    let day = match text {
        "now" => return Some(now),
        "today" => today,
        "yesterday" => today.checked_sub_days(Days::new(1))?,
        "tomorrow" => today.checked_add_days(Days::new(1))?,
        _ => return None,
    };
    day.and_time(NaiveTime::MIN).and_local_timezone(*now.offset()).single()
}

#[cfg(test)]
mod tests;
