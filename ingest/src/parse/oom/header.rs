//! The header: "X invoked oom-killer: gfp_mask=…".

use nom::bytes::complete::take_until;
use nom::combinator::verify;
use nom::{IResult, Parser};

use super::lex::{COMM_BYTES, comm, comm_len};
use crate::event::oom::Task;

/// What follows the name in every version (Linux, mm/oom_kill.c, `dump_header`).
pub(super) const INVOKED: &str = " invoked oom-killer: gfp_mask=";

/// Reads the process whose allocation failed. Its pid stands in another line, and is a thread's.
pub(super) fn header(input: &[u8]) -> IResult<&[u8], Task> {
    verify(take_until(INVOKED), |name: &[u8]| comm_len(name) <= COMM_BYTES)
        .map(|name| Task { pid: None, comm: comm(name) })
        .parse(input)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_version() {
        for (text, name) in [
            ("java invoked oom-killer: gfp_mask=0x280da, order=0, oomkilladj=0", "java"),
            ("php-fpm invoked oom-killer: gfp_mask=0x280da, order=0, oom_adj=0, oom_score_adj=0", "php-fpm"),
            ("ruby2.1 invoked oom-killer: gfp_mask=0x201da, order=0, oom_score_adj=0", "ruby2.1"),
            (
                "kworker/0:1H invoked oom-killer: gfp_mask=0x24000c0(GFP_KERNEL), order=-1, oom_score_adj=0",
                "kworker/0:1H",
            ),
            (
                "tail invoked oom-killer: gfp_mask=0x6202c2(GFP_HIGHUSER|__GFP_NOWARN), nodemask=(null),  order=0, oom_score_adj=1000",
                "tail",
            ),
            ("in:imjournal invoked oom-killer: gfp_mask=0x6000c0(GFP_KERNEL), nodemask=", "in:imjournal"),
            (
                "my app (v2) invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
                "my app (v2)",
            ),
            ("invoked oom-kil invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0", "invoked oom-kil"),
            (" invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0", ""),
            (
                r"\x1b\x1b\x1b\x1b\x1b\x1b\x1b invoked oom-killer: gfp_mask=0xcc0",
                r"\x1b\x1b\x1b\x1b\x1b\x1b\x1b",
            ),
        ] {
            assert_eq!(&*header(text.as_bytes()).unwrap().1.comm, name, "{text}");
        }
    }

    #[test]
    fn others_are_not() {
        for text in [
            "",
            "x invoked oom-killer",
            "usb 1-1: Product: x invoked oom-killer: gfp_mask=0xcc0",
            "oom_kill_process: 70 callbacks suppressed",
        ] {
            assert!(header(text.as_bytes()).is_err(), "{text}");
        }
    }
}
