//! Kills for memory.

use serde::{Deserialize, Serialize};

/// What is known of one kill for memory, or of an attempt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum OomFact {
    /// The kernel killed a process (Linux, mm/oom_kill.c).
    Kill(Box<OomKill>),
    /// The kernel was called and killed nobody: "Out of memory and no killable processes", `panic_on_oom`.
    NoVictim,
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
