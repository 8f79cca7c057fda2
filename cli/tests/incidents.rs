//! Incidents made by hand.

use nwlog_correlate::{
    Cause, CauseCount, ContextLine, DiskDetail, Gap, Incident, IncidentId, Kind, Link, OomDetail, Outcome,
    Process, Severity, State, TimelineItem, Truncated,
};
use nwlog_ingest::Id128;
use nwlog_ingest::event::gap::GapKind;
use nwlog_ingest::event::go::{Circumstance, Frame, GoFact, GoReason, Goroutine, GoroutineGroup};
use nwlog_ingest::event::oom::{Constraint, Task, TaskSize, Victim};
use nwlog_ingest::event::unit::{Exit, ExitCode};
use nwlog_ingest::event::{DiskError, Manager, Writer};
use nwlog_ingest::time::Moment;

/// 2026-01-31 00:22:38 UTC.
const BASE: u64 = 1_769_818_958_000_000;

/// So many milliseconds later.
pub(crate) fn at(ms: u64) -> Moment {
    Moment::new(BASE + ms * 1_000, 5_000_000 + ms * 1_000)
}

/// An incident of which nothing is known but that it happened.
pub(crate) fn bare() -> Incident {
    Incident {
        id: IncidentId(0x3f9c_2a1b_0000_0001),
        formerly: Vec::new(),
        revision: 1,
        state: State::Closed,
        kind: Kind::UnitFailure,
        cause: None,
        causes: Vec::new(),
        severity: Severity::Notice,
        outcome: Outcome::Unknown,
        host: None,
        machine_id: None,
        boot_id: None,
        manager: Manager::System,
        unit: None,
        units: Vec::new(),
        invocations: Vec::new(),
        first: Moment::default(),
        last: Moment::default(),
        occurrences: 1,
        restarts: 0,
        down_us: None,
        detect_us: None,
        recover_us: None,
        headline: "ended".to_owned(),
        systemd_result: None,
        process: None,
        last_word: None,
        oom: None,
        disk: None,
        go: None,
        timeline: Vec::new(),
        cursors: None,
        context: Vec::new(),
        fields: Vec::new(),
        gaps: Vec::new(),
        truncated: Truncated::default(),
        links: Vec::new(),
        into: None,
    }
}

fn item(ms: u64, source: Writer, event: &str, text: &str, link: Link) -> TimelineItem {
    TimelineItem {
        at: at(ms),
        source,
        event: event.into(),
        unit: Some("app.service".into()),
        pid: Some(311),
        text: text.into(),
        link,
        count: 1,
        occurrence: 1,
    }
}

fn of_unit(unit: &str) -> Incident {
    Incident {
        host: Some("nightbox".into()),
        machine_id: Some(Id128::from_u128(0xa1)),
        boot_id: Some(Id128::from_u128(0xb2)),
        unit: Some(unit.into()),
        units: vec![unit.into()],
        invocations: vec![Id128::from_u128(0xc3)],
        first: at(495),
        last: at(8_210),
        ..bare()
    }
}

