//! The kernel's log as dmesg prints it.
//!
//! `[  284.473552] text`, with `[ T6832]` or `[    C1]` behind the time where CONFIG_PRINTK_CALLER is set (Linux,
//! kernel/printk/printk.c: print_time, print_caller), and `<6>` before it in `dmesg -r`. A line without the time goes on
//! with the record before it.

use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::{char, digit1, one_of, space0};
use nom::combinator::opt;
use nom::sequence::{delimited, preceded, separated_pair};
use nom::{IResult, Parser};

use super::number::{digits, number};
use super::syslog::{self, Priority};
use super::unterminated;
use crate::decode::draft::{Draft, Outcome};

/// Whether a line begins a record.
pub(crate) fn is_header(line: &[u8]) -> bool {
    header(line).is_ok()
}

/// Reads one record into a draft.
pub(in crate::decode) fn read<'c>(record: &'c [u8], draft: &mut Draft<'c>) -> Outcome {
    let Ok((text, (priority, micros))) = header(unterminated(record)) else {
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
    syslog::kernel_time(micros, draft);
    draft.lend(b"MESSAGE", text);
    Outcome::Entry
}

fn header(line: &[u8]) -> IResult<&[u8], (Option<Priority>, u64)> {
    let (text, (priority, micros, _)) = (opt(syslog::bracketed), time, opt(caller)).parse(line)?;
    Ok((text.strip_prefix(b" ").unwrap_or(text), (priority, micros)))
}

/// Seconds and microseconds, always six digits of these.
fn time(input: &[u8]) -> IResult<&[u8], u64> {
    let seconds = preceded(space0, number::<u64>);
    let (rest, (seconds, micros)) =
        delimited(char('['), separated_pair(seconds, char('.'), digits::<u64>(6)), char(']')).parse(input)?;
    Ok((rest, seconds.saturating_mul(1_000_000).saturating_add(micros)))
}

/// A thread or a processor.
fn caller(input: &[u8]) -> IResult<&[u8], ()> {
    let (rest, _) =
        delimited((char('['), space0), (one_of("TC"), digit1), alt((tag(&b"]"[..]), tag(&b" ]"[..]))))
            .parse(input)?;
    Ok((rest, ()))
}
