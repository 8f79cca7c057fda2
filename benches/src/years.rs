//! Incidents as years of machines make them: any number of them, always the same ones.
//!
//! Each is made of its number and a seed alone. They are not read out of logs: their texts have what searching has to cope
//! with, and their numbers lie as such numbers do. [`entries`] has what logs would say of them.

pub mod entries;
mod rng;
mod words;

use nwlog_correlate::{
    Cause, ContextLine, DiskDetail, Incident, IncidentId, Kind, Link, OomDetail, Outcome, Process, Severity,
    State, TimelineItem, Truncated, headline,
};
use nwlog_ingest::Id128;
use nwlog_ingest::event::go::{Frame, GoFact, GoReason};
use nwlog_ingest::event::oom::{Task, TaskSize, Victim};
use nwlog_ingest::event::unit::{Exit, ExitCode};
use nwlog_ingest::event::{DiskError, Manager, Writer};
use nwlog_ingest::time::Moment;

use rng::Rng;
use words::{COUNTRIES, DIRECTORIES, FUNCTIONS, LINES, PROGRAMS, VALUES};

/// 2023-06-01 00:00 UTC, in microseconds.
pub const FIRST: u64 = 1_685_577_600_000_000;
/// How much time all of them lie in, in microseconds: three years.
pub const SPAN: u64 = 3 * 365 * 86_400_000_000;

/// The incident of a number.
pub fn incident(seed: u64, n: u64) -> Incident {
    Maker { rng: Rng::new(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ n), n }.make()
}

struct Maker {
    rng: Rng,
    n: u64,
}

impl Maker {
    fn make(mut self) -> Incident {
        let program = self.rng.word(PROGRAMS);
        let unit: Box<str> = match self.rng.below(10) {
            0 => format!("{program}@{}.service", self.rng.range(1, 8)).into(),
            1 => format!("user@1000/{program}.service").into(),
            _ => format!("{program}.service").into(),
        };
        let at = FIRST + self.rng.below(SPAN);
        let first = Moment::new(at, at - FIRST + 1);
        let down = self.rng.range(200_000, 900_000_000) >> self.rng.below(8);
        let last = Moment::new(at + down, at - FIRST + 1 + down);
        let pid = u32::try_from(self.rng.range(200, 4_000_000)).unwrap_or(200);
        let host = format!("{}-{}", self.rng.word(COUNTRIES), self.rng.range(1, 4));
        let life = Id128::from_u128(u128::from(self.n) << 64 | u128::from(self.rng.next()));
        let mut incident = Incident {
            id: IncidentId(self.rng.next() ^ self.n.rotate_left(32)),
            formerly: Vec::new(),
            revision: self.rng.range(1, 9),
            state: State::Closed,
            kind: Kind::UnitFailure,
            cause: Some(Cause::ExitCode),
            causes: Vec::new(),
            severity: Severity::Warning,
            outcome: Outcome::Running,
            machine_id: Some(Id128::from_u128(u128::from(host.len() as u64))),
            host: Some(host.into()),
            boot_id: Some(Id128::from_u128(u128::from(self.rng.below(500)) << 96 | 7)),
            manager: if unit.starts_with("user@") { Manager::User(1000) } else { Manager::System },
            units: vec![unit.clone()],
            unit: Some(unit),
            invocations: vec![life],
            first,
            last,
            occurrences: 1 + self.rng.below(8) * self.rng.below(3),
            restarts: self.rng.below(6),
            down_us: Some(down),
            detect_us: Some(self.rng.range(200, 90_000)),
            recover_us: Some(down),
            headline: String::new(),
            systemd_result: Some("exit-code".into()),
            process: Some(Process { pid: Some(pid), comm: Some(program.into()), exit: None }),
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
        };
        self.context(&mut incident);
        match self.rng.below(20) {
            0..7 => self.killed(&mut incident, program, pid),
            7..10 => self.full(&mut incident),
            10..13 => self.panicked(&mut incident),
            _ => self.failed(&mut incident),
        }
        let result = incident.systemd_result.clone().unwrap_or_default();
        self.says(&mut incident, Writer::Systemd, "failed", &format!("result {result}"));
        self.ends(&mut incident);
        incident.headline = headline(&incident);
        incident
    }

    /// What the unit wrote before.
    fn context(&mut self, incident: &mut Incident) {
        for _ in 0..self.rng.range(1, 5) {
            let line = self.rng.word(LINES);
            let (a, b) = (self.rng.range(1, 999), self.rng.next() >> 32);
            let text = line.replace("{n}", &a.to_string()).replace("{x}", &format!("{b:x}")).into();
            incident.context.push(ContextLine { at: incident.first, text });
        }
        if self.rng.below(4) == 0 {
            let field = format!("TRACE_ID={:08x}", self.rng.next() >> 32);
            incident.fields.push(field.into());
            incident.fields.push(format!("TENANT=t{}", self.rng.below(50)).into());
        }
    }

