//! What the kernel says: single lines, and the whole block of an OOM kill as Linux 6.1 prints it (mm/oom_kill.c,
//! mm/memcontrol.c).

use super::process::Voice;
use super::stage::Spoken;
use super::subject::Subject;
use super::told::{Clock, field};
use super::words::Words;

/// `kernel [facility=N] [prio=N] | TEXT`.
pub(super) fn voice(words: &mut Words<'_>) -> Result<Voice, String> {
    let facility: u8 = words.parsed("facility")?.unwrap_or(0);
    let priority: u8 = words.parsed("prio")?.unwrap_or(6);
    let identifier = if facility == 0 { "kernel" } else { "unknown" };
    let fields = vec![
        field("_TRANSPORT", "kernel"),
        field("PRIORITY", priority.to_string()),
        field("SYSLOG_FACILITY", facility.to_string()),
        field("SYSLOG_IDENTIFIER", words.option("ident").unwrap_or(identifier)),
    ];
    Ok(Voice { clock: Clock::Kernel, fields, text: None })
}

/// One kill, and the cgroups around it.
struct Kill<'a> {
    pid: u32,
    comm: &'a str,
    uid: u32,
    rss_kb: u64,
    adj: i32,
    task_memcg: String,
    /// The cgroup whose limit it was, with that limit; none in a global kill.
    limit: Option<(String, u64)>,
    /// The other tasks of the table: pid, name and resident size.
    others: Vec<(u32, String, u64)>,
}

/// `kernel oomkill LIFE|/CGROUP pid=N [comm=NAME] [uid=N] [rss=SIZE] [adj=N] [limit=SIZE | global] [slice=PATH]
/// [below=NAME] [invoker=NAME] [tasks=PID:NAME:SIZE,…]`: the lines of one block, in order.
pub(super) fn oom_block(words: &mut Words<'_>) -> Result<Vec<Spoken>, String> {
    let whom = words.need("whose process is killed")?;
    let subject = if whom.starts_with('/') { None } else { Some(Subject::parse(whom)?) };
    let stem = subject.as_ref().map(|subject| subject.stem().to_owned());
    let comm = words.option("comm").map(str::to_owned).or(stem).ok_or("say comm= for a container")?;
    let slice = words.option("slice").map(str::to_owned);
    let own = subject.as_ref().map_or_else(|| whom.to_owned(), |subject| subject.cgroup(slice.as_deref()));
    let below = words.option("below").map(|name| format!("/{name}")).unwrap_or_default();
    let limit = match (words.flag("global"), words.option("limit")) {
        (true, None) => None,
        (false, Some(size)) => Some((slice.unwrap_or_else(|| own.clone()), kilobytes(size)?)),
        _ => return Err("say limit=SIZE or global".to_owned()),
    };
    let usage = limit.as_ref().map_or(300 << 10, |(_, limit)| limit.saturating_sub(limit / 64));
    let kill = Kill {
        pid: words.parsed("pid")?.ok_or("say pid=")?,
        comm: &comm,
        uid: words.parsed("uid")?.unwrap_or(0),
        rss_kb: words.option("rss").map(kilobytes).transpose()?.unwrap_or(usage),
        adj: words.parsed("adj")?.unwrap_or(0),
        task_memcg: format!("{own}{below}"),
        limit,
        others: words.option("tasks").map(others).transpose()?.unwrap_or_default(),
    };
    let invoker = words.option("invoker").unwrap_or(&comm);
    lines(&kill, invoker).into_iter().map(|(priority, text)| say(priority, text)).collect()
}

fn say(priority: u8, text: String) -> Result<Spoken, String> {
    let priority = format!("prio={priority}");
    voice(&mut Words::new(&priority))?.say(Some(text.into_bytes()))
}

