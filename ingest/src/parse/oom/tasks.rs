//! The task table. Its columns changed often, so they are found by its header line.

use bstr::ByteSlice;
use nom::bytes::complete::{is_not, tag};
use nom::character::complete::{space0, space1, u32, u64};
use nom::combinator::{all_consuming, rest};
use nom::error::{Error, ErrorKind};
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};
use serde::{Deserialize, Serialize};

/// The most columns that a table is believed to have; the widest so far has eleven.
const MAX_COLUMNS: usize = 32;

/// Where a table has what, in columns after the `[ pid ]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Columns {
    name: usize,
    rss: usize,
    total_vm: usize,
}

/// A row. The sizes are in pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row<'a> {
    /// The process.
    pub(super) pid: u32,
    /// Its name.
    pub(super) comm: &'a [u8],
    /// Resident pages.
    pub(super) rss: u64,
    /// Address space.
    pub(super) total_vm: u64,
}

/// Reads the header line, `[ pid ]   uid  tgid total_vm      rss … name` (Linux, mm/oom_kill.c, `dump_tasks`).
pub(super) fn columns(input: &[u8]) -> IResult<&[u8], Columns> {
    let (titles, _) = (tag("["), space1, tag("pid"), space1, tag("]")).parse(input)?;
    let place = |title: &str| titles.fields().take(MAX_COLUMNS).position(|field| field == title.as_bytes());
    match (place("name"), place("rss"), place("total_vm")) {
        (Some(name), Some(rss), Some(total_vm)) if rss.max(total_vm) < name => {
            Ok((&[], Columns { name, rss, total_vm }))
        }
        _ => Err(nom::Err::Error(Error::new(input, ErrorKind::Verify))),
    }
}

/// Reads `[  306]     0   306   447340    81602 …         0 name`. One space precedes the name, which may begin with
/// more of them.
pub(super) fn row(columns: Columns, input: &[u8]) -> IResult<&[u8], Row<'_>> {
    let (mut tail, pid) = delimited(tag("["), preceded(space0, u32), tag("]")).parse(input)?;
    let mut row = Row { pid, comm: &[], rss: 0, total_vm: 0 };
    for column in 0..columns.name {
        let (after, field) = preceded(space1, is_not(" ")).parse(tail)?;
        tail = after;
        if column == columns.rss {
            row.rss = all_consuming(u64).parse(field)?.1;
        } else if column == columns.total_vm {
            row.total_vm = all_consuming(u64).parse(field)?.1;
        }
    }
    let (tail, comm) = preceded(tag(" "), rest).parse(tail)?;
    row.comm = comm;
    Ok((tail, row))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_version() {
        for (titles, line, expected) in [
            (
                "[ pid ]   uid  tgid total_vm      rss cpu oom_adj name",
                "[  512]     0   512     2717      168   1     -17 udevd",
                (512, "udevd", 168, 2717),
            ),
            (
                "[ pid ]   uid  tgid total_vm      rss cpu oom_adj oom_score_adj name",
                "[  512]     0   512     2717      168   1     -17         -1000 udevd",
                (512, "udevd", 168, 2717),
            ),
            (
                "[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name",
                "[ 1402]    -1  1402    40210     1201      80       55         -1000 (sd-pam)",
                (1402, "(sd-pam)", 1201, 40210),
            ),
            (
                "[ pid ]   uid  tgid total_vm      rss nr_ptes nr_pmds swapents oom_score_adj name",
                "[70000] 65534 70000     1000       10       6       3        0             0 my app",
                (70000, "my app", 10, 1000),
            ),
            (
                "[ pid ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
                "[  512]     0   512     2717      168    57344        0             0  two  ",
                (512, " two  ", 168, 2717),
            ),
            (
                "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
                "[    512]     0   512     2717      168    57344        0             0 ",
                (512, "", 168, 2717),
            ),
            (
                "[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name",
                "[   6929]     0  6929   308088    13310    12192        0      1118   196608        0             0 [a 1 2 3",
                (6929, "[a 1 2 3", 13310, 308_088),
            ),
            ("[  pid  ]   new  rss  total_vm name", "[ 1]  0 5 9 x", (1, "x", 5, 9)),
        ] {
            let (_, found) = columns(titles.as_bytes()).unwrap();
            let (_, read) = row(found, line.as_bytes()).unwrap();
            assert_eq!(
                (read.pid, read.comm.to_str().unwrap(), read.rss, read.total_vm),
                expected,
                "{titles}"
            );
        }
    }

    #[test]
    fn no_table() {
        for titles in
            ["", "[pid] rss name", "[ pid ] uid rss total_vm", "[ pid ] name rss total_vm", "pid rss name"]
        {
            assert!(columns(titles.as_bytes()).is_err(), "{titles}");
        }
        let (_, found) = columns(b"[ pid ] uid total_vm rss name").unwrap();
        for line in [
            "",
            "[ 1]",
            "[ 1] 0 5",
            "[ x] 0 5 6 a",
            "[ 1] 0 5 6",
            "[ 1] 0 5 6x a",
            "[ 1] 0 5 99999999999999999999 a",
        ] {
            assert!(row(found, line.as_bytes()).is_err(), "{line}");
        }
    }
}