    fn killed(&mut self, incident: &mut Incident, program: &str, pid: u32) {
        let limit_kb = self.rng.range(1, 64) << 16;
        let rss = limit_kb - self.rng.below(4096);
        incident.kind = Kind::OomKill;
        incident.cause = Some(match self.rng.below(8) {
            0 => Cause::Global,
            1 => Cause::SliceLimit,
            _ => Cause::MemcgLimit,
        });
        incident.systemd_result = Some("oom-kill".into());
        let unit = incident.unit.as_deref().unwrap_or_default().replace('/', ".slice/");
        let cgroup: Box<str> = format!("/system.slice/{unit}").into();
        incident.oom = Some(OomDetail {
            invoker: Some(Task { pid: Some(pid), comm: program.into() }),
            victim: Some(Victim {
                pid,
                comm: program.into(),
                cgroup: Some(cgroup.clone()),
                total_vm_kb: Some(rss * 3),
                anon_rss_kb: Some(rss),
                ..Victim::default()
            }),
            oom_memcg: Some(cgroup),
            usage_kb: Some(limit_kb),
            limit_kb: Some(limit_kb),
            top: vec![TaskSize { pid, comm: program.into(), rss_kb: rss }],
            ..OomDetail::default()
        });
        self.says(incident, Writer::Kernel, "oom-invoked", &format!("{program} invoked the OOM killer"));
        let text = format!("Killed process {pid} ({program}) total-vm:{}kB, anon-rss:{rss}kB", rss * 3);
        self.says(incident, Writer::Kernel, "oom-kill", &text);
        self.says(incident, Writer::Systemd, "main-exit", "main process killed by signal 9 (KILL)");
    }

    fn full(&mut self, incident: &mut Incident) {
        let directory = self.rng.word(DIRECTORIES);
        let path = format!("{directory}/data.{}", self.rng.range(1, 9));
        let (error, cause) = match self.rng.below(4) {
            0 => (DiskError::Quota, Cause::Quota),
            1 => (DiskError::ReadOnly, Cause::ReadOnly),
            _ => (DiskError::NoSpace, Cause::NoSpace),
        };
        incident.kind = Kind::DiskFull;
        incident.cause = Some(cause);
        incident.severity = Severity::Critical;
        let text = format!("write {path}: {}", error.errno());
        incident.disk = Some(DiskDetail {
            mount: None,
            path: Some(path.into()),
            directory: Some(directory.into()),
            device: None,
            error,
            refused: self.rng.range(1, 300),
        });
        self.says(incident, Writer::Unit, "refused", &text);
    }

    fn panicked(&mut self, incident: &mut Incident) {
        let address = self.rng.next() >> 24;
        let value = self.rng.word(VALUES).replace("{x}", &format!("0x{address:x}"));
        let function = self.rng.word(FUNCTIONS);
        let frame = |function: &str, line| Frame {
            function: function.into(),
            file: Some(format!("/srv/build/{}.go", function.split('.').next().unwrap_or_default()).into()),
            line: Some(line),
        };
        incident.kind = Kind::GoPanic;
        incident.cause = Some(Cause::Panic);
        incident.process.iter_mut().for_each(|process| {
            process.exit = Some(Exit { code: ExitCode::Exited, status: 2 });
        });
        let line = u32::try_from(self.rng.range(10, 900)).unwrap_or_default();
        incident.go = Some(GoFact {
            reason: GoReason::Panic,
            value: value.clone().into(),
            signal: None,
            goroutine: None,
            frames: vec![frame(function, line), frame("main.main", 12)],
            user_frame: Some(0),
            created_by: None,
            goroutines: u32::try_from(self.rng.range(1, 400)).unwrap_or_default(),
            groups: Vec::new(),
            lines_dropped: 0,
            circumstance: Default::default(),
            prefixed: false,
        });
        self.says(incident, Writer::Unit, "go-panic", &format!("panic: {value} at {function}"));
    }

    fn failed(&mut self, incident: &mut Incident) {
        let status = i32::try_from(self.rng.range(1, 3)).unwrap_or(1);
        let (cause, exit) = match self.rng.below(4) {
            0 => (Cause::Killed, Exit { code: ExitCode::Killed, status: 9 }),
            1 => (Cause::StartTimeout, Exit { code: ExitCode::Killed, status: 15 }),
            _ => (Cause::ExitCode, Exit { code: ExitCode::Exited, status }),
        };
        incident.cause = Some(cause);
        incident.process.iter_mut().for_each(|process| process.exit = Some(exit));
        let text = match exit.code {
            ExitCode::Exited => format!("main process exited with status {status}"),
            _ => format!("main process killed by signal {}", exit.status),
        };
        self.says(incident, Writer::Systemd, "main-exit", &text);
    }

    fn ends(&mut self, incident: &mut Incident) {
        match self.rng.below(12) {
            0 => {
                incident.outcome = Outcome::Down;
                incident.severity = Severity::Critical;
                (incident.down_us, incident.recover_us) = (None, None);
            }
            1 => {
                incident.outcome = Outcome::StartLimitHit;
                incident.severity = Severity::Critical;
                (incident.down_us, incident.recover_us) = (None, None);
            }
            2 => incident.outcome = Outcome::Stopped,
            _ => {}
        }
        if self.rng.below(200) == 0 {
            incident.state = State::Open;
        }
    }

    fn says(&mut self, incident: &mut Incident, source: Writer, event: &str, text: &str) {
        incident.timeline.push(TimelineItem {
            at: incident.first,
            source,
            event: event.into(),
            unit: incident.unit.clone(),
            pid: incident.process.as_ref().and_then(|process| process.pid),
            text: text.into(),
            link: Link::Invocation,
            count: 1,
            occurrence: 1,
        });
    }
}