/// `PID:NAME:SIZE,…`.
fn others(tasks: &str) -> Result<Vec<(u32, String, u64)>, String> {
    let one = |task: &str| {
        let wrong = || format!("{task:?} is no task; write PID:NAME:SIZE");
        let (pid, rest) = task.split_once(':').ok_or_else(wrong)?;
        let (comm, size) = rest.split_once(':').ok_or_else(wrong)?;
        Ok((pid.parse().map_err(|_| wrong())?, comm.to_owned(), kilobytes(size)?))
    };
    tasks.split(',').map(one).collect()
}

/// Sizes as systemd writes them: `96M`, `1G`, `512K`.
fn kilobytes(size: &str) -> Result<u64, String> {
    let wrong = || format!("{size:?} is no size; write 512K, 96M or 1G");
    let unit = size.chars().last().ok_or_else(wrong)?;
    let factor = match unit {
        'K' => 1,
        'M' => 1 << 10,
        'G' => 1 << 20,
        _ => return Err(wrong()),
    };
    let number: u32 = size.trim_end_matches(unit).parse().map_err(|_| wrong())?;
    Ok(u64::from(number) * factor)
}

fn lines(kill: &Kill<'_>, invoker: &str) -> Vec<(u8, String)> {
    let Kill { pid, comm, uid, rss_kb, adj, task_memcg, limit, others } = kill;
    let tid = pid + 3;
    let total_kb = rss_kb * 4;
    let mut lines = vec![
        (
            4,
            format!("{invoker} invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj={adj}"),
        ),
        (4, format!("CPU: 1 PID: {tid} Comm: {invoker} Not tainted 6.1.0-28-amd64 #1  Debian 6.1.119-1")),
        (4, "Call Trace:".to_owned()),
        (4, " <TASK>".to_owned()),
        (4, " dump_stack_lvl+0x44/0x5c".to_owned()),
        (4, " out_of_memory+0x1fd/0x4c0".to_owned()),
        (4, " </TASK>".to_owned()),
    ];
    match limit {
        Some((memcg, limit_kb)) => lines.extend([
            (6, format!("memory: usage {limit_kb}kB, limit {limit_kb}kB, failcnt 1562")),
            (6, "swap: usage 0kB, limit 0kB, failcnt 0".to_owned()),
            (6, format!("Memory cgroup stats for {memcg}:")),
            (6, format!("anon {}\nfile 0\nkernel 434176\nshmem 0", rss_kb * 1024)),
        ]),
        None => lines.extend([
            (4, "Mem-Info:".to_owned()),
            (4, "active_anon:42 inactive_anon:109144 isolated_anon:0\n active_file:48 inactive_file:81 isolated_file:18".to_owned()),
            (4, "130939 pages RAM".to_owned()),
        ]),
    }
    let row = |pid: u32, comm: &str, rss_kb: u64| {
        let (pages, total_pages) = (rss_kb / 4, rss_kb);
        let text = format!(
            "[{pid:>7}] {uid:>5} {pid:>5} {total_pages:>8} {pages:>8} {:>8} {:>8} {adj:>13} {comm}",
            299_008, 0
        );
        (6, text)
    };
    lines.extend([
        (6, "Tasks state (memory values in pages):".to_owned()),
        (6, "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name".to_owned()),
        row(*pid, comm, *rss_kb),
    ]);
    lines.extend(others.iter().map(|(pid, comm, rss_kb)| row(*pid, comm, *rss_kb)));
    let (limited, first) = match limit {
        Some((memcg, _)) => (format!("oom_memcg={memcg}"), "Memory cgroup out of memory"),
        None => ("global_oom".to_owned(), "Out of memory"),
    };
    let constraint = if limit.is_some() { "CONSTRAINT_MEMCG" } else { "CONSTRAINT_NONE" };
    lines.extend([
        (6, format!("oom-kill:constraint={constraint},nodemask=(null),cpuset=/,mems_allowed=0,{limited},task_memcg={task_memcg},task={comm},pid={pid},uid={uid}")),
        (3, format!("{first}: Killed process {pid} ({comm}) total-vm:{total_kb}kB, anon-rss:{rss_kb}kB, file-rss:548kB, shmem-rss:0kB, UID:{uid} pgtables:292kB oom_score_adj:{adj}")),
    ]);
    lines
}
