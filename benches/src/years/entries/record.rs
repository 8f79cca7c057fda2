//! One entry, with the fields that journald stores for each transport.

use std::io::{self, Write};

use nwlog_correlate::Incident;
use nwlog_ingest::Id128;

/// How much time passes between two entries, in microseconds.
const STEP: u64 = 700;

/// Writes an incident's entries, and keeps the time.
pub(super) struct Record<'a> {
    out: &'a mut dyn Write,
    incident: &'a Incident,
    unit: &'a str,
    comm: &'a str,
    pid: u32,
    life: u128,
    /// In microseconds since 1970, and since boot.
    realtime: u64,
    monotonic: u64,
}

impl<'a> Record<'a> {
    pub(super) fn new(out: &'a mut dyn Write, incident: &'a Incident) -> Self {
        let process = incident.process.as_ref();
        // A user's unit is one of that user's manager.
        let unit = incident.unit.as_deref().unwrap_or("app.service");
        Self {
            out,
            incident,
            unit: unit.rsplit('/').next().unwrap_or(unit),
            comm: process.and_then(|process| process.comm.as_deref()).unwrap_or("app"),
            pid: process.and_then(|process| process.pid).unwrap_or(300),
            life: incident.invocations.first().map_or(1, |life| life.as_u128()),
            realtime: incident.first.realtime.unwrap_or_default(),
            monotonic: incident.first.monotonic.unwrap_or_default(),
        }
    }

    /// The unit.
    pub(super) fn name(&self) -> &str {
        self.unit
    }

    /// It is the time of one of so many occurrences.
    pub(super) fn go_to(&mut self, n: u64, times: u64) {
        let begin = self.incident.first;
        let passed = self.incident.last.since(&begin) / times.max(1) * n;
        let at = begin.realtime.unwrap_or_default() + passed;
        let ahead = at.saturating_sub(self.realtime);
        (self.realtime, self.monotonic) = (self.realtime + ahead, self.monotonic + ahead);
    }

    /// The unit was started again.
    pub(super) fn next_life(&mut self) {
        self.life += 1;
    }

    pub(super) fn kernel(&mut self, priority: u8, text: &str) -> io::Result<()> {
        self.begin()?;
        let own = self.monotonic - 41;
        write!(
            self.out,
            "_SOURCE_MONOTONIC_TIMESTAMP={own}\n_TRANSPORT=kernel\nPRIORITY={priority}\nSYSLOG_FACILITY=0\n\
             SYSLOG_IDENTIFIER=kernel\nMESSAGE={text}\n"
        )?;
        self.end()
    }

    pub(super) fn unit(&mut self, text: &str) -> io::Result<()> {
        self.begin()?;
        let (comm, pid, unit, life) = (self.comm, self.pid, self.unit, Id128::from_u128(self.life));
        let uid = if self.user() { 1000 } else { 0 };
        let cgroup = self.cgroup();
        write!(
            self.out,
            "_STREAM_ID={life}\n_TRANSPORT=stdout\nPRIORITY=6\nSYSLOG_FACILITY=3\nSYSLOG_IDENTIFIER={comm}\n\
             MESSAGE={text}\n_PID={pid}\n_UID={uid}\n_GID={uid}\n_COMM={comm}\n_EXE=/usr/bin/{comm}\n\
             _CMDLINE=/usr/bin/{comm} --config /etc/{comm}/{comm}.conf --log-level info\n_CAP_EFFECTIVE=0\n\
             _SYSTEMD_CGROUP={cgroup}\n_SYSTEMD_SLICE=system.slice\n_SYSTEMD_INVOCATION_ID={life}\n"
        )?;
        match self.user() {
            true => writeln!(self.out, "_SYSTEMD_UNIT=user@1000.service\n_SYSTEMD_USER_UNIT={unit}")?,
            false => writeln!(self.out, "_SYSTEMD_UNIT={unit}")?,
        }
        for field in &self.incident.fields {
            writeln!(self.out, "{field}")?;
        }
        self.end()
    }

    /// A record of the service manager. `fields` are whole lines, each with its newline.
    pub(super) fn systemd(&mut self, message_id: &str, text: &str, fields: &str) -> io::Result<()> {
        self.begin()?;
        let sent = self.realtime - 12;
        let (unit, life) = (self.unit, Id128::from_u128(self.life));
        write!(
            self.out,
            "_SOURCE_REALTIME_TIMESTAMP={sent}\n_TRANSPORT=journal\nPRIORITY=5\nSYSLOG_FACILITY=3\n\
             SYSLOG_IDENTIFIER=systemd\nTID=1\nCODE_FILE=src/core/unit.c\nCODE_LINE=5671\n\
             CODE_FUNC=unit_log_process_exit\nMESSAGE_ID={message_id}\nMESSAGE={text}\n{fields}"
        )?;
        match self.user() {
            true => write!(
                self.out,
                "USER_UNIT={unit}\nUSER_INVOCATION_ID={life}\n_PID=365\n_UID=1000\n_GID=1000\n_COMM=systemd\n\
                 _EXE=/usr/lib/systemd/systemd\n_CMDLINE=/lib/systemd/systemd --user\n\
                 _SYSTEMD_CGROUP=/user.slice/user-1000.slice/user@1000.service/init.scope\n\
                 _SYSTEMD_UNIT=user@1000.service\n_SYSTEMD_USER_UNIT=init.scope\n_SYSTEMD_SLICE=user-1000.slice\n"
            )?,
            false => write!(
                self.out,
                "UNIT={unit}\nINVOCATION_ID={life}\n_PID=1\n_UID=0\n_GID=0\n_COMM=systemd\n\
                 _EXE=/usr/lib/systemd/systemd\n_CMDLINE=/sbin/init\n_CAP_EFFECTIVE=1ffffffffff\n\
                 _SYSTEMD_CGROUP=/init.scope\n_SYSTEMD_UNIT=init.scope\n_SYSTEMD_SLICE=-.slice\n"
            )?,
        }
        self.end()
    }

    /// Whether it is a user's unit.
    fn user(&self) -> bool {
        self.incident.unit.as_deref().is_some_and(|unit| unit.starts_with("user@"))
    }

    /// Its cgroup.
    pub(super) fn cgroup(&self) -> String {
        match self.user() {
            true => format!("/user.slice/user-1000.slice/user@1000.service/app.slice/{}", self.unit),
            false => format!("/system.slice/{}", self.unit),
        }
    }

    fn begin(&mut self) -> io::Result<()> {
        (self.realtime, self.monotonic) = (self.realtime + STEP, self.monotonic + STEP);
        let boot = self.incident.boot_id.unwrap_or(Id128::from_u128(1));
        let (realtime, monotonic) = (self.realtime, self.monotonic);
        write!(
            self.out,
            "__REALTIME_TIMESTAMP={realtime}\n__MONOTONIC_TIMESTAMP={monotonic}\n_BOOT_ID={boot}\n"
        )
    }

    fn end(&mut self) -> io::Result<()> {
        let machine = self.incident.machine_id.unwrap_or(Id128::from_u128(2));
        let host = self.incident.host.as_deref().unwrap_or("host");
        write!(self.out, "_MACHINE_ID={machine}\n_HOSTNAME={host}\n_RUNTIME_SCOPE=system\n\n")
    }
}
