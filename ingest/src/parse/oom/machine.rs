//! What the machine had left: the records of `show_mem` (Linux, lib/show_mem.c, mm/page_alloc.c before 4.20).

use bstr::ByteSlice;
use nom::bytes::complete::{tag, take_while1};
use nom::character::complete::space0;
use nom::sequence::preceded;
use nom::{IResult, Parser};
use serde::{Deserialize, Serialize};

use super::lex::{lines, size_kb};
use crate::event::oom::MachineMemory;

/// How it begins.
const MEM_INFO: &str = "Mem-Info:";

/// What its records told so far. Pages have no size here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Machine {
    free_pages: Option<u64>,
    all_pages: Option<u64>,
    swap_free_kb: Option<u64>,
    swap_total_kb: Option<u64>,
}

/// Reads "Mem-Info:", and what stands below it in the same record.
pub(super) fn mem_info(input: &[u8]) -> IResult<&[u8], Machine> {
    let (rest, _) = tag(MEM_INFO)(input)?;
    let mut machine = Machine::default();
    machine.add_record(rest);
    Ok((&[], machine))
}

impl Machine {
    /// Adds a record. Tells whether it says something of this.
    pub(super) fn add_record(&mut self, text: &[u8]) -> bool {
        lines(text).filter(|line| self.add(line)).count() > 0
    }

    /// The sizes; none where nothing was told.
    pub(super) fn sizes(&self, page_kb: u64) -> Option<MachineMemory> {
        let kb = |pages: Option<u64>| pages.and_then(|pages| pages.checked_mul(page_kb));
        let memory = MachineMemory {
            free_kb: kb(self.free_pages),
            total_kb: kb(self.all_pages),
            swap_free_kb: self.swap_free_kb,
            swap_total_kb: self.swap_total_kb,
        };
        (memory != MachineMemory::default()).then_some(memory)
    }

    fn add(&mut self, line: &[u8]) -> bool {
        let (slot, value) = if let Some(pages) = free(line) {
            (&mut self.free_pages, Some(pages))
        } else if let Some(pages) = line.trim().strip_suffix(b" pages RAM") {
            (&mut self.all_pages, crate::entry::decimal(pages))
        } else if let Some(rest) = line.strip_prefix(b"Free swap ") {
            (&mut self.swap_free_kb, swap(rest))
        } else if let Some(rest) = line.strip_prefix(b"Total swap ") {
            (&mut self.swap_total_kb, swap(rest))
        } else {
            return false;
        };
        *slot = slot.or(value);
        value.is_some()
    }
}

/// The pages of ` free:25964 free_pcp:0 free_cma:0`. Lines of nodes and zones begin with their names, and have kB.
fn free(line: &[u8]) -> Option<u64> {
    let first = line.fields().next()?;
    let word: IResult<&[u8], &[u8]> =
        take_while1(|byte: u8| byte.is_ascii_lowercase() || byte == b'_').parse(first);
    word.ok().filter(|(rest, _)| rest.starts_with(b":"))?;
    line.fields().find_map(|field| crate::entry::decimal(field.strip_prefix(b"free:")?))
}

/// ` = 0kB`, after one blank or two.
fn swap(rest: &[u8]) -> Option<u64> {
    let size: IResult<&[u8], u64> = preceded((space0, tag("="), space0), size_kb).parse(rest);
    size.ok().map(|(_, size)| size)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const NEW: &str = "Mem-Info:\nactive_anon:42 inactive_anon:109144 isolated_anon:0\n active_file:48 \
                       inactive_file:81 isolated_file:18\n unevictable:0 dirty:0 writeback:0\n mapped:21 \
                       shmem:60 pagetables:803\n free:1136 free_pcp:77 free_cma:0";

    fn read(records: &[&str]) -> [Option<u64>; 4] {
        let (_, mut machine) = mem_info(records.first().unwrap().as_bytes()).unwrap();
        for record in records.iter().skip(1) {
            machine.add_record(record.as_bytes());
        }
        let sizes = machine.sizes(4).unwrap_or_default();
        [sizes.free_kb, sizes.total_kb, sizes.swap_free_kb, sizes.swap_total_kb]
    }

    #[test]
    fn one_record_or_many() {
        let swap = ["Free swap  = 0kB", "Total swap = 2097148kB", "130939 pages RAM", "9 pages reserved"];
        let all = [Some(4544), Some(523_756), Some(0), Some(2_097_148)];
        assert_eq!(read(&[&[NEW][..], &swap].concat()), all);
        let cut: Vec<&str> = NEW.lines().chain(swap).collect();
        assert_eq!(read(&cut), all);
        let escaped = NEW.replace('\n', "#012");
        assert_eq!(read(&[&[&*escaped][..], &swap].concat()), all);
    }

    #[test]
    fn nodes_and_zones_are_not_the_machine() {
        for line in [
            "Node 0 DMA free:15904kB min:40kB low:52kB",
            "Node 0 free:77",
            "Node 0 hugepages_total=0 hugepages_free=0",
            "0 pages HighMem/MovableOnly",
            "Free swap",
            "x Free swap  = 5kB",
        ] {
            assert_eq!(read(&["Mem-Info:", line]), [None; 4], "{line}");
        }
    }
}
