//! The times that lines begin with, one parser a form. What they leave out is settled by the [calendar](crate::calendar).

use chrono::{NaiveDate, NaiveTime};
use nom::branch::alt;
use nom::bytes::complete::{take, take_while_m_n, take_while1};
use nom::character::complete::{char, space0};
use nom::combinator::{map, map_opt, opt, peek, value, verify};
use nom::sequence::{preceded, separated_pair, terminated};
use nom::{IResult, Parser};

use super::number::{digits, number};
use crate::calendar::Stamp;

const MONTHS: [&[u8]; 12] =
    [b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"];

/// A time of the wall clock as journalctl or a syslog daemon writes it, in any of their forms.
pub(super) fn wall(input: &[u8]) -> IResult<&[u8], Stamp<'_>> {
    alt((iso, month, full, unix, ctime)).parse(input)
}

/// `2026-11-23T01:13:37.621200+00:00`: `journalctl -o short-iso-precise` and `short-iso` (systemd, src/shared/logs-show.c:
/// output_timestamp_realtime; up to v254 the offset has no colon), and RFC 3339.
pub(super) fn iso(input: &[u8]) -> IResult<&[u8], Stamp<'_>> {
    iso_with('.', input)
}

/// The same with a comma and six digits behind it: `dmesg --time-format iso` (util-linux, sys-utils/dmesg.c: iso_8601_time).
/// The comma is all that tells it from what programs write.
pub(super) fn iso_comma(input: &[u8]) -> IResult<&[u8], Stamp<'_>> {
    let (rest, (_, stamp)) =
        (peek((take(19_usize), char(','))), |input| iso_with(',', input)).parse(input)?;
    Ok((rest, stamp))
}

fn iso_with(mark: char, input: &[u8]) -> IResult<&[u8], Stamp<'_>> {
    map_opt((terminated(date, char('T')), |input| clock(mark, input), offset), |(date, time, offset)| {
        let shown = date.and_time(time).and_utc().timestamp_micros();
        u64::try_from(shown.checked_sub(offset.checked_mul(1_000_000)?)?).ok().map(Stamp::Utc)
    })
    .parse(input)
}

/// `Nov  3 01:13:37`: `journalctl -o short`, `short-precise` with a fraction, and syslog files (RFC 3164, section 4.1.2).
/// Some daemons write a year behind the day.
fn month(input: &[u8]) -> IResult<&[u8], Stamp<'_>> {
    let year = opt(preceded(char(' '), terminated(digits::<i32>(4), peek(char(' ')))));
    map_opt((day_of_year, year, char(' '), |input| clock('.', input)), |((month, day), year, _, time)| {
        match year {
            Some(year) => Some(Stamp::Local(NaiveDate::from_ymd_opt(year, month, day)?.and_time(time))),
            None => Some(Stamp::Yearless { month, day, time }),
        }
    })
    .parse(input)
}

/// `Mon 2026-11-23 01:13:37 CET`: `journalctl -o short-full` and `with-unit` (systemd, src/basic/time-util.c:
/// format_timestamp_style).
fn full(input: &[u8]) -> IResult<&[u8], Stamp<'_>> {
    let word = take_while1(|byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-'));
    // Names have three letters or more, the first a capital one: `CET`, `ChST`.
    let is_zone = |word: &&[u8]| matches!(word, [b'A'..=b'Z', _, _, ..] | [b'+' | b'-', _, _, ..]);
    let zone = verify(word, is_zone);
    let (rest, (_, date, _, time, zone)) =
        (weekday, date, char(' '), |input| clock('.', input), preceded(char(' '), zone)).parse(input)?;
    Ok((rest, Stamp::Named { shown: date.and_time(time), zone }))
}

/// `1795396417.621200`: `journalctl -o short-unix`.
fn unix(input: &[u8]) -> IResult<&[u8], Stamp<'_>> {
    let (rest, (seconds, micros)) =
        separated_pair(number::<u64>, char('.'), digits::<u64>(6)).parse(input)?;
    Ok((rest, Stamp::Utc(seconds.saturating_mul(1_000_000).saturating_add(micros))))
}

/// `Mon Nov 23 01:13:37 2026`, as ctime(3) has it: `dmesg -T`, and OpenWrt's logread.
pub(super) fn ctime(input: &[u8]) -> IResult<&[u8], Stamp<'_>> {
    let year = preceded(char(' '), digits::<i32>(4));
    map_opt(
        (weekday, day_of_year, char(' '), |input| clock('.', input), year),
        |(_, (month, day), _, time, year)| {
            Some(Stamp::Local(NaiveDate::from_ymd_opt(year, month, day)?.and_time(time)))
        },
    )
    .parse(input)
}

