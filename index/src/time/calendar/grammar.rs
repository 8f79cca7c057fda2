//! How dates and times of day are written.

use std::ops::RangeInclusive;

use chrono::{Datelike, Month, NaiveDate, TimeDelta, Weekday};

use super::{Day, Written};
use crate::time::error::Why;
use crate::time::span::{digits, letters};
use crate::time::zone;

/// Two digits of a year count from here: `%y` of strptime(3).
const FIRST_SHORT_YEAR: i32 = 69;

/// A year that has every day that any has.
const LEAP_YEAR: i32 = 2000;

const TIME_OF_DAY: &str = "a time of day";

/// Reads `[Fri] [2012-11-23 | Nov 23 | today] [11:12[:13[.5]]] [ZONE]`.
pub(in crate::time) fn read(text: &str) -> Result<Written<'_>, Why> {
    let (word, after) = letters(text);
    let (weekday, text) = match word.parse::<Weekday>() {
        Ok(weekday) if !word.is_empty() => (Some(weekday), spaced(after, "a date after the weekday")?),
        _ => (None, text),
    };
    let (day, rest) = day(text)?;
    let (time, rest) = match (day, welded(rest)) {
        (None, _) => time_of_day(text)?,
        (_, Some(time)) => time_of_day(time)?,
        _ if rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) => {
            time_of_day(spaced(rest, "a space")?)?
        }
        (Some(Day::Yearly { .. }), _) => return Err(Why::expected(TIME_OF_DAY, rest)),
        _ => (TimeDelta::zero(), rest),
    };
    if !rest.is_empty() && !rest.starts_with(['+', '-', 'Z', 'z']) {
        spaced(rest, "a space")?;
    }
    Ok(Written { weekday, day: day.unwrap_or(Day::Away(0)), time, zone: zone::read(rest.trim_start())? })
}

/// Reads a date, and what follows it; none where a time of day comes first.
fn day(text: &str) -> Result<(Option<Day>, &str), Why> {
    let (word, after) = letters(text);
    let away = match word {
        "yesterday" => Some(-1),
        "today" => Some(0),
        "tomorrow" => Some(1),
        _ => None,
    };
    if let Some(days) = away {
        return Ok((Some(Day::Away(days)), after));
    }
    if let Ok(month) = word.parse::<Month>() {
        let rest = spaced(after, "a day of the month")?;
        let (date, rest) = dated(LEAP_YEAR, month.number_from_month(), month.name(), rest)?;
        return Ok((Some(Day::Yearly { month: date.month(), day: date.day() }), rest));
    }
    let (number, rest) = digits(text);
    if !number.is_empty() && rest.starts_with(':') {
        return Ok((None, text));
    }
    let (Some(rest), false) = (rest.strip_prefix('-'), number.is_empty()) else {
        return Err(Why::expected("a date or a time of day", text));
    };
    let year = year(number).ok_or_else(|| Why::NoSuch("year", number.to_owned()))?;
    let (month, rest) = within(1..=12, "month", rest)?;
    let name = format!("{year}-{month:02}");
    let (date, rest) = dated(year, month, &name, after_sign('-', "`-` and a day", rest)?)?;
    Ok((Some(Day::Date(date)), rest))
}

/// Reads the day of a month.
fn dated<'a>(year: i32, month: u32, name: &str, text: &'a str) -> Result<(NaiveDate, &'a str), Why> {
    let (said, _) = digits(text);
    let (day, rest) = within(0..=99, "day", text)?;
    let date = NaiveDate::from_ymd_opt(year, month, day);
    Ok((date.ok_or_else(|| Why::NoDay { month: name.to_owned(), day: said.to_owned() })?, rest))
}

fn year(digits: &str) -> Option<i32> {
    let year: i32 = digits.parse().ok()?;
    match digits.len() {
        4 => Some(year),
        2 if year < FIRST_SHORT_YEAR => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

/// Reads `HH:MM[:SS[.fraction]]`, and what follows it.
fn time_of_day(text: &str) -> Result<(TimeDelta, &str), Why> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(Why::expected(TIME_OF_DAY, text));
    }
    let (hour, rest) = within(0..=23, "hour", text)?;
    let (minute, rest) = within(0..=59, "minute", after_sign(':', "`:` and minutes", rest)?)?;
    let minutes = TimeDelta::minutes(i64::from(hour * 60 + minute));
    let Some(rest) = rest.strip_prefix(':') else {
        return Ok((minutes, rest));
    };
    // A leap second is 60.
    let (second, rest) = within(0..=60, "second", rest)?;
    let time = minutes + TimeDelta::seconds(i64::from(second));
    match rest.strip_prefix('.').map(|fraction| (fraction, digits(fraction))) {
        Some((fraction, ("", _))) => Err(Why::expected("a digit", fraction)),
        Some((_, (fraction, rest))) => Ok((time + rounded(fraction), rest)),
        None => Ok((time, rest)),
    }
}

/// A decimal fraction of a second, to the nearest microsecond.
fn rounded(digits: &str) -> TimeDelta {
    let at =
        |place: usize| i64::from(digits.as_bytes().get(place).map_or(0, |digit| digit.saturating_sub(b'0')));
    let micros = (0..6).fold(0, |micros, place| micros * 10 + at(place));
    TimeDelta::microseconds(micros + i64::from(at(6) >= 5))
}

/// Reads a number of one or two digits that is in this range, and what follows it.
fn within<'a>(range: RangeInclusive<u32>, what: &'static str, text: &'a str) -> Result<(u32, &'a str), Why> {
    let (number, rest) = digits(text);
    if number.is_empty() {
        return Err(Why::expected("a digit", text));
    }
    let value =
        if number.len() <= 2 { number.parse().ok().filter(|value| range.contains(value)) } else { None };
    Ok((value.ok_or_else(|| Why::NoSuch(what, number.to_owned()))?, rest))
}

/// What follows the `T` between a date and its time of day.
fn welded(text: &str) -> Option<&str> {
    text.strip_prefix(['T', 't'])
}

fn after_sign<'a>(sign: char, what: &'static str, text: &'a str) -> Result<&'a str, Why> {
    text.strip_prefix(sign).ok_or_else(|| Why::expected(what, text))
}

/// What follows at least one space.
fn spaced<'a>(text: &'a str, what: &'static str) -> Result<&'a str, Why> {
    let rest = text.trim_start();
    if rest.len() < text.len() { Ok(rest) } else { Err(Why::expected(what, text)) }
}
