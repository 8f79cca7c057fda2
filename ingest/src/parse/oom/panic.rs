//! The kernel was out of memory and killed nobody.

use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case};
use nom::combinator::{opt, value};
use nom::sequence::preceded;
use nom::{IResult, Parser};

use crate::event::oom::NoVictim;

/// How a panic's line begins (Linux, kernel/panic.c).
pub(super) const PANIC: &str = "Kernel panic - not syncing: ";

/// Reads "Out of memory and no killable processes..." (a panic up to 4.18, a warning since), the panic "System is
/// deadlocked on memory" that follows it in 4.19 and later, and the panics of `vm.panic_on_oom`, "Out of memory:
/// system-wide panic_on_oom is enabled" (Linux, mm/oom_kill.c, `out_of_memory`, `check_panic_on_oom`).
pub(super) fn no_victim(input: &[u8]) -> IResult<&[u8], NoVictim> {
    let nobody = value(NoVictim::NobodyKillable, tag(" and no killable processes"));
    let kinds = alt((tag(" system-wide "), tag(" compulsory "), tag(" ")));
    let policy = value(
        NoVictim::PanicOnOom,
        (alt((tag(":"), tag("."))), kinds, tag("panic_on_oom is "), alt((tag("enabled"), tag("selected")))),
    );
    let memory = preceded((opt(tag(PANIC)), tag_no_case("out of memory")), alt((nobody, policy)));
    let deadlock = value(NoVictim::Deadlocked, (tag(PANIC), tag("System is deadlocked on memory")));
    alt((memory, deadlock)).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let (nobody, policy) = (Some(NoVictim::NobodyKillable), Some(NoVictim::PanicOnOom));
        for (text, expected) in [
            ("Out of memory and no killable processes...", nobody),
            ("Kernel panic - not syncing: Out of memory and no killable processes...", nobody),
            ("Kernel panic - not syncing: Out of memory: system-wide panic_on_oom is enabled", policy),
            ("Kernel panic - not syncing: Out of memory: compulsory panic_on_oom is enabled", policy),
            ("Kernel panic - not syncing: out of memory. panic_on_oom is selected", policy),
            ("Out of memory: system-wide panic_on_oom is enabled", policy),
            ("Kernel panic - not syncing: System is deadlocked on memory", Some(NoVictim::Deadlocked)),
            ("System is deadlocked on memory", None),
            ("Kernel panic - not syncing: Attempted to kill init!", None),
            ("Out of memory: Killed process 1 (panic_on_oom is) total-vm:1kB", None),
            ("Out of memory: Killed process 1 (panic_on_oom is enabled) total-vm:1kB", None),
            ("Memory cgroup out of memory: Killed process 1 (x) total-vm:1kB", None),
        ] {
            let read = no_victim(text.as_bytes()).ok().map(|(_, read)| read);
            assert_eq!(read, expected, "{text}");
        }
    }
}
