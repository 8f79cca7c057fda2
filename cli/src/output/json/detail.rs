//! What only one kind of incident has.

use nwlog_correlate::{DiskDetail, GoDetail, OomDetail};
use nwlog_ingest::event::go::{self, GoReason};
use nwlog_ingest::event::oom::{self, Constraint};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Oom<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    constraint: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    invoker: Option<Task<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    victim: Option<Victim<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    oom_memcg: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    usage_kb: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit_kb: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    top: Vec<Size<'a>>,
}

#[derive(Serialize)]
struct Task<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pid: Option<u32>,
    comm: &'a str,
}

#[derive(Serialize)]
struct Victim<'a> {
    pid: u32,
    comm: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    uid: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cgroup: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_vm_kb: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    anon_rss_kb: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_rss_kb: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shmem_rss_kb: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    oom_score_adj: Option<i32>,
}

#[derive(Serialize)]
struct Size<'a> {
    pid: u32,
    comm: &'a str,
    rss_kb: u64,
}

impl<'a> Oom<'a> {
    pub(super) fn new(oom: &'a OomDetail) -> Self {
        let constraint = oom.constraint.map(|constraint| match constraint {
            Constraint::None => "CONSTRAINT_NONE",
            Constraint::Cpuset => "CONSTRAINT_CPUSET",
            Constraint::MemoryPolicy => "CONSTRAINT_MEMORY_POLICY",
            Constraint::Memcg => "CONSTRAINT_MEMCG",
        });
        let size = |task: &'a oom::TaskSize| Size { pid: task.pid, comm: &task.comm, rss_kb: task.rss_kb };
        Self {
            constraint,
            invoker: oom.invoker.as_ref().map(|task| Task { pid: task.pid, comm: &task.comm }),
            victim: oom.victim.as_ref().map(Victim::new),
            oom_memcg: oom.oom_memcg.as_deref(),
            usage_kb: oom.usage_kb,
            limit_kb: oom.limit_kb,
            top: oom.top.iter().map(size).collect(),
        }
    }
}

impl<'a> Victim<'a> {
    fn new(victim: &'a oom::Victim) -> Self {
        Self {
            pid: victim.pid,
            comm: &victim.comm,
            uid: victim.uid,
            cgroup: victim.cgroup.as_deref(),
            total_vm_kb: victim.total_vm_kb,
            anon_rss_kb: victim.anon_rss_kb,
            file_rss_kb: victim.file_rss_kb,
            shmem_rss_kb: victim.shmem_rss_kb,
            oom_score_adj: victim.oom_score_adj,
        }
    }
}

#[derive(Serialize)]
pub(super) struct Disk<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    directory: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mount: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device: Option<&'a str>,
    error: &'static str,
    refused: u64,
}

impl<'a> Disk<'a> {
    pub(super) fn new(disk: &'a DiskDetail) -> Self {
        Self {
            path: disk.path.as_deref(),
            directory: disk.directory.as_deref(),
            mount: disk.mount.as_deref(),
            device: disk.device.as_deref(),
            error: disk.error.errno(),
            refused: disk.refused,
        }
    }
}

#[derive(Serialize)]
pub(super) struct Go<'a> {
    reason: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    signal: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    goroutine: Option<Goroutine<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    frames: Vec<Frame<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    goroutines: Option<Goroutines<'a>>,
}

#[derive(Serialize)]
struct Goroutine<'a> {
    id: u64,
    state: &'a str,
}

#[derive(Serialize)]
struct Frame<'a> {
    function: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
}

#[derive(Serialize)]
struct Goroutines<'a> {
    total: u32,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    groups: Vec<Group<'a>>,
}

#[derive(Serialize)]
struct Group<'a> {
    state: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    minutes: Option<u64>,
    count: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    frame: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    stack: Vec<Frame<'a>>,
}

impl<'a> Go<'a> {
    pub(super) fn new(go: &'a GoDetail) -> Self {
        let frame = |f: &'a go::Frame| Frame { function: &f.function, file: f.file.as_deref(), line: f.line };
        let group = |g: &'a go::GoroutineGroup| Group {
            state: &g.state,
            minutes: g.minutes,
            count: g.count,
            frame: g.frame.as_deref(),
            stack: g.stack.iter().map(frame).collect(),
        };
        let goroutine =
            go.goroutine.as_ref().map(|goroutine| Goroutine { id: goroutine.id, state: &goroutine.state });
        let goroutines = (go.goroutines > 0)
            .then(|| Goroutines { total: go.goroutines, groups: go.groups.iter().map(group).collect() });
        Self {
            reason: reason(go.reason),
            value: &go.value,
            signal: go.signal.as_deref(),
            goroutine,
            frames: go.frames.iter().skip(go.user_frame.unwrap_or_default()).map(frame).collect(),
            created_by: go.created_by.as_deref(),
            goroutines,
        }
    }
}

fn reason(reason: GoReason) -> &'static str {
    match reason {
        GoReason::Panic => "panic",
        GoReason::HttpPanic => "http-panic",
        GoReason::FatalError => "fatal-error",
        GoReason::OutOfMemory => "out-of-memory",
        GoReason::Deadlock => "deadlock",
        GoReason::StackOverflow => "stack-overflow",
        GoReason::ThreadExhaustion => "thread-exhaustion",
        GoReason::ConcurrentMap => "concurrent-map",
        GoReason::SignalDump => "signal-dump",
        GoReason::DataRace => "data-race",
    }
}
