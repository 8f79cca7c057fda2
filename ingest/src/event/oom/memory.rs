//! Memory, as the kernel tells of it around a kill.

use serde::{Deserialize, Serialize};

/// An allocation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// `gfp_mask`, with the names of its bits where the kernel has them.
    pub gfp: Box<str>,
    /// The power of two of the pages that were wanted in one piece; -1 where sysrq asked.
    pub order: Option<i32>,
}

/// What a memory cgroup's memory was used for. Sizes are in KiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemcgStats {
    /// Anonymous memory: heaps and stacks.
    pub anon_kb: Option<u64>,
    /// The page cache, shared memory included.
    pub file_kb: Option<u64>,
    /// Shared memory and tmpfs.
    pub shmem_kb: Option<u64>,
    /// The kernel's own, slab included (5.18 and later).
    pub kernel_kb: Option<u64>,
    /// The kernel's slab.
    pub slab_kb: Option<u64>,
}

/// What a machine had left (Linux, lib/show_mem.c). Sizes are in KiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MachineMemory {
    /// Free memory.
    pub free_kb: Option<u64>,
    /// All memory.
    pub total_kb: Option<u64>,
    /// Free swap.
    pub swap_free_kb: Option<u64>,
    /// All swap.
    pub swap_total_kb: Option<u64>,
}

/// Memory that the kernel did not promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotPromised {
    /// The thread that asked, in the kernel's own numbers.
    pub pid: u32,
    /// Its name.
    pub comm: Box<str>,
    /// How much it asked for, from 6.9 on.
    pub bytes: Option<u64>,
}
