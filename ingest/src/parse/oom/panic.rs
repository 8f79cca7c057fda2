//! The kernel was out of memory and killed nobody.

use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_until};
use nom::combinator::{opt, value};
use nom::{IResult, Parser};

/// How a panic's line begins (Linux, kernel/panic.c).
pub(super) const PANIC: &str = "Kernel panic - not syncing: ";

/// Reads "Out of memory and no killable processes..." (a panic up to 4.18, a warning since) and the panics of
/// `vm.panic_on_oom`, "Out of memory: system-wide panic_on_oom is enabled" (Linux, mm/oom_kill.c, `out_of_memory`).
///
/// "System is deadlocked on memory" follows the former in 4.19 and later, and is not told twice.
pub(super) fn no_victim(input: &[u8]) -> IResult<&[u8], ()> {
    let nobody = value((), tag(" and no killable processes"));
    let policy =
        value((), (alt((tag(":"), tag("."))), take_until("panic_on_oom is "), tag("panic_on_oom is ")));
    (opt(tag(PANIC)), tag_no_case("out of memory"), alt((nobody, policy))).map(|_| ()).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        for (text, expected) in [
            ("Out of memory and no killable processes...", true),
            ("Kernel panic - not syncing: Out of memory and no killable processes...", true),
            ("Kernel panic - not syncing: Out of memory: system-wide panic_on_oom is enabled", true),
            ("Kernel panic - not syncing: Out of memory: compulsory panic_on_oom is enabled", true),
            ("Kernel panic - not syncing: out of memory. panic_on_oom is selected", true),
            ("Out of memory: system-wide panic_on_oom is enabled", true),
            ("Kernel panic - not syncing: System is deadlocked on memory", false),
            ("Kernel panic - not syncing: Attempted to kill init!", false),
            ("Out of memory: Killed process 1 (panic_on_oom is) total-vm:1kB", false),
            ("Memory cgroup out of memory: Killed process 1 (x) total-vm:1kB", false),
        ] {
            assert_eq!(no_victim(text.as_bytes()).is_ok(), expected, "{text}");
        }
    }
}
