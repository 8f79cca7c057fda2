//! The largest tasks of a table.

use serde::{Deserialize, Serialize};

use super::lex::comm;
use super::tasks::Row;
use crate::event::oom::{MAX_TOP, TaskSize, Victim};

/// The size of a page where nothing tells another, in KiB.
const PAGE_KB: u64 = 4;

/// The other sizes of pages that kernels are built with, in KiB.
const LARGE_PAGES_KB: [u64; 4] = [8, 16, 64, 256];

/// The rows with the most resident pages, largest first: at most [`MAX_TOP`], however long the table is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Top(Vec<Entry>);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Entry {
    pid: u32,
    comm: Box<str>,
    rss: u64,
    total_vm: u64,
}

impl Top {
    /// Keeps a row if it is among the largest; of equals the first.
    pub(super) fn offer(&mut self, row: &Row<'_>) {
        let place = self.0.partition_point(|entry| entry.rss >= row.rss);
        if place < MAX_TOP {
            let Row { pid, comm: name, rss, total_vm } = *row;
            self.0.truncate(MAX_TOP - 1);
            self.0.insert(place, Entry { pid, comm: comm(name), rss, total_vm });
        }
    }

    /// The rows in KiB.
    pub(super) fn sizes(&self, page_kb: u64) -> Vec<TaskSize> {
        let size = |entry: &Entry| TaskSize {
            pid: entry.pid,
            comm: entry.comm.clone(),
            rss_kb: entry.rss.saturating_mul(page_kb),
        };
        self.0.iter().map(size).collect()
    }

    /// The size of a page, in KiB. The victim tells it where it is among the rows: the table has its address space in
    /// pages, the kill line in KiB.
    pub(super) fn page_kb(&self, victim: &Victim) -> u64 {
        self.0
            .iter()
            .find(|entry| entry.pid == victim.pid)
            .zip(victim.total_vm_kb)
            .and_then(|(entry, kb)| {
                LARGE_PAGES_KB.into_iter().find(|page| entry.total_vm.checked_mul(*page) == Some(kb))
            })
            .filter(|_| victim.total_vm_kb != Some(0))
            .unwrap_or(PAGE_KB)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn top(rows: &[(u32, u64, u64)]) -> Top {
        let mut top = Top::default();
        for &(pid, rss, total_vm) in rows {
            top.offer(&Row { pid, comm: b"x", rss, total_vm });
        }
        top
    }

    fn sizes(top: &Top, pid: u32, total_vm_kb: Option<u64>) -> Vec<(u32, u64)> {
        let victim = Victim { pid, total_vm_kb, ..Victim::default() };
        top.sizes(top.page_kb(&victim)).into_iter().map(|task| (task.pid, task.rss_kb)).collect()
    }

    #[test]
    fn the_largest_stay_in_order() {
        let top = top(&[
            (1, 5, 9),
            (2, 7, 9),
            (3, 5, 9),
            (4, 1, 9),
            (5, 9, 9),
            (6, 2, 9),
            (7, 1, 9),
            (8, u64::MAX, 9),
        ]);
        assert_eq!(sizes(&top, 0, None), [(8, u64::MAX), (5, 36), (2, 28), (1, 20), (3, 20)]);
    }

    #[test]
    fn the_victim_tells_the_page() {
        let top = top(&[(1, 5, 100), (2, 4, 100), (3, 3, 0)]);
        for (pid, total_vm_kb, first) in [
            (1, Some(400), 20),
            (2, Some(6400), 320),
            (1, Some(1600), 80),
            (1, Some(1601), 20),
            (3, Some(0), 20),
            (9, Some(6400), 20),
        ] {
            assert_eq!(sizes(&top, pid, total_vm_kb).first(), Some(&(1, first)), "{pid} {total_vm_kb:?}");
        }
    }
}
