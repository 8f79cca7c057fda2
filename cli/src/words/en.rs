//! English.

use std::borrow::Cow;

use clap::error::ErrorKind;
use nwlog_correlate::{Kind, Link, Outcome, Severity};
use nwlog_ingest::event::Writer;
use nwlog_ingest::event::gap::GapKind;

use super::{Status, Words};
use crate::output::{amount, fold};

pub(super) static WORDS: Words = Words {
    help: |command| command,
    screen: |help, width| fold::folded(&help.ansi().to_string(), Some(width)).into_owned(),
    usage: |error| match error.kind() {
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            fold::folded(&error.render().ansi().to_string(), Some(crate::help_width())).into_owned()
        }
        _ => format!("nwlog: {}", error.render().ansi()),
    },
    message: |text| Cow::Borrowed(text),
    error: "error: ",
    warning: "warning: ",
    caused_by: "caused by: ",
    hint: "hint: ",
    progress: "{bar:30} {percent:>3}%  {bytes} of {total_bytes}  {bytes_per_sec}  {eta} left",
    change: |change| change,
    part_of: |id| format!("part of {id}"),
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
    status: Status {
        store: "store",
        size: "size",
        incidents: "incidents",
        kinds: "kinds",
        oldest: "oldest",
        newest: "newest",
        followed: "followed",
        read: "read",
        gaps: "gaps",
        waiting: "waiting",
        trouble: "trouble",
        counts: |all, open, withdrawn| match withdrawn {
            0 => format!("{all}, {open} open"),
            n => format!("{all}, {open} open; {n} more were withdrawn"),
        },
        between: ", ",
        of_kind: |n, kind| format!("{n} {kind}"),
        to: |to, by, behind| match (by, behind) {
            (Some(pid), None) => format!("to {to}, by process {pid}: all of it"),
            (Some(pid), Some(behind)) => format!("to {to}, by process {pid}: {behind} behind"),
            (None, behind) => format!("to {to}, by none now, {} behind", behind.unwrap_or("nothing")),
        },
        rate: |rate| format!(", {rate} entries a second of late"),
        entries: |n| amount::count(n, "entry"),
        no_gaps: "none",
        missing: |gaps, n| format!("{gaps}, where {} are known to be missing", amount::count(n, "entry")),
        held: |held, dropped| format!("{}, and {dropped} were dropped", amount::count(held, "incident")),
        unknown_time: "an unknown time",
    },
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
