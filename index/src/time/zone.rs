//! Time zones, and which time it is where a clock on the wall shows something.

use chrono::{DateTime, Days, FixedOffset, MappedLocalTime, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;

use super::error::Why;
use super::span::digits;

/// How far from a time what its zone was called is looked for.
const WEEKS_OF_NAMES: u64 = 53;

/// The zone that a text ends in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone<'a> {
    /// None is written.
    Unsaid,
    Offset(FixedOffset),
    /// One of the IANA database, and its name as it is written.
    Listed(Tz, &'a str),
    /// Perhaps what one of the reader's own offsets is called.
    Called(&'a str),
}

/// Reads the end of a text: nothing, `Z`, `UTC`, `+HH`, `+HHMM`, `+HH:MM` or a name.
pub(super) fn read(text: &str) -> Result<Zone<'_>, Why> {
    if text.is_empty() {
        return Ok(Zone::Unsaid);
    }
    if text.eq_ignore_ascii_case("z") || text.eq_ignore_ascii_case("utc") {
        return Ok(Zone::Offset(Utc.fix()));
    }
    if text.starts_with(['+', '-']) {
        let offset = offset(text).ok_or_else(|| Why::expected("an offset like +02:00", text))?;
        return Ok(Zone::Offset(offset));
    }
    Ok(text.parse().map_or(Zone::Called(text), |listed| Zone::Listed(listed, text)))
}

fn offset(text: &str) -> Option<FixedOffset> {
    let (sign, text) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        (_, rest) => (-1, rest),
    };
    let (before, after) = digits(text);
    let (hours, minutes) = match after.strip_prefix(':') {
        Some(minutes) => (before, minutes),
        None if after.is_empty() => before.split_at_checked(2)?,
        None => return None,
    };
    let number = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit()).then(|| text.parse().ok())?;
    let minutes: i32 = match minutes.len() {
        0 if after.is_empty() => 0,
        2 => number(minutes).filter(|minutes| *minutes < 60)?,
        _ => return None,
    };
    let hours: i32 = number(hours).filter(|_| hours.len() == 2)?;
    FixedOffset::east_opt(sign * (hours * 3_600 + minutes * 60))
}

/// The offset of a zone that has a name, `CET` or `CEST` in Europe/Berlin, the nearest in time to what is shown.
pub(super) fn called<Z>(name: &str, zone: &Z, shown: NaiveDateTime) -> Option<FixedOffset>
where
    Z: TimeZone<Offset: ToString>,
{
    (0..=WEEKS_OF_NAMES).flat_map(|weeks| [-1, 1].map(|side| (side, Days::new(weeks * 7)))).find_map(
        |(side, days)| {
            let near = if side < 0 { shown.checked_sub_days(days) } else { shown.checked_add_days(days) };
            let offset = zone.offset_from_utc_datetime(&near?);
            (offset.to_string() == name).then(|| offset.fix())
        },
    )
}

/// When a clock in a zone shows this.
///
/// Of two times, this takes the one that mktime(3) of glibc does, which begins to look at where UTC shows it: the later
/// one east of Greenwich, the earlier one west of it. What a clock skips is as much later as it skips.
pub(super) fn when<Z: TimeZone>(shown: NaiveDateTime, zone: &Z) -> Option<DateTime<Utc>> {
    let offset = match zone.offset_from_local_datetime(&shown) {
        MappedLocalTime::Single(offset) => offset.fix(),
        MappedLocalTime::Ambiguous(one, other) => {
            let guess = zone.offset_from_utc_datetime(&shown).fix();
            if guess == other.fix() { guess } else { one.fix() }
        }
        // No offset is a day or more, so that a day before what UTC shows is before the skip.
        MappedLocalTime::None => zone.offset_from_utc_datetime(&shown.checked_sub_days(Days::new(1))?).fix(),
    };
    at_offset(shown, offset)
}

/// When a clock at an offset from UTC shows this.
pub(super) fn at_offset(shown: NaiveDateTime, offset: FixedOffset) -> Option<DateTime<Utc>> {
    Some(shown.checked_sub_offset(offset)?.and_utc())
}
