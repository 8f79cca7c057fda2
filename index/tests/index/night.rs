//! A dozen incidents of a bad night.

use chrono::{DateTime, FixedOffset};
use nwlog_correlate::{
    Cause, CauseCount, ContextLine, DiskDetail, Incident, IncidentId, Kind, Link, OomDetail, Outcome,
    Process, Severity, State, TimelineItem, Truncated,
};
use nwlog_index::{Store, Writer, WriterOptions};
use nwlog_ingest::Id128;
use nwlog_ingest::event::go::{Frame, GoFact, GoReason};
use nwlog_ingest::event::oom::{Task, TaskSize, Victim};
use nwlog_ingest::event::{DiskError, Manager, Writer as Source};
use nwlog_ingest::time::Moment;
use tempfile::TempDir;

/// 2026-03-01 00:00 UTC, in microseconds.
const MIDNIGHT: u64 = 1_772_323_200_000_000;

pub(crate) fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-03-01T12:00:00+00:00").unwrap()
}

/// An incident of a unit, so many minutes after midnight. Its number is its id, its life and, in `at`, its time.
pub(crate) fn incident(n: u64, unit: &str, minutes: u64) -> Incident {
    let at = Moment::new(MIDNIGHT + minutes * 60_000_000, minutes * 60_000_000);
    let after = Moment::new(MIDNIGHT + minutes * 60_000_000 + 5_000_000, minutes * 60_000_000 + 5_000_000);
    Incident {
        id: IncidentId(n << 32),
        formerly: Vec::new(),
        revision: 1,
        state: State::Closed,
        kind: Kind::UnitFailure,
        cause: Some(Cause::ExitCode),
        causes: Vec::new(),
        severity: Severity::Warning,
        outcome: Outcome::Running,
        host: Some("NightBox".into()),
        machine_id: Some(Id128::from_u128(1)),
        boot_id: Some(Id128::from_u128(0xB007 << 112)),
        manager: Manager::System,
        unit: Some(unit.into()),
        units: vec![unit.into()],
        invocations: vec![Id128::from_u128(u128::from(n))],
        first: at,
        last: after,
        occurrences: 1,
        restarts: 1,
        down_us: Some(5_000_000),
        detect_us: Some(1000),
        recover_us: Some(5_000_000),
        headline: "main process exited with status 1".to_owned(),
        systemd_result: Some("exit-code".into()),
        last_word: None,
        process: Some(Process { pid: Some(300), comm: Some("worker".into()), exit: None }),
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

/// Adds what someone said.
pub(crate) fn says(mut incident: Incident, source: Source, event: &str, text: &str) -> Incident {
    incident.timeline.push(TimelineItem {
        at: incident.first,
        source,
        event: event.into(),
        unit: incident.unit.clone(),
        pid: None,
        text: text.into(),
        link: Link::Invocation,
        count: 1,
        occurrence: 1,
    });
    incident
}

/// Adds what the unit had written before.
pub(crate) fn after_line(mut incident: Incident, text: &str) -> Incident {
    incident.context.push(ContextLine { at: incident.first, text: text.into() });
    incident
}

fn killed(mut incident: Incident, pid: u32, comm: &str, cgroup: &str) -> Incident {
    incident.kind = Kind::OomKill;
    incident.cause = Some(Cause::MemcgLimit);
    incident.headline = format!("{comm} killed by the kernel at its own limit of 96 MiB");
    incident.process = Some(Process { pid: Some(pid), comm: Some(comm.into()), exit: None });
    incident.oom = Some(OomDetail {
        invoker: Some(Task { pid: Some(pid), comm: comm.into() }),
        victim: Some(Victim { pid, comm: comm.into(), cgroup: Some(cgroup.into()), ..Victim::default() }),
        oom_memcg: Some(cgroup.into()),
        top: vec![TaskSize { pid: 17, comm: "bystander".into(), rss_kb: 4 }],
        ..OomDetail::default()
    });
    let line = format!("Memory cgroup out of memory: Killed process {pid} ({comm}) total-vm:1048576kB");
    says(incident, Source::Kernel, "oom-kill", &line)
}

fn full(mut incident: Incident, error: DiskError, path: &str) -> Incident {
    let cause = match error {
        DiskError::NoSpace => Cause::NoSpace,
        DiskError::Quota => Cause::Quota,
        DiskError::ReadOnly => Cause::ReadOnly,
        DiskError::Io => panic!("EIO is no refusal"),
    };
    incident.kind = Kind::DiskFull;
    incident.cause = Some(cause);
    incident.headline = "could not write: no space left on device".to_owned();
    incident.severity = Severity::Critical;
    incident.disk = Some(DiskDetail {
        path: Some(path.into()),
        directory: path.rsplit_once('/').map(|(directory, _)| directory.into()),
        mount: None,
        device: None,
        error,
        refused: 3,
    });
    incident
}

fn panicked(mut incident: Incident, value: &str, function: &str) -> Incident {
    incident.kind = Kind::GoPanic;
    incident.cause = Some(Cause::Panic);
    incident.headline = "panicked".to_owned();
    incident.go = Some(GoFact {
        reason: GoReason::Panic,
        value: value.into(),
        signal: Some("SIGSEGV".into()),
        goroutine: None,
        frames: vec![Frame {
            function: function.into(),
            file: Some("/srv/src/cache/store.go".into()),
            line: Some(42),
        }],
        user_frame: Some(0),
        created_by: None,
        goroutines: 1,
        groups: Vec::new(),
        lines_dropped: 0,
        circumstance: Default::default(),
        prefixed: false,
    });
    incident
}

/// The incidents, by number:
///
/// | | |
/// |---|---|
/// | 1 | myapp.service, killed by the kernel |
/// | 2 | db.service, killed; myapp stands in its context only |
/// | 3 | nginx.service, no space in /var/lib/nginx/data.1 |
/// | 4 | mail.service, quota; Chinese context |
/// | 5 | api.service, Go panic at 0xdeadbeef |
/// | 6 | myapp-helper.service, exit, down |
/// | 7 | a user's app.service |
/// | 8 | a container, killed |
/// | 9 | getty@tty1.service on another host and boot, the day before |
/// | 10 | mixed.service, open, exit first and then killed |
/// | 11 | late.service, withdrawn |
/// | 12 | dmesg.service, no known time |
pub(crate) fn night() -> Vec<Incident> {
    let one = killed(incident(1, "myapp.service", 22), 249, "myapp", "/system.slice/myapp.service");
    let two = killed(incident(2, "db.service", 60), 777, "postgres", "/system.slice/db.service");
    let two = after_line(two, "the client myapp killed its process");
    let three = full(incident(3, "nginx.service", 90), DiskError::NoSpace, "/var/lib/nginx/data.1");
    let three = Incident { fields: vec!["TRACE_ID=xyz789".into()], ..three };
    let four = full(incident(4, "mail.service", 120), DiskError::Quota, "/srv/mail/new");
    let four = after_line(four, "写入失败：磁盘空间不足，请检查 /srv/mail");
    let five = panicked(
        incident(5, "api.service", 150),
        "runtime error: invalid memory address at 0xDEADBEEF",
        "main.(*Server).ServeHTTP",
    );
    let mut six = incident(6, "myapp-helper.service", 180);
    six.outcome = Outcome::Down;
    six.severity = Severity::Critical;
    let six = says(six, Source::Systemd, "main-exit", "Main process exited, code=exited, status=203/EXEC");
    let mut seven = incident(7, "user@1000/app.service", 200);
    seven.manager = Manager::User(1000);
    let eight = killed(incident(8, "/docker/4f5e6d7c", 210), 999, "java", "/docker/4f5e6d7c");
    let mut nine = incident(9, "getty@tty1.service", 0);
    nine.first = Moment::new(MIDNIGHT - 3_600_000_000, 1);
    nine.last = nine.first;
    nine.host = Some("otherbox".into());
    nine.boot_id = Some(Id128::from_u128(0xCAFE << 112));
    let mut ten = incident(10, "mixed.service", 300);
    ten.state = State::Open;
    ten.formerly = vec![IncidentId(0xFEED << 48)];
    ten.causes = vec![
        CauseCount { kind: Kind::UnitFailure, cause: Some(Cause::ExitCode), count: 2 },
        CauseCount { kind: Kind::OomKill, cause: Some(Cause::SliceLimit), count: 1 },
    ];
    let mut eleven = incident(11, "late.service", 310);
    eleven.state = State::Withdrawn;
    let mut twelve = incident(12, "dmesg.service", 0);
    twelve.first = Moment { realtime: None, monotonic: Some(5) };
    twelve.last = twelve.first;
    vec![one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve]
}

/// A new store with these incidents in it.
pub(crate) fn stored(incidents: Vec<Incident>) -> (TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(&dir);
    for incident in incidents {
        writer.write(incident).unwrap();
    }
    writer.commit(None).unwrap();
    writer.close().unwrap();
    let store = Store::open_reader(dir.path()).unwrap();
    (dir, store)
}

pub(crate) fn writer(dir: &TempDir) -> Writer {
    Store::open_writer(dir.path(), WriterOptions::LIVE).unwrap()
}
