//! Events as a text that a person can hold against the raw file.

use std::fmt::Write as _;

use nwlog_ingest::event::oom::{OomFact, OomKill};
use nwlog_ingest::event::{DiskFact, Event, Fact, GoFact, Origin};

/// Frames of a stack that are printed.
const FRAMES: usize = 8;

/// Events, each with its facts indented below it.
pub(crate) fn print(events: &[Event]) -> String {
    let mut out = String::new();
    for event in events {
        writeln!(out, "{} {}", time(event), origin(&event.origin)).unwrap();
        writeln!(out, "  {:?}", event.text).unwrap();
        match &event.fact {
            Fact::Oom(OomFact::Kill(kill)) => print_kill(&mut out, kill),
            Fact::Oom(OomFact::NoVictim { why }) => writeln!(out, "  no victim: {why:?}").unwrap(),
            Fact::Oom(other) => writeln!(out, "  oom {other:?}").unwrap(),
            Fact::Disk(fact) => print_disk(&mut out, fact),
            Fact::Go(fact) => print_go(&mut out, fact),
            Fact::Unit(fact) => writeln!(out, "  unit {fact:?}").unwrap(),
            Fact::Storage(fact) => writeln!(out, "  storage {:?} on {}", fact.kind, fact.device).unwrap(),
            Fact::Gap(fact) => writeln!(out, "  gap {fact:?}").unwrap(),
        }
        if let Some(last) = event.context.iter().next_back() {
            writeln!(out, "  context {}, last {:?}", event.context.iter().count(), last.text).unwrap();
        }
    }
    out
}

/// When it happened, and how much later it was stored.
fn time(event: &Event) -> String {
    let at = match (event.at.monotonic, event.at.realtime) {
        (Some(us), _) => format!("{:.6}", us as f64 / 1e6),
        (None, Some(us)) => format!("@{:.6}", us as f64 / 1e6),
        (None, None) => "-".to_owned(),
    };
    let later = event.received.since(&event.at);
    if later == 0 { at } else { format!("{at}+{later}us") }
}

fn origin(origin: &Origin) -> String {
    let mut out = format!("{:?} {}", origin.writer, origin.manager).to_lowercase();
    write!(out, " {}", or_dash(origin.unit.as_deref())).unwrap();
    if let Some(invocation) = origin.invocation {
        write!(out, " life {}", &invocation.to_string()[..6]).unwrap();
    }
    if let Some(pid) = origin.pid {
        write!(out, " {}[{pid}]", or_dash(origin.comm.as_deref())).unwrap();
    }
    out
}

fn print_kill(out: &mut String, kill: &OomKill) {
    let victim = &kill.victim;
    writeln!(
        out,
        "  kill {} {:?} uid {:?} cgroup {} adj {:?}",
        victim.pid,
        victim.comm,
        victim.uid,
        or_dash(victim.cgroup.as_deref()),
        victim.oom_score_adj
    )
    .unwrap();
    let sizes = [victim.total_vm_kb, victim.anon_rss_kb, victim.file_rss_kb, victim.shmem_rss_kb];
    writeln!(out, "  total-vm, anon, file, shmem: {sizes:?}").unwrap();
    writeln!(
        out,
        "  {:?} memcg {:?} of {}, usage {:?} limit {:?}, group {}",
        kill.constraint,
        kill.by_memcg,
        or_dash(kill.oom_memcg.as_deref()),
        kill.usage_kb,
        kill.limit_kb,
        kill.group
    )
    .unwrap();
    if let Some(request) = &kill.request {
        writeln!(out, "  request {} order {:?}, asked {}", request.gfp, request.order, kill.asked).unwrap();
    }
    if let Some(stats) = &kill.stats {
        let sizes = [stats.anon_kb, stats.file_kb, stats.shmem_kb, stats.kernel_kb, stats.slab_kb];
        writeln!(out, "  anon, file, shmem, kernel, slab: {sizes:?}").unwrap();
    }
    if let Some(memory) = &kill.machine {
        let sizes = [memory.free_kb, memory.total_kb, memory.swap_free_kb, memory.swap_total_kb];
        writeln!(out, "  memory free, total, swap free, total: {sizes:?}").unwrap();
    }
    if let Some(invoker) = &kill.invoker {
        writeln!(out, "  invoker {:?} {:?}", invoker.pid, invoker.comm).unwrap();
    }
    for task in &kill.top {
        writeln!(out, "  top {} {:?} {}kB", task.pid, task.comm, task.rss_kb).unwrap();
    }
    for note in &kill.notes {
        writeln!(out, "  note {:?} {:?}", note.kind, note.text).unwrap();
    }
}

fn print_disk(out: &mut String, fact: &DiskFact) {
    let parts =
        [&fact.operation, &fact.path, &fact.directory, &fact.device].map(|part| or_dash(part.as_deref()));
    let [operation, path, directory, device] = parts;
    writeln!(out, "  disk {} {operation} path {path} in {directory} on {device}", fact.error.errno())
        .unwrap();
}

fn print_go(out: &mut String, fact: &GoFact) {
    writeln!(out, "  go {:?} {:?} signal {}", fact.reason, fact.value, or_dash(fact.signal.as_deref()))
        .unwrap();
    if let Some(goroutine) = &fact.goroutine {
        writeln!(out, "  goroutine {} [{}] of {}", goroutine.id, goroutine.state, fact.goroutines).unwrap();
    }
    for (number, frame) in fact.frames.iter().enumerate() {
        let user = fact.user_frame == Some(number);
        if number >= FRAMES && !user {
            continue;
        }
        let place = frame.line.map_or_else(String::new, |line| format!(":{line}"));
        let mark = if user { "user" } else { "    " };
        writeln!(out, "  {mark} {} {}{place}", frame.function, or_dash(frame.file.as_deref())).unwrap();
    }
    if fact.frames.len() > FRAMES {
        writeln!(out, "       {} frames in all", fact.frames.len()).unwrap();
    }
    if let Some(function) = &fact.created_by {
        writeln!(out, "  created by {function}").unwrap();
    }
    for group in &fact.groups {
        let minutes = group.minutes.map_or_else(String::new, |minutes| format!(" for {minutes} min"));
        let frame = or_dash(group.frame.as_deref());
        writeln!(out, "  group {} [{}]{minutes} {frame}", group.count, group.state).unwrap();
        for frame in group.stack.iter().skip(1) {
            let line = frame.line.map_or_else(String::new, |line| format!(":{line}"));
            writeln!(out, "    {} {}{line}", frame.function, or_dash(frame.file.as_deref())).unwrap();
        }
    }
    if fact.lines_dropped > 0 {
        writeln!(out, "  dropped {}", fact.lines_dropped).unwrap();
    }
}

fn or_dash(text: Option<&str>) -> &str {
    text.unwrap_or("-")
}
