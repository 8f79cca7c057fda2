//! What timeline items say of kills for memory.

use nwlog_ingest::event::oom::{
    Aftermath, AftermathKind, Killer, MachineMemory, NotPromised, OomKill, OomNote, OomNoteKind, OomdKill,
    OomdReason,
};

use super::size;

/// The text of a kill.
pub(crate) fn kill(oom: &OomKill) -> String {
    let victim = &oom.victim;
    if oom.killer == Killer::Earlyoom {
        let rss = oom.top.first().map_or_else(String::new, |task| format!(", rss {}", size(task.rss_kb)));
        return format!("earlyoom ends process {} ({}){rss}", victim.pid, victim.comm);
    }
    let mut text = format!("killed process {} ({})", victim.pid, victim.comm);
    if let Some(anon) = victim.anon_rss_kb {
        text.push_str(&format!(", anon-rss {}", size(anon)));
    }
    text
}

/// The name and text of another line of a kill.
pub(crate) fn note(note: &OomNote, oom: &OomKill) -> (&'static str, String) {
    match note.kind {
        OomNoteKind::Invoked => ("oom-invoked", invoked(oom)),
        OomNoteKind::Usage => ("oom-usage", usage(oom).unwrap_or_else(|| note.text.to_string())),
        OomNoteKind::Machine => {
            ("oom-machine", oom.machine.as_ref().map_or_else(|| note.text.to_string(), machine))
        }
        OomNoteKind::Asked => ("oom-asked", "a person asked for a kill with sysrq".into()),
        OomNoteKind::Low => ("memory-low", note.text.to_string()),
        OomNoteKind::Aftermath => ("oom-aftermath", note.text.to_string()),
    }
}

fn invoked(oom: &OomKill) -> String {
    let invoker = oom.invoker.as_ref().map_or("a process", |task| &*task.comm);
    let place = oom.oom_memcg.as_deref().map_or_else(String::new, |memcg| format!(" in {memcg}"));
    // One page is what is asked for nearly always; more in one piece fails where there is free memory still.
    let order =
        oom.request.as_ref().and_then(|request| request.order).filter(|order| (1..32).contains(order));
    let pages =
        order.map_or_else(String::new, |order| format!(", for {} pages in one piece", 1_u64 << order));
    format!("{invoker} invoked the OOM killer{place}{pages}")
}

/// Usage and limit, and what the largest parts of the usage are.
fn usage(oom: &OomKill) -> Option<String> {
    let mut text = format!("usage {} of limit {}", size(oom.usage_kb?), size(oom.limit_kb?));
    let Some(stats) = oom.stats else { return Some(text) };
    let mut parts = [
        ("anon", stats.anon_kb),
        ("file", stats.file_kb),
        ("shmem", stats.shmem_kb),
        ("kernel", stats.kernel_kb.or(stats.slab_kb)),
    ];
    parts.sort_by_key(|(_, kb)| std::cmp::Reverse(*kb));
    // What is less than a tenth of the usage explains nothing.
    let large = |kb: &u64| kb.saturating_mul(10) >= oom.usage_kb.unwrap_or(0) && *kb > 0;
    let said = parts.into_iter().filter_map(|(name, kb)| Some((name, kb.filter(large)?)));
    for (number, (name, kb)) in said.enumerate() {
        text.push_str(if number == 0 { "; " } else { ", " });
        text.push_str(&format!("{name} {}", size(kb)));
    }
    Some(text)
}

fn machine(memory: &MachineMemory) -> String {
    let part = |name: &str, free: Option<u64>, total: Option<u64>| match (free, total) {
        (_, Some(0)) => Some(format!("no {name}")),
        (Some(free), Some(total)) => Some(format!("{name} {} free of {}", size(free), size(total))),
        (Some(free), None) => Some(format!("{name} {} free", size(free))),
        (None, Some(total)) => Some(format!("{name} of {} in all", size(total))),
        (None, None) => None,
    };
    let parts = [
        part("memory", memory.free_kb, memory.total_kb),
        part("swap", memory.swap_free_kb, memory.swap_total_kb),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What became of a victim.
pub(crate) fn aftermath(told: &Aftermath) -> String {
    let Aftermath { pid, comm, kind } = told;
    match kind {
        AftermathKind::Reaped => format!("the memory of process {pid} ({comm}) was taken back"),
        AftermathKind::NotReaped => format!("the memory of process {pid} ({comm}) could not be taken back"),
        AftermathKind::Pinned => format!("init shares the memory of process {pid} ({comm}), which stays"),
        AftermathKind::Gone => format!("process {pid} ({comm}) is gone"),
        AftermathKind::Spared => format!("process {pid} ({comm}) was spared: earlyoom only tries"),
    }
}

/// The text of a kill by systemd-oomd.
pub(crate) fn oomd(oomd: &OomdKill) -> String {
    let why = match &oomd.why {
        OomdReason::Pressure { of, reached, limit, during } => {
            format!(": memory pressure of {of} was {reached}, above {limit} for {during}")
        }
        OomdReason::Used { memory, swap, limit } => {
            let used = |(used, total): (u64, u64)| format!("{} of {}", size(used / 1024), size(total / 1024));
            let memory = memory.map_or_else(String::new, |memory| format!("memory {} and ", used(memory)));
            format!(": {memory}swap {} used, more than {limit}", used(*swap))
        }
        OomdReason::Other => String::new(),
    };
    let own = oomd.candidates.iter().find(|candidate| candidate.cgroup == oomd.cgroup);
    let had = own.and_then(|own| own.memory.as_deref().map(|memory| format!("; it had {memory} of memory")));
    let swapped = own.and_then(|own| own.swap.as_deref().map(|swap| format!("; it had {swap} in swap")));
    format!("systemd-oomd killed {}{why}{}", oomd.cgroup, had.or(swapped).unwrap_or_default())
}

/// Memory that the kernel did not promise.
pub(crate) fn not_promised(asked: &NotPromised) -> String {
    let bytes = asked.bytes.map_or_else(|| "memory".into(), |bytes| size(bytes / 1024));
    format!("the kernel did not promise {bytes} to thread {} ({})", asked.pid, asked.comm)
}
