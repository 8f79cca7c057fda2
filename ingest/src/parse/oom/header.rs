//! The header: "X invoked oom-killer: gfp_mask=…".

use bstr::ByteSlice;
use nom::bytes::complete::{tag, take_until, take_while};
use nom::character::complete::i32;
use nom::combinator::verify;
use nom::{IResult, Parser};

use super::lex::{COMM_BYTES, comm, comm_len};
use crate::event::oom::{Request, Task};
use crate::parse::clip;

/// The most of a mask's names that is kept.
const MAX_MASK: usize = 256;

/// What follows the name in every version (Linux, mm/oom_kill.c, `dump_header`).
pub(super) const INVOKED: &str = " invoked oom-killer: gfp_mask=";

/// Reads the process whose allocation failed, and the allocation. Its pid stands in another line, and is a thread's.
pub(super) fn header(input: &[u8]) -> IResult<&[u8], (Task, Request)> {
    let named = verify(take_until(INVOKED), |name: &[u8]| comm_len(name) <= COMM_BYTES);
    let mask = take_while(|byte: u8| byte.is_ascii_graphic() && byte != b',');
    let (rest, (name, _, mask)) = (named, tag(INVOKED), mask).parse(input)?;
    let request = Request { gfp: clip(mask, MAX_MASK), order: order(rest) };
    Ok((rest, (Task { pid: None, comm: comm(name) }, request)))
}

/// `, order=0,`, from 4.10 to 4.20 behind a list of nodes. A cut number is none.
fn order(rest: &[u8]) -> Option<i32> {
    let number = rest.split_once_str(" order=")?.1;
    let order: IResult<&[u8], i32> = i32(number);
    order.ok().filter(|(rest, _)| rest.starts_with(b",")).map(|(_, order)| order)
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
            assert_eq!(&*header(text.as_bytes()).unwrap().1.0.comm, name, "{text}");
        }
    }

    #[test]
    fn requests() {
        for (text, gfp, order) in [
            ("x invoked oom-killer: gfp_mask=0x280da, order=0, oomkilladj=0", "0x280da", Some(0)),
            (
                "x invoked oom-killer: gfp_mask=0x6202c2(GFP_HIGHUSER|__GFP_NOWARN), nodemask=(null),  order=3, oom_score_adj=1000",
                "0x6202c2(GFP_HIGHUSER|__GFP_NOWARN)",
                Some(3),
            ),
            (
                "x invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=-1, oom_score_adj=0",
                "0xcc0(GFP_KERNEL)",
                Some(-1),
            ),
            ("x invoked oom-killer: gfp_mask=0x6000c0(GFP_KERNEL), nodemask=", "0x6000c0(GFP_KERNEL)", None),
            ("x invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=1", "0xcc0(GFP_KERNEL)", None),
        ] {
            let request = header(text.as_bytes()).unwrap().1.1;
            assert_eq!((&*request.gfp, request.order), (gfp, order), "{text}");
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
