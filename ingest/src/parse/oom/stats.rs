//! What a memory cgroup's memory was used for.

use bstr::ByteSlice;
use nom::bytes::complete::tag;
use nom::combinator::rest;
use nom::sequence::preceded;
use nom::{IResult, Parser};
use serde::{Deserialize, Serialize};

use crate::event::oom::MemcgStats;
use crate::parse::oom::lex::{lines, until_last};

/// How the line begins, in every version (Linux, mm/memcontrol.c, `mem_cgroup_print_oom_info`,
/// `mem_cgroup_print_oom_meminfo`).
const STATS: &str = "Memory cgroup stats for ";

/// The counters of a block. Sizes are in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Counters {
    anon: Counter,
    file: Counter,
    shmem: Counter,
    kernel: Counter,
    slab: Counter,
    slab_parts: Counter,
}

/// A cgroup's own, and all that is below it too, which counts where it is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Counter {
    own: Option<u64>,
    total: Option<u64>,
}

/// Reads "Memory cgroup stats for /a: cache:0KB rss:980KB …", all in one line up to 5.2, and what may follow the colon
/// later: nothing, or the first counter.
pub(super) fn stats(input: &[u8]) -> IResult<&[u8], Counters> {
    let (_, body) = preceded(tag(STATS), rest).parse(input)?;
    let mut counters = Counters::default();
    let first = body.find_byte(b'\n').map_or(body, |at| body.get(..at).unwrap_or(body));
    if let Ok((inline, _)) = until_last(": cache:")(first) {
        for field in inline.fields() {
            counters.add_inline(field);
        }
    } else if let Ok((tail, _)) = until_last(":")(first) {
        counters.add(tail.get(1..).unwrap_or_default());
    }
    for line in lines(body).skip(1) {
        counters.add(line);
    }
    Ok((&[], counters))
}

impl Counters {
    /// Adds a record of `anon 123` lines, one or many (5.3 and later). Tells whether it is one.
    pub(super) fn add_record(&mut self, text: &[u8]) -> bool {
        let mut told = false;
        for line in lines(text) {
            if line.is_empty() {
                continue;
            }
            if !self.add(line) {
                return told;
            }
            told = true;
        }
        told
    }

    /// Adds the counters of a cgroup below: kernels that print all in one line have a line for each.
    pub(super) fn add_all(&mut self, other: &Self) {
        let pairs = [
            (&mut self.anon, &other.anon),
            (&mut self.file, &other.file),
            (&mut self.shmem, &other.shmem),
            (&mut self.kernel, &other.kernel),
            (&mut self.slab, &other.slab),
            (&mut self.slab_parts, &other.slab_parts),
        ];
        for (counter, other) in pairs {
            counter.own = sum(counter.own, other.own);
            counter.total = counter.total.or(other.total);
        }
    }

    /// The counters in KiB; none where there are none.
    pub(super) fn sizes(&self) -> Option<MemcgStats> {
        let kb = |counter: Counter| counter.total.or(counter.own).map(|bytes| bytes / 1024);
        let stats = MemcgStats {
            anon_kb: kb(self.anon),
            file_kb: kb(self.file),
            shmem_kb: kb(self.shmem),
            kernel_kb: kb(self.kernel),
            slab_kb: kb(self.slab).or(kb(self.slab_parts)),
        };
        (stats != MemcgStats::default()).then_some(stats)
    }

    fn add(&mut self, line: &[u8]) -> bool {
        let Some((key, value)) = line.trim().split_once_str(" ") else { return false };
        let is_key = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'_';
        let Some(bytes) = crate::entry::decimal::<u64>(value).filter(|_| key.iter().all(is_key)) else {
            return false;
        };
        if let Some((key, is_total)) = match key.strip_prefix(b"total_") {
            Some(key) => Some((key, true)),
            None => Some((key, false)),
        } && let Some((counter, adds)) = self.counter(key)
        {
            let slot = if is_total { &mut counter.total } else { &mut counter.own };
            *slot = if adds { sum(*slot, Some(bytes)) } else { slot.or(Some(bytes)) };
        }
        true
    }

