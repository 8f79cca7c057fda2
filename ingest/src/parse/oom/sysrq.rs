//! A person asked for a kill: `echo f > /proc/sysrq-trigger`, or the key.

use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::combinator::value;
use nom::{IResult, Parser};

/// How the line began up to 4.2, from 4.2 on, and from 4.20 on (Linux, drivers/tty/sysrq.c, `__handle_sysrq`).
const HEADS: [&str; 3] = ["SysRq : ", "sysrq: SysRq : ", "sysrq: "];

/// What sysrq says of the OOM killer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sysrq {
    /// It is called.
    Asked,
    /// It did nothing.
    Ignored,
}

/// Reads "sysrq: Manual OOM execution" and "sysrq: OOM request ignored. No task eligible".
pub(super) fn sysrq(input: &[u8]) -> IResult<&[u8], Sysrq> {
    let head = HEADS.iter().find(|head| input.starts_with(head.as_bytes())).copied().unwrap_or_default();
    let (rest, _) = tag(head)(input)?;
    if head.is_empty() {
        // Up to 4.1 what the work queue said had no prefix.
        return value(Sysrq::Ignored, tag("OOM request ignored ")).parse(rest);
    }
    alt((value(Sysrq::Asked, tag("Manual OOM execution")), value(Sysrq::Ignored, tag("OOM request ignored"))))
        .parse(rest)
}

/// Whether a record may be such a line.
pub(super) fn opens(text: &[u8]) -> bool {
    matches!(text.first(), Some(b'S' | b's' | b'O')) && sysrq(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        for (text, expected) in [
            ("SysRq : Manual OOM execution", Some(Sysrq::Asked)),
            ("sysrq: SysRq : Manual OOM execution", Some(Sysrq::Asked)),
            ("sysrq: Manual OOM execution", Some(Sysrq::Asked)),
            ("sysrq: OOM request ignored. No task eligible", Some(Sysrq::Ignored)),
            ("sysrq: OOM request ignored because killer is disabled", Some(Sysrq::Ignored)),
            ("OOM request ignored because killer is disabled", Some(Sysrq::Ignored)),
            ("Manual OOM execution", None),
            ("sysrq: Show Memory", None),
            ("sysrq: HELP : loglevel(0-9) memory-full-oom-kill(f)", None),
            ("usb 1-1: Product: sysrq: Manual OOM execution", None),
        ] {
            let read = sysrq(text.as_bytes()).ok().map(|(_, read)| read);
            assert_eq!(read, expected, "{text}");
            assert_eq!(opens(text.as_bytes()), expected.is_some(), "{text}");
        }
    }
}
