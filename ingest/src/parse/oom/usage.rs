//! What the memory cgroup used: "memory: usage 980kB, limit 980kB, failcnt 4152239".

use nom::bytes::complete::tag;
use nom::sequence::preceded;
use nom::{IResult, Parser};
use serde::{Deserialize, Serialize};

use super::lex::size_kb;

/// From here on a limit is none: PAGE_COUNTER_MAX is 2^53 KiB less a page (Linux, include/linux/page_counter.h), what
/// kernels before 3.19 printed is more. The slack of 1 GiB holds every size of a page.
const UNLIMITED_KB: u64 = (1 << 53) - (1 << 20);

/// Usage and limit of a cgroup, in KiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Usage {
    /// What was used.
    pub(super) used_kb: u64,
    /// The limit; none where there is none.
    pub(super) limit_kb: Option<u64>,
}

/// Reads the line of the memory counter. Those of `memory+swap:`, `swap:` and `kmem:` have the same form and are not
/// asked for.
pub(super) fn usage(input: &[u8]) -> IResult<&[u8], Usage> {
    (preceded(tag("memory: usage "), size_kb), preceded(tag(", limit "), size_kb))
        .map(|(used_kb, limit)| Usage {
            used_kb,
            limit_kb: Some(limit).filter(|limit| *limit < UNLIMITED_KB),
        })
        .parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        for (text, expected) in [
            ("memory: usage 980kB, limit 1024kB, failcnt 4152239", Some((980, Some(1024)))),
            ("memory: usage 0kB, limit 0kB, failcnt 0", Some((0, Some(0)))),
            ("memory: usage 5kB, limit 9007199254740988kB, failcnt 0", Some((5, None))),
            ("memory: usage 5kB, limit 9007199254740928kB, failcnt 0", Some((5, None))),
            ("memory: usage 5kB, limit 9007199254740991kB, failcnt 0", Some((5, None))),
            ("memory: usage 5kB, limit 18014398509481983kB, failcnt 0", Some((5, None))),
            ("memory: usage 99999999999999999999kB, limit 5kB, failcnt 0", None),
            ("memory: usage 5kB, limit 5", None),
            ("memory+swap: usage 5kB, limit 5kB, failcnt 0", None),
            ("swap: usage 5kB, limit 5kB, failcnt 0", None),
            ("kmem: usage 5kB, limit 5kB, failcnt 0", None),
        ] {
            let read = usage(text.as_bytes()).ok().map(|(_, read)| (read.used_kb, read.limit_kb));
            assert_eq!(read, expected, "{text}");
        }
    }
}