/// A crash loop at a memory limit, across midnight.
pub(crate) fn oom() -> Incident {
    let mut timeline = vec![
        item(495, Writer::Kernel, "oom-invoked", "app invoked oom-killer: order=0", Link::KernelCgroup),
        item(507, Writer::Kernel, "oom-usage", "memory: usage 98304kB, limit 98304kB", Link::KernelCgroup),
        item(
            512,
            Writer::Kernel,
            "oom-kill",
            "Memory cgroup out of memory: Killed process 311 (app)",
            Link::Pid,
        ),
        item(
            921,
            Writer::Systemd,
            "main-exit",
            "app.service: Main process exited, code=killed",
            Link::Invocation,
        ),
        item(966, Writer::Systemd, "failed", "app.service: Failed with result 'oom-kill'.", Link::Invocation),
        item(3_210, Writer::Systemd, "restart", "app.service: Scheduled restart job", Link::Invocation),
    ];
    for (again, ms) in [(1, 5_000), (2, 90_000_000)] {
        for item in &timeline.clone()[..6] {
            let mut item = item.clone();
            item.at = at(ms + u64::from(again == 2));
            timeline.push(item);
        }
    }
    timeline.push(item(
        90_000_100,
        Writer::Systemd,
        "start-limit",
        "app.service: Start request repeated too quickly.",
        Link::Counter,
    ));
    Incident {
        formerly: vec![IncidentId(0xdead_beef)],
        revision: 12,
        kind: Kind::OomKill,
        cause: Some(Cause::MemcgLimit),
        causes: vec![
            CauseCount { kind: Kind::OomKill, cause: Some(Cause::MemcgLimit), count: 8 },
            CauseCount { kind: Kind::UnitFailure, cause: None, count: 1 },
        ],
        severity: Severity::Critical,
        outcome: Outcome::StartLimitHit,
        occurrences: 9,
        restarts: 8,
        down_us: Some(20_700_000),
        detect_us: Some(409_000),
        recover_us: Some(2_300_000),
        headline: "killed 9 times in 2 min by the kernel at its own limit of 96 MiB; at its start limit"
            .to_owned(),
        systemd_result: Some("oom-kill".into()),
        process: Some(Process {
            pid: Some(311),
            comm: Some("app".into()),
            exit: Some(Exit { code: ExitCode::Killed, status: 9 }),
        }),
        oom: Some(OomDetail {
            constraint: Some(Constraint::Memcg),
            invoker: Some(Task { pid: Some(312), comm: "app".into() }),
            victim: Some(Victim {
                pid: 311,
                comm: "app".into(),
                uid: Some(0),
                cgroup: Some("/system.slice/app.service".into()),
                anon_rss_kb: Some(97_689),
                oom_score_adj: Some(-100),
                ..Victim::default()
            }),
            oom_memcg: Some("/system.slice/app.service".into()),
            usage_kb: Some(98_304),
            limit_kb: Some(98_304),
            top: vec![
                TaskSize { pid: 311, comm: "app".into(), rss_kb: 97_689 },
                TaskSize { pid: 400, comm: "helper".into(), rss_kb: 512 },
            ],
        }),
        timeline,
        cursors: Some(("s=1;i=1".into(), "s=1;i=9".into())),
        context: (0..7)
            .map(|n| ContextLine { at: at(n * 50), text: format!("cache size now {} MiB", 80 + n).into() })
            .collect(),
        gaps: vec![Gap { from: at(510), to: at(600), what: GapKind::RateLimited, count: Some(40) }],
        truncated: Truncated { occurrences: 0, timeline: 3, context: 2, early: false },
        links: vec![IncidentId(0x77aa_0000_0000_0000)],
        into: None,
        ..of_unit("app.service")
    }
}

/// A panic of a user's service.
pub(crate) fn go_panic() -> Incident {
    let frame = |function: &str, file: &str, line| Frame {
        function: function.into(),
        file: Some(file.into()),
        line: Some(line),
    };
    Incident {
        id: IncidentId(0x0102_0304_0506_0708),
        kind: Kind::GoPanic,
        cause: Some(Cause::Panic),
        severity: Severity::Warning,
        outcome: Outcome::Running,
        manager: Manager::User(1000),
        headline: "panicked: index out of range [5] with length 3; down 0.4 s, running again".to_owned(),
        go: Some(GoFact {
            reason: GoReason::Panic,
            value: "runtime error: index out of range [5] with length 3".into(),
            signal: None,
            goroutine: Some(Goroutine { id: 18, state: "running".into() }),
            frames: vec![
                frame("runtime.goPanicIndex", "/usr/lib/go/src/runtime/panic.go", 115),
                frame("main.pick", "/src/web/pick.go", 42),
                frame("main.main", "/src/web/main.go", 9),
            ],
            user_frame: Some(1),
            created_by: Some("main.serve".into()),
            goroutines: 5,
            groups: vec![GoroutineGroup {
                state: "chan receive".into(),
                minutes: Some(3),
                count: 4,
                frame: Some("main.worker".into()),
                stack: vec![frame("main.worker", "/src/web/worker.go", 12)],
            }],
            lines_dropped: 0,
            circumstance: Circumstance::default(),
            prefixed: false,
        }),
        timeline: vec![
            TimelineItem {
                unit: Some("user@1000/web.service".into()),
                ..item(
                    495,
                    Writer::Unit,
                    "go-panic",
                    "panic: runtime error: index out of range [5]",
                    Link::Stream,
                )
            },
            item(
                500,
                Writer::Systemd,
                "main-exit",
                "web.service: Main process exited, code=exited",
                Link::Name,
            ),
        ],
        ..of_unit("user@1000/web.service")
    }
}

