//! Kills for memory.

mod aftermath;
mod memory;
mod oomd;

use serde::{Deserialize, Serialize};

pub use aftermath::{Aftermath, AftermathKind};
pub use memory::{MachineMemory, MemcgStats, NotPromised, Request};
pub use oomd::{Candidate, OomdKill, OomdReason};

/// What is known of one kill for memory, or of an attempt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum OomFact {
    /// The kernel killed a process (Linux, mm/oom_kill.c), or earlyoom did.
    Kill(Box<OomKill>),
    /// The kernel was called and killed nobody.
    NoVictim {
        /// Why not.
        why: NoVictim,
    },
    /// What became of a process that was killed, told after its kill line, and maybe after other kills.
    Aftermath(Aftermath),
    /// systemd-oomd killed a cgroup.
    Oomd(Box<OomdKill>),
    /// The kernel promised no memory to a process, and killed nobody: "__vm_enough_memory: …" (Linux, mm/util.c).
    NotPromised(NotPromised),
}

/// One kill by the kernel: the kill line, and what the block before it told. Sizes are in KiB.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OomKill {
    /// Tells the kills of one block (memory.oom.group kills several) from those of the next: the identity of the
    /// block's header, or of the first kill line where there is no header.
    pub block: u64,
    /// Whose limit it was, where the kernel said so.
    pub constraint: Option<Constraint>,
    /// Whether a memory cgroup's limit was reached. The kill line's own prefix proves it where no summary came:
    /// "Memory cgroup out of memory", or "Out of memory" for every other constraint.
    pub by_memcg: Option<bool>,
    /// The process whose allocation failed. Its pid is a thread's.
    pub invoker: Option<Task>,
    /// The process that was killed.
    pub victim: Victim,
    /// The cgroup whose limit was reached; none in a global kill.
    pub oom_memcg: Option<Box<str>>,
    /// Usage of that cgroup.
    pub usage_kb: Option<u64>,
    /// Limit of that cgroup.
    pub limit_kb: Option<u64>,
    /// The largest tasks of the block's table by resident size, at most [`MAX_TOP`], largest first.
    pub top: Vec<TaskSize>,
    /// `memory.oom.group` was set: the whole cgroup goes.
    pub group: bool,
    /// The block's other lines worth a place in a timeline, in order: the header, the usage line.
    pub notes: Vec<OomNote>,
    /// Who killed.
    #[serde(default)]
    pub killer: Killer,
    /// A person asked for it, by sysrq: memory was not short.
    #[serde(default)]
    pub asked: bool,
    /// The allocation that failed, as the header has it.
    #[serde(default)]
    pub request: Option<Request>,
    /// What the limit was used for, where a memory cgroup's was reached.
    #[serde(default)]
    pub stats: Option<MemcgStats>,
    /// What the machine had left.
    #[serde(default)]
    pub machine: Option<MachineMemory>,
}

/// Who killed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Killer {
    /// The kernel.
    #[default]
    Kernel,
    /// earlyoom, a daemon that acts before the kernel does. What it tells of its victim is its resident size.
    Earlyoom,
}

/// Why the kernel killed nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoVictim {
    /// "Out of memory and no killable processes": a panic up to 4.18, a warning since.
    NobodyKillable,
    /// `vm.panic_on_oom`, "system-wide" or "compulsory".
    PanicOnOom,
    /// "System is deadlocked on memory": the panic that follows where nobody was killable, from 4.19 on.
    Deadlocked,
    /// The victim was exiting already.
    Exiting,
    /// sysrq asked, and the kernel ignored it.
    Ignored,
}

/// The most tasks that a kill keeps from the block's table.
pub const MAX_TOP: usize = 5;

/// A line of the block before the kill line, with its own time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OomNote {
    /// When the kernel wrote it.
    pub at: crate::time::Moment,
    /// What it is.
    pub kind: OomNoteKind,
    /// Its text.
    pub text: Box<str>,
}

/// Which line of the block a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OomNoteKind {
    /// "X invoked oom-killer".
    Invoked,
    /// "memory: usage … limit …".
    Usage,
    /// "Mem-Info:".
    Machine,
    /// "sysrq: Manual OOM execution", or the header where that alone says so.
    Asked,
    /// earlyoom's "low memory! at or below …".
    Low,
    /// What became of the victim.
    Aftermath,
}

/// Whose limit was reached (Linux, `enum oom_constraint`, include/linux/oom.h).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Constraint {
    /// The machine's memory.
    #[serde(rename = "CONSTRAINT_NONE")]
    None,
    /// The nodes of a cpuset.
    #[serde(rename = "CONSTRAINT_CPUSET")]
    Cpuset,
    /// The nodes of a memory policy.
    #[serde(rename = "CONSTRAINT_MEMORY_POLICY")]
    MemoryPolicy,
    /// A memory cgroup.
    #[serde(rename = "CONSTRAINT_MEMCG")]
    Memcg,
}

/// A process or thread.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// Its number in the kernel's own pid namespace.
    pub pid: Option<u32>,
    /// Its name: 15 bytes of any kind.
    pub comm: Box<str>,
}

/// The process that was killed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Victim {
    /// Its number in the kernel's own pid namespace.
    pub pid: u32,
    /// Its name.
    pub comm: Box<str>,
    /// Its user.
    pub uid: Option<u32>,
    /// Its cgroup (`task_memcg`).
    pub cgroup: Option<Box<str>>,
    /// Address space.
    pub total_vm_kb: Option<u64>,
    /// Anonymous resident memory.
    pub anon_rss_kb: Option<u64>,
    /// Resident file pages.
    pub file_rss_kb: Option<u64>,
    /// Resident shared memory.
    pub shmem_rss_kb: Option<u64>,
    /// How much the administrator made it a target: -1000 to 1000.
    pub oom_score_adj: Option<i32>,
}

/// A row of the block's task table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaskSize {
    /// Its number.
    pub pid: u32,
    /// Its name.
    pub comm: Box<str>,
    /// Resident size; the table has it in pages.
    pub rss_kb: u64,
}
