//! What the runtime says before a fatal error.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::character::complete::u64 as number;
use nom::combinator::{map, opt};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use crate::event::go::Circumstance;

/// Adds what a line of the prelude tells; `text` is without `runtime: `.
pub(super) fn note(told: &mut Circumstance, text: &[u8]) {
    let Ok((_, line)) = line(text) else { return };
    let Circumstance { stack_limit, thread_limit, threads, asked, in_use, fault_address, locked_memory } =
        line;
    told.stack_limit = told.stack_limit.or(stack_limit);
    told.thread_limit = told.thread_limit.or(thread_limit);
    told.threads = told.threads.or(threads);
    told.asked = told.asked.or(asked);
    told.in_use = told.in_use.or(in_use);
    told.fault_address = told.fault_address.or(fault_address);
    told.locked_memory |= locked_memory;
}

fn line(text: &[u8]) -> IResult<&[u8], Circumstance> {
    let none = Circumstance::default;
    alt((
        map(delimited(tag("goroutine stack exceeds "), number, tag("-byte limit")), |limit| Circumstance {
            stack_limit: Some(limit),
            ..none()
        }),
        map(delimited(tag("program exceeds "), number, tag("-thread limit")), |limit| Circumstance {
            thread_limit: Some(limit),
            ..none()
        }),
        map(delimited(tag("failed to create new OS thread (have "), number, tag(" already")), |threads| {
            Circumstance { threads: Some(threads), ..none() }
        }),
        map(
            (
                delimited(tag("out of memory: cannot allocate "), number, tag("-byte block")),
                opt(delimited(tag(" ("), number, tag(" in use)"))),
            ),
            |(asked, in_use)| Circumstance { asked: Some(asked), in_use, ..none() },
        ),
        map(preceded(tag("unexpected fault address 0x"), hex), |address| Circumstance {
            fault_address: address,
            ..none()
        }),
        map(tag("mmap: too much locked memory"), |_| Circumstance { locked_memory: true, ..none() }),
    ))
    .parse(text)
}

fn hex(text: &[u8]) -> IResult<&[u8], Option<u64>> {
    let digits = take_while1(|byte: u8| byte.is_ascii_hexdigit());
    map(terminated(digits, nom::combinator::rest), |digits: &[u8]| {
        let digits = std::str::from_utf8(digits).ok()?;
        u64::from_str_radix(digits, 16).ok()
    })
    .parse(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_runtime_tells() {
        let mut told = Circumstance::default();
        for text in [
            "goroutine stack exceeds 1000000000-byte limit",
            "program exceeds 10000-thread limit",
            "failed to create new OS thread (have 5 already; errno=11)",
            "out of memory: cannot allocate 1073741824-byte block (6446022656 in use)",
            "unexpected fault address 0x7f00",
            "mmap: too much locked memory (check 'ulimit -l').",
            "goroutine stack exceeds our expectations",
            "program exceeds 99999999999999999999-thread limit",
        ] {
            note(&mut told, text.as_bytes());
        }
        let expected = Circumstance {
            stack_limit: Some(1_000_000_000),
            thread_limit: Some(10_000),
            threads: Some(5),
            asked: Some(1 << 30),
            in_use: Some(6_446_022_656),
            fault_address: Some(0x7f00),
            locked_memory: true,
        };
        assert_eq!(told, expected);
    }
}