/// A full disk, told many times.
pub(crate) fn disk() -> Incident {
    Incident {
        id: IncidentId(0xd15c_0000_0000_0000),
        kind: Kind::DiskFull,
        cause: Some(Cause::NoSpace),
        severity: Severity::Critical,
        outcome: Outcome::Running,
        headline: "refused 17 writes below /srv/data: no space left on device".to_owned(),
        disk: Some(DiskDetail {
            path: Some("/srv/data/a.db".into()),
            directory: Some("/srv/data".into()),
            mount: None,
            device: None,
            error: DiskError::NoSpace,
            refused: 17,
        }),
        timeline: vec![TimelineItem {
            count: 17,
            ..item(
                495,
                Writer::Unit,
                "disk",
                "write /srv/data/a.db: no space left on device",
                Link::Directory,
            )
        }],
        ..of_unit("db@1.service")
    }
}

/// A kill that only the kernel's ring tells of: no unit, no host, no date.
pub(crate) fn ring_only() -> Incident {
    let boot = |monotonic| Moment { realtime: None, monotonic: Some(monotonic) };
    Incident {
        kind: Kind::OomKill,
        cause: Some(Cause::Global),
        severity: Severity::Warning,
        first: boot(12_345_678),
        last: boot(12_345_678),
        headline: "killed by the kernel: the machine was out of memory".to_owned(),
        oom: Some(OomDetail {
            victim: Some(Victim { pid: 77, comm: "eater".into(), ..Victim::default() }),
            ..OomDetail::default()
        }),
        timeline: vec![TimelineItem {
            at: boot(12_345_678),
            unit: None,
            ..item(0, Writer::Kernel, "oom-kill", "Out of memory: Killed process 77 (eater)", Link::Pid)
        }],
        ..bare()
    }
}

/// The same text wherever a log can put one.
pub(crate) fn filled_with(text: &str) -> Incident {
    let mut incident = oom();
    let one = || -> Box<str> { text.into() };
    incident.host = Some(one());
    incident.unit = Some(one());
    incident.units = vec![one()];
    incident.headline = text.to_owned();
    incident.systemd_result = Some(one());
    incident.cursors = Some((one(), one()));
    incident.process = Some(Process { pid: None, comm: Some(one()), exit: None });
    incident.context = vec![ContextLine { at: at(0), text: one() }];
    incident.timeline = vec![TimelineItem {
        event: one(),
        unit: Some(one()),
        text: one(),
        ..item(0, Writer::Unit, "", "", Link::Near)
    }];
    incident.oom = Some(OomDetail {
        invoker: Some(Task { pid: None, comm: one() }),
        victim: Some(Victim { comm: one(), cgroup: Some(one()), ..Victim::default() }),
        oom_memcg: Some(one()),
        top: vec![TaskSize { pid: 1, comm: one(), rss_kb: 1 }],
        ..OomDetail::default()
    });
    incident.disk = Some(DiskDetail {
        path: Some(one()),
        directory: Some(one()),
        mount: None,
        device: Some(one()),
        error: DiskError::Quota,
        refused: 1,
    });
    incident.go = Some(GoFact {
        reason: GoReason::SignalDump,
        value: one(),
        signal: Some(one()),
        goroutine: Some(Goroutine { id: 1, state: one() }),
        frames: vec![Frame { function: one(), file: Some(one()), line: None }],
        user_frame: None,
        created_by: Some(one()),
        goroutines: 2,
        groups: vec![GoroutineGroup {
            state: one(),
            minutes: None,
            count: 1,
            frame: Some(one()),
            stack: vec![Frame { function: one(), file: Some(one()), line: None }],
        }],
        lines_dropped: 0,
        circumstance: Circumstance::default(),
        prefixed: false,
    });
    incident
}