/// `Nov23 01:13`: where a minute begins in `dmesg --time-format reltime` (util-linux, sys-utils/dmesg.c: short_ctime).
pub(super) fn minute(input: &[u8]) -> IResult<&[u8], Stamp<'_>> {
    let of_minute = separated_pair(digits::<u32>(2), char(':'), digits::<u32>(2));
    map_opt((day_of_year, char(' '), of_minute), |((month, day), _, (hour, minute))| {
        Some(Stamp::Yearless { month, day, time: NaiveTime::from_hms_opt(hour, minute, 0)? })
    })
    .parse(input)
}

/// `   12.345678`, seconds since the boot: always six digits of a second.
pub(super) fn boot(input: &[u8]) -> IResult<&[u8], Stamp<'_>> {
    let (rest, (seconds, micros)) =
        preceded(space0, separated_pair(number::<u64>, char('.'), digits::<u64>(6))).parse(input)?;
    Ok((rest, Stamp::Boot(seconds.saturating_mul(1_000_000).saturating_add(micros))))
}

/// The same with a month that is called otherwise than in English: strftime(3) writes it in the language of whoever ran
/// dmesg. It is a time, but nobody knows which.
pub(super) fn foreign(input: &[u8]) -> IResult<&[u8], Stamp<'_>> {
    let day = take_while_m_n(1, 2, |byte: u8| byte.is_ascii_digit());
    let day = (take_while_m_n(1, 2, |byte| byte == b' '), day, char(' '));
    let year = preceded(char(' '), digits::<i32>(4));
    let month = verify(word, |word: &[u8]| !MONTHS.contains(&word));
    value(Stamp::Unknown, (weekday, month, day, |input| clock('.', input), year)).parse(input)
}

/// A day of the week. It adds nothing to a date, and may be in any language.
fn weekday(input: &[u8]) -> IResult<&[u8], ()> {
    value((), (word, char(' '))).parse(input)
}

fn word(input: &[u8]) -> IResult<&[u8], &[u8]> {
    let of_word = |byte: u8| byte.is_ascii_alphabetic() || byte == b'.' || !byte.is_ascii();
    take_while_m_n(1, 24, of_word).parse(input)
}

fn date(input: &[u8]) -> IResult<&[u8], NaiveDate> {
    let parts = (digits::<i32>(4), char('-'), digits::<u32>(2), char('-'), digits::<u32>(2));
    map_opt(parts, |(year, _, month, _, day)| NaiveDate::from_ymd_opt(year, month, day)).parse(input)
}

/// `Nov 23` and `Nov  3`, also without a blank before two digits. There is such a day in a leap year.
fn day_of_year(input: &[u8]) -> IResult<&[u8], (u32, u32)> {
    let day = take_while_m_n(1, 2, |byte: u8| byte.is_ascii_digit());
    let day = preceded(take_while_m_n(0, 2, |byte| byte == b' '), map_opt(day, crate::decimal::<u32>));
    map_opt((one_of_words(&MONTHS), day), |(month, day)| {
        let month = u32::try_from(month).ok()?.checked_add(1)?;
        NaiveDate::from_ymd_opt(2000, month, day).map(|_| (month, day))
    })
    .parse(input)
}

/// Which of some words of three letters the input begins with.
fn one_of_words(words: &'static [&'static [u8]]) -> impl Fn(&[u8]) -> IResult<&[u8], usize> {
    move |input| {
        let own = |word: &[u8]| words.iter().position(|known| *known == word);
        map_opt(take_while_m_n(3, 3, |_| true), own).parse(input)
    }
}

/// Hours, minutes, seconds and what a mark parts from these. A leap second is the last one of its minute.
fn clock(mark: char, input: &[u8]) -> IResult<&[u8], NaiveTime> {
    let parts = (digits::<u32>(2), char(':'), digits::<u32>(2), char(':'), digits::<u32>(2));
    let fraction = map(opt(preceded(char(mark), fraction)), Option::unwrap_or_default);
    map_opt((parts, fraction), |((hour, _, minute, _, second), micros)| {
        NaiveTime::from_hms_micro_opt(hour, minute, second.min(59), micros).filter(|_| second <= 60)
    })
    .parse(input)
}

/// Up to nine digits of a second, as microseconds.
fn fraction(input: &[u8]) -> IResult<&[u8], u32> {
    let (rest, digits) = take_while_m_n(1, 9, |byte: u8| byte.is_ascii_digit()).parse(input)?;
    let micros =
        (0..6).fold(0, |n, place| n * 10 + digits.get(place).map_or(0, |digit| u32::from(digit - b'0')));
    Ok((rest, micros))
}

/// How many seconds a clock is ahead of UTC.
fn offset(input: &[u8]) -> IResult<&[u8], i64> {
    let sign = alt((value(1, char('+')), value(-1, char('-'))));
    let numeric = (sign, digits::<i64>(2), opt(char(':')), digits::<i64>(2));
    alt((value(0, char('Z')), map(numeric, |(sign, hours, _, minutes)| sign * (hours * 60 + minutes) * 60)))
        .parse(input)
}
