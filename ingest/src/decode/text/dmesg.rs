//! The kernel's log as dmesg prints it (util-linux, sys-utils/dmesg.c: print_record).
//!
//! A time, then the text, with `[ T6832]` or `[    C1]` between them where CONFIG_PRINTK_CALLER is set (Linux,
//! kernel/printk/printk.c: print_caller). Times are
//!
//! - `[  284.473552]`, since the boot (kernel/printk/printk.c: print_time);
//! - `[Mon Nov 23 01:13:37 2026]` of `dmesg -T`, whose day may be in any language, and `2026-11-23T01:13:37,621200+00:00` of `--time-format iso`: what the clock
//!   would have shown, had the machine never slept;
//! - `[Nov23 01:13]` where a minute begins and `[  +0.012228]` after it, of `-H` and `reltime`, and `[<    0.012228>]` of `delta`: of
//!   these only the first is a time.
//!
//! `-d` adds ` <    0.012228>` inside the brackets. Before the time stands `<6>` in `dmesg -r`, `kern  :info  : ` in `dmesg -x`. A line without
//! a time goes on with the record before it.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::{char, digit1, one_of, space0};
use nom::combinator::{opt, value};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use super::number::number;
use super::stamp;
use super::syslog::{self, Priority};
use super::unterminated;
use crate::calendar::{Calendar, Stamp};
use crate::decode::draft::{Draft, Outcome};

/// Whether a line begins a record.
pub(crate) fn is_header(line: &[u8]) -> bool {
    header(line).is_ok()
}

/// Reads one record into a draft.
pub(in crate::decode) fn read<'c>(record: &'c [u8], calendar: &Calendar, draft: &mut Draft<'c>) -> Outcome {
    let Ok((text, (priority, stamp))) = header(unterminated(record)) else {
        return if record.trim_ascii().is_empty() { Outcome::Ignored } else { Outcome::Skipped };
    };
    draft.lend(b"_TRANSPORT", b"kernel");
    let text = match priority {
        Some(priority) => syslog::origin(priority, text, draft),
        None => {
            draft.lend(b"SYSLOG_FACILITY", b"0");
            draft.lend(b"SYSLOG_IDENTIFIER", b"kernel");
            text
        }
    };
    match stamp {
        Stamp::Boot(micros) => syslog::kernel_time(micros, draft),
        stamp => draft.time(stamp, calendar),
    }
    draft.lend(b"MESSAGE", text);
    Outcome::Entry
}

/// Takes the time since the boot off a text, and a caller behind it. Returns what is left, and microseconds.
pub(super) fn kernel_time(text: &[u8]) -> Option<(&[u8], u64)> {
    match delimited(char('['), stamp::boot, (char(']'), opt(caller))).parse(text) {
        Ok((text, Stamp::Boot(micros))) => Some((text.strip_prefix(b" ").unwrap_or(text), micros)),
        _ => None,
    }
}

fn header(line: &[u8]) -> IResult<&[u8], (Option<Priority>, Stamp<'_>)> {
    let decoded = terminated(syslog::named(':'), (space0, tag(&b": "[..])));
    let (text, (priority, stamp, _)) =
        (opt(alt((syslog::bracketed, decoded))), time, opt(caller)).parse(line)?;
    Ok((text.strip_prefix(b" ").unwrap_or(text), (priority, stamp)))
}

fn time(input: &[u8]) -> IResult<&[u8], Stamp<'_>> {
    // The processors' clocks differ at first, so that a record may be before the one before it.
    let since = || delimited((char('<'), space0, opt(char('-'))), stamp::boot, char('>'));
    let at = terminated(alt((stamp::boot, stamp::ctime, stamp::foreign)), opt(preceded(char(' '), since())));
    let after = value(Stamp::Unknown, alt((since(), plus)));
    alt((delimited(char('['), alt((at, stamp::minute, after)), char(']')), stamp::iso_comma)).parse(input)
}

/// `  +0.012228`, since the record before.
fn plus(input: &[u8]) -> IResult<&[u8], Stamp<'_>> {
    let micros = take_while_m_n(6, 6, |byte: u8| byte.is_ascii_digit());
    value(Stamp::Unknown, (space0, one_of("+-"), number::<u64>, char('.'), micros)).parse(input)
}

/// A thread or a processor. dmesg itself, where it knows it, puts a blank before it.
fn caller(input: &[u8]) -> IResult<&[u8], ()> {
    let (rest, _) = delimited(
        (opt(char(' ')), char('['), space0),
        (one_of("TC"), digit1),
        alt((tag(&b"]"[..]), tag(&b" ]"[..]))),
    )
    .parse(input)?;
    Ok((rest, ()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_date_may_be_in_any_language() {
        for (line, is_dated) in [
            ("[Tue Aug 12 03:54:03 2025] a", true),
            ("[Di Aug 12 03:54:03 2025] a", true),
            ("[mar. août 12 03:54:03 2025] a", false),
        ] {
            let (text, (_, stamp)) = header(line.as_bytes()).unwrap();
            assert_eq!((text, matches!(stamp, Stamp::Local(_))), (&b"a"[..], is_dated), "{line}");
        }
    }
}
