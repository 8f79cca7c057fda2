//! The object itself. It borrows from the incident, and does not change when the incident's own type does.

use nwlog_correlate::{CauseCount, Incident, IncidentId};
use nwlog_ingest::Id128;
use nwlog_ingest::event::Manager;
use nwlog_ingest::event::unit::ExitCode;
use serde::{Serialize, Serializer};

use super::detail::{Disk, Go, Oom};
use super::item::{Context, Item, LeftOut, Missing};
use super::{Extra, SCHEMA};
use crate::output::time::rfc3339;

#[derive(Serialize)]
pub(super) struct Wire<'a> {
    schema: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<&'a str>,
    id: IncidentId,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    formerly: &'a [IncidentId],
    revision: u64,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    into: Option<IncidentId>,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    causes: Vec<Cause>,
    severity: &'static str,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    host: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    machine_id: Option<Id128>,
    #[serde(skip_serializing_if = "Option::is_none")]
    boot_id: Option<Id128>,
    #[serde(serialize_with = "display")]
    manager: Manager,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    units: &'a [Box<str>],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    invocations: &'a [Id128],
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
    occurrences: u64,
    restarts: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    down_us: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detect_us: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recover_us: Option<u64>,
    headline: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    systemd_result: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    process: Option<Process<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_word: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    oom: Option<Oom<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    disk: Option<Disk<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    go: Option<Go<'a>>,
    timeline: Vec<Item<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cursors: Option<Cursors<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    context: Vec<Context<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    fields: &'a [Box<str>],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    gaps: Vec<Missing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    truncated: Option<LeftOut>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    links: &'a [IncidentId],
}

impl<'a> Wire<'a> {
    pub(super) fn new(incident: &'a Incident, extra: Extra<'a>) -> Self {
        Self {
            schema: SCHEMA,
            change: extra.change,
            id: incident.id,
            formerly: &incident.formerly,
            revision: incident.revision,
            state: incident.state.name(),
            into: extra.into.or(incident.into),
            kind: incident.kind.name(),
            cause: incident.cause.map(|cause| cause.name()),
            causes: incident.causes.iter().map(Cause::new).collect(),
            severity: incident.severity.name(),
            outcome: incident.outcome.name(),
            host: incident.host.as_deref(),
            machine_id: incident.machine_id,
            boot_id: incident.boot_id,
            manager: incident.manager,
            unit: incident.unit.as_deref(),
            units: &incident.units,
            invocations: &incident.invocations,
            first: rfc3339(&incident.first),
            last: rfc3339(&incident.last),
            occurrences: incident.occurrences,
            restarts: incident.restarts,
            down_us: incident.down_us,
            detect_us: incident.detect_us,
            recover_us: incident.recover_us,
            headline: &incident.headline,
            systemd_result: incident.systemd_result.as_deref(),
            process: incident.process.as_ref().map(Process::new),
            last_word: incident.last_word.as_deref(),
            oom: incident.oom.as_ref().map(Oom::new),
            disk: incident.disk.as_ref().map(Disk::new),
            go: incident.go.as_ref().map(Go::new),
            timeline: incident.timeline.iter().map(Item::new).collect(),
            cursors: incident.cursors.as_ref().map(|(first, last)| Cursors { first, last }),
            context: incident.context.iter().map(Context::new).collect(),
            fields: &incident.fields,
            gaps: incident.gaps.iter().map(Missing::new).collect(),
            truncated: LeftOut::new(&incident.truncated),
            links: &incident.links,
        }
    }
}

fn display<S: Serializer>(value: &impl std::fmt::Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

#[derive(Serialize)]
struct Cause {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'static str>,
    count: u64,
}

impl Cause {
    fn new(cause: &CauseCount) -> Self {
        Self { kind: cause.kind.name(), cause: cause.cause.map(|cause| cause.name()), count: cause.count }
    }
}

#[derive(Serialize)]
struct Process<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pid: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comm: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exit: Option<Exit>,
}

#[derive(Serialize)]
struct Exit {
    code: &'static str,
    status: i32,
}

impl<'a> Process<'a> {
    fn new(process: &'a nwlog_correlate::Process) -> Self {
        let exit = process.exit.map(|exit| Exit {
            code: match exit.code {
                ExitCode::Exited => "exited",
                ExitCode::Killed => "killed",
                ExitCode::Dumped => "dumped",
            },
            status: exit.status,
        });
        Self { pid: process.pid, comm: process.comm.as_deref(), exit }
    }
}

#[derive(Serialize)]
struct Cursors<'a> {
    first: &'a str,
    last: &'a str,
}
