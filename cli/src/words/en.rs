//! English.

use std::borrow::Cow;

use nwlog_correlate::{Kind, Link, Outcome, Severity};
use nwlog_ingest::event::Writer;
use nwlog_ingest::event::gap::GapKind;

use super::Words;
use crate::output::amount;

pub(super) static WORDS: Words = Words {
    help: |command| command,
    headline: |incident| incident.headline.clone(),
    item: |text| Cow::Borrowed(text),
    kind: Kind::name,
    severity: Severity::name,
    outcome: Outcome::name,
    writer: |writer| match writer {
        Writer::Kernel => "kernel",
        Writer::Systemd => "systemd",
        Writer::Unit => "unit",
    },
    link: |link| match link {
        Link::KernelCgroup => "cgroup",
        Link::Name => "weak: name",
        Link::Near => "weak: near",
        strong => strong.name(),
    },
    gap,
    at_host: |whom, host| format!("{whom} on {host}"),
    unknown_process: "unknown process",
    process: |pid| format!("process {pid}"),
    times: |n| format!("{n} times"),
    duration,
    earlier_lines: |n| amount::count(n, "earlier line"),
    more_occurrences: |n| amount::count(n, "more occurrence"),
    more_records: |n| amount::count(n, "more record"),
    more_frames: |n| amount::count(n, "more frame"),
    more_groups: |n| amount::count(n, "more group"),
    goroutines: |n| amount::count(n, "goroutine"),
    goroutine: "goroutine",
    minutes: |n| format!("{n} min"),
    stack: "stack",
    created_by: "created by",
    largest_tasks: "largest tasks",
    largest_tasks_at_last: "largest tasks at the last kill",
    refused: "refused",
    refused_first: |n, first| format!("{}, first {first}", amount::count(n, "operation")),
    see_also: "see also",
    fields: "fields",
    nothing_kept: "nothing is kept yet: `nwlog analyze` keeps what it finds",
    no_such_boot: "no such boot has incidents",
    nothing_found: "nothing found",
    some_of: |some, all| format!("{some} of {}; -n all prints the rest", amount::count(all, "incident")),
    no_such_id: |id| format!("no incident that is kept begins with {id}"),
    by: |name| name,
    unknown: "(unknown)",
    more_values: |n| format!("… {n} more; -n all prints the rest"),
    total: "all",
    incidents: "incidents",
    failures: "failures",
    down: "down",
    longest: "longest",
    detect: "detect",
    recover: "recover",
    when: "when",
    medians: "down: in all; longest: of one incident; detect, recover: medians",
    help_query: include_str!("en/query.txt"),
};

fn gap(what: GapKind, count: Option<u64>) -> String {
    let why = match what {
        GapKind::RateLimited => "journald's rate limit",
        GapKind::KernelOverrun => "the kernel's ring was overrun",
        GapKind::KernelRateLimited => "the kernel's rate limit",
        GapKind::Sequence => "no file of the journal has them",
        GapKind::KmsgSequence => "no record of /dev/kmsg has their numbers",
        GapKind::Suspended => return "the machine slept: nothing ran".to_owned(),
        GapKind::ClockSet => return "the clock was set".to_owned(),
    };
    match count {
        Some(n) => format!("{} missing: {why}", amount::count(n, "line")),
        None => format!("lines are missing: {why}"),
    }
}

fn duration(us: u64) -> String {
    let seconds = us / 1_000_000;
    match seconds {
        0 => format!("{} ms", us / 1_000),
        1..10 => format!("{seconds}.{} s", us / 100_000 % 10),
        10..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        7_200..172_800 => format!("{} h {} min", seconds / 3_600, seconds / 60 % 60),
        _ => format!("{} d {} h", seconds / 86_400, seconds / 3_600 % 24),
    }
}
