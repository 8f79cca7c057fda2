//! Entries in the journal export format, with the fields that journald stores for each transport.

use std::io::{self, BufWriter, Write};

use super::rng::Rng;
use super::service::Service;

const BOOT: &str = "3f1c0d8f6f1a4f0e9c6a1b2c3d4e5f60";
const MACHINE: &str = "9a3e5d7c1b2f4e60a8c9d0e1f2a3b4c5";
const SEQUENCE: &str = "5b7d9f1a3c5e4f70b2d4f6a8c0e2a4c6";

/// 2026-07-01 00:00:00 UTC in microseconds.
const BEGIN: u64 = 1_782_864_000_000_000;

/// How long the machine had been up by then, in microseconds.
const UP: u64 = 5_000_000;

/// The mean time between two entries, in microseconds.
const PACE: u64 = 8_000;

/// Writes entries, and keeps the time.
#[derive(Debug)]
pub(super) struct Export<W: Write> {
    out: BufWriter<W>,
    since: u64,
    count: u64,
}

impl<W: Write> Export<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out: BufWriter::with_capacity(1 << 20, out), since: 0, count: 0 }
    }

    /// How many entries were written.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }

    pub(super) fn kernel(&mut self, rng: &mut Rng, priority: u8, text: &str) -> io::Result<()> {
        self.begin(rng)?;
        let own = UP + self.since - 41;
        write!(
            self.out,
            "_SOURCE_MONOTONIC_TIMESTAMP={own}\n_TRANSPORT=kernel\nPRIORITY={priority}\nSYSLOG_FACILITY=0\n\
             SYSLOG_IDENTIFIER=kernel\nMESSAGE={text}\n"
        )?;
        self.end()
    }

    pub(super) fn stdout(&mut self, rng: &mut Rng, service: &Service, text: &str) -> io::Result<()> {
        self.begin(rng)?;
        let Service { stream, name, .. } = service;
        write!(
            self.out,
            "_STREAM_ID={stream}\n_TRANSPORT=stdout\nPRIORITY=6\nSYSLOG_FACILITY=3\nSYSLOG_IDENTIFIER={name}\n\
             MESSAGE={text}\n"
        )?;
        self.process(service)?;
        self.end()
    }

    pub(super) fn syslog(&mut self, rng: &mut Rng, service: &Service, text: &str) -> io::Result<()> {
        self.begin(rng)?;
        let Service { pid, name, .. } = service;
        let (facility, second) = (rng.word(&["4", "10", "3"]), rng.below(60));
        let sent = BEGIN + self.since - rng.range(5, 300);
        write!(
            self.out,
            "_SOURCE_REALTIME_TIMESTAMP={sent}\n_TRANSPORT=syslog\nPRIORITY=6\nSYSLOG_FACILITY={facility}\n\
             SYSLOG_IDENTIFIER={name}\nSYSLOG_PID={pid}\nSYSLOG_TIMESTAMP=Jul  1 00:00:{second:02} \n\
             MESSAGE={text}\n"
        )?;
        self.process(service)?;
        self.end()
    }

    /// A record of PID 1 about a service. `fields` are whole lines, each with its newline.
    pub(super) fn systemd(
        &mut self,
        rng: &mut Rng,
        service: &Service,
        message_id: &str,
        text: &str,
        fields: &str,
    ) -> io::Result<()> {
        self.begin(rng)?;
        let Service { unit, invocation, .. } = service;
        let sent = BEGIN + self.since - 12;
        write!(
            self.out,
            "_SOURCE_REALTIME_TIMESTAMP={sent}\n_TRANSPORT=journal\nPRIORITY=5\nSYSLOG_FACILITY=3\n\
             SYSLOG_IDENTIFIER=systemd\nTID=1\nCODE_FILE=src/core/unit.c\nCODE_LINE=5671\n\
             CODE_FUNC=unit_log_process_exit\nMESSAGE_ID={message_id}\nUNIT={unit}\nINVOCATION_ID={invocation}\n\
             MESSAGE={text}\n{fields}_PID=1\n_UID=0\n_GID=0\n_COMM=systemd\n_EXE=/usr/lib/systemd/systemd\n\
             _CMDLINE=/sbin/init\n_CAP_EFFECTIVE=1ffffffffff\n_SYSTEMD_CGROUP=/init.scope\n\
             _SYSTEMD_UNIT=init.scope\n_SYSTEMD_SLICE=-.slice\n"
        )?;
        self.end()
    }

    fn begin(&mut self, rng: &mut Rng) -> io::Result<()> {
        self.since += rng.range(42, 2 * PACE);
        self.count += 1;
        let (realtime, monotonic, count) = (BEGIN + self.since, UP + self.since, self.count);
        let x = rng.next();
        write!(
            self.out,
            "__CURSOR=s={SEQUENCE};i={count:x};b={BOOT};m={monotonic:x};t={realtime:x};x={x:x}\n\
             __REALTIME_TIMESTAMP={realtime}\n__MONOTONIC_TIMESTAMP={monotonic}\n_BOOT_ID={BOOT}\n"
        )
    }

    fn process(&mut self, service: &Service) -> io::Result<()> {
        let Service { name, unit, uid, pid, invocation, .. } = service;
        let (comm, cgroup) = (service.comm(), service.cgroup());
        let capabilities = if *uid == 0 { "1ffffffffff" } else { "0" };
        write!(
            self.out,
            "_PID={pid}\n_UID={uid}\n_GID={uid}\n_COMM={comm}\n_EXE=/usr/bin/{name}\n\
             _CMDLINE=/usr/bin/{name} --config /etc/{name}/{name}.conf --log-level info\n\
             _CAP_EFFECTIVE={capabilities}\n_SYSTEMD_CGROUP={cgroup}\n_SYSTEMD_UNIT={unit}\n\
             _SYSTEMD_SLICE=system.slice\n_SYSTEMD_INVOCATION_ID={invocation}\n"
        )?;
        // journald stores the label with its newline, and so in the form with a length (little-endian, 64 bits).
        self.out.write_all(b"_SELINUX_CONTEXT\n\x0b\0\0\0\0\0\0\0unconfined\n\n")
    }

    fn end(&mut self) -> io::Result<()> {
        write!(self.out, "_MACHINE_ID={MACHINE}\n_HOSTNAME=web-01\n_RUNTIME_SCOPE=system\n\n")
    }
}