    /// `rss:980KB`.
    fn add_inline(&mut self, field: &[u8]) {
        let Some((key, value)) = field.split_once_str(":") else { return };
        let size = value.strip_suffix(b"KB").and_then(crate::entry::decimal::<u64>);
        if let Some((counter, _)) = self.counter(key) {
            counter.own = counter.own.or(size.and_then(|kb| kb.checked_mul(1024)));
        }
    }

    /// The counter of a key, by its name of v1 or v2, and whether it is one of several that make it.
    fn counter(&mut self, key: &[u8]) -> Option<(&mut Counter, bool)> {
        Some(match key {
            b"anon" | b"rss" => (&mut self.anon, false),
            b"file" | b"cache" => (&mut self.file, false),
            b"shmem" => (&mut self.shmem, false),
            b"kernel" => (&mut self.kernel, false),
            b"slab" => (&mut self.slab, false),
            b"slab_reclaimable" | b"slab_unreclaimable" => (&mut self.slab_parts, true),
            _ => return None,
        })
    }
}

fn sum(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    a.zip(b).map(|(a, b)| a.saturating_add(b)).or(a).or(b)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// anon, file, shmem, kernel, slab in KiB
    type Sizes = [Option<u64>; 5];

    fn sizes(records: &[&str]) -> Option<Sizes> {
        let (_, mut counters) = stats(records.first().unwrap().as_bytes()).unwrap();
        for record in records.iter().skip(1) {
            match stats(record.as_bytes()) {
                Ok((_, more)) => counters.add_all(&more),
                Err(_) => _ = counters.add_record(record.as_bytes()),
            }
        }
        let MemcgStats { anon_kb, file_kb, shmem_kb, kernel_kb, slab_kb } = counters.sizes()?;
        Some([anon_kb, file_kb, shmem_kb, kernel_kb, slab_kb])
    }

    #[test]
    fn every_version() {
        let some = |sizes: [u64; 5]| Some(sizes.map(Some));
        for (records, expected) in [
            (
                &["Memory cgroup stats for /a b: cache:4KB rss:980KB rss_huge:0KB shmem:3KB mapped_file:0KB"]
                    [..],
                Some([Some(980), Some(4), Some(3), None, None]),
            ),
            (
                &[
                    "Memory cgroup stats for /a: cache:4KB rss:0KB",
                    "Memory cgroup stats for /a/b: cache:1KB rss:9KB",
                ],
                Some([Some(9), Some(5), None, None, None]),
            ),
            (
                &[
                    "Memory cgroup stats for /a:",
                    "anon 2048\nfile 1024\nkernel 8192\nshmem 0\nslab 4096\nworkingset_refault_anon 5",
                ],
                some([2, 1, 0, 8, 4]),
            ),
            (
                &[
                    "Memory cgroup stats for /a:anon 2048\nfile 1024\nslab_reclaimable 1024\nslab_unreclaimable 2048",
                ],
                Some([Some(2), Some(1), None, None, Some(3)]),
            ),
            (
                &[
                    "Memory cgroup stats for /a:",
                    "anon 2048",
                    "audit: x",
                    "file 1024",
                    "kernel 0",
                    "shmem 0",
                    "slab 1024",
                ],
                some([2, 1, 0, 0, 1]),
            ),
            (
                &[
                    "Memory cgroup stats for /a:",
                    "cache 1024",
                    "rss 0",
                    "total_cache 2048",
                    "total_rss 4096",
                    "shmem 0",
                ],
                Some([Some(4), Some(2), Some(0), None, None]),
            ),
            (
                &["Memory cgroup stats for /a:", "anon 2048#012file 1024#012shmem 0"],
                Some([Some(2), Some(1), Some(0), None, None]),
            ),
            (&["Memory cgroup stats for /a:"], None),
            (&["Memory cgroup stats for /a: cache:4KB rss:98"], Some([None, Some(4), None, None, None])),
            (&["Memory cgroup stats for /a:", "anon 12x", "file -1", "Anon 12"], None),
        ] {
            assert_eq!(sizes(records), expected, "{records:?}");
        }
    }
}
