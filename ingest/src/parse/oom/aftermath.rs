//! What became of a victim, by records that come after its kill line: the reaper works by itself.

use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::u32;
use nom::combinator::value;
use nom::sequence::preceded;
use nom::{IResult, Parser};

use super::lex::{comm, until_last};
use crate::event::oom::{Aftermath, AftermathKind};

/// How the reaper's lines begin (Linux, mm/oom_kill.c, `oom_reap_task`, 4.6 and later).
pub(super) const REAPER: &str = "oom_reaper: ";
/// How the line about init's memory begins (the same file, `__oom_kill_process`, 4.8 and later).
pub(super) const PINNED: &str = "oom killer ";

/// Reads "oom_reaper: reaped process 5 (x), now anon-rss:0kB, …", "oom_reaper: unable to reap pid:5 (x)" and "oom
/// killer 5 (x) has mm pinned by 1 (y)".
pub(super) fn aftermath(input: &[u8]) -> IResult<&[u8], Aftermath> {
    let start = alt((
        value(AftermathKind::Reaped, (tag(REAPER), tag("reaped process "))),
        value(AftermathKind::NotReaped, (tag(REAPER), tag("unable to reap pid:"))),
        value(AftermathKind::Pinned, tag(PINNED)),
    ));
    let (rest, (kind, pid)) = (start, u32).parse(input)?;
    let end = match kind {
        AftermathKind::Reaped => "), now anon-rss:",
        AftermathKind::Pinned => ") has mm pinned by ",
        _ => ")",
    };
    let (rest, name) = preceded(tag(" ("), until_last(end)).parse(rest)?;
    Ok((rest, Aftermath { pid, comm: comm(name), kind }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let (reaped, not, pinned) = (AftermathKind::Reaped, AftermathKind::NotReaped, AftermathKind::Pinned);
        for (text, expected) in [
            (
                "oom_reaper: reaped process 5 (x), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB",
                Some((reaped, 5, "x")),
            ),
            (
                "oom_reaper: reaped process 5 (a (b), now anon-rss:), now anon-rss:4kB, file-rss:0kB",
                Some((reaped, 5, "a (b), now anon-rss:")),
            ),
            ("oom_reaper: reaped process 5 (x) anon-rss:0kB, file-rss:0kB, shmem-rss:0kB", None),
            ("oom_reaper: unable to reap pid:5 (a) b)", Some((not, 5, "a) b"))),
            ("oom killer 5 (my app) has mm pinned by 1 (init)", Some((pinned, 5, "my app"))),
            ("oom killer 5 (x) enabled", None),
            ("OOM killer enabled.", None),
            ("oom_reaper: unable to reap pid:x (y)", None),
            ("x: oom_reaper: unable to reap pid:5 (y)", None),
        ] {
            let read = aftermath(text.as_bytes()).ok().map(|(_, read)| read);
            let read = read.as_ref().map(|read| (read.kind, read.pid, &*read.comm));
            assert_eq!(read, expected, "{text}");
        }
    }
}
