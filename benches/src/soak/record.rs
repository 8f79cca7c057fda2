//! An entry in the journal export format, with the fields that journald stores for its writer (systemd 252).

use std::fmt::Write as _;

/// 2026-07-01 00:00:00 UTC in microseconds.
const BEGIN: u64 = 1_782_864_000_000_000;
/// How long the machine had been up by then, in microseconds.
const UP: u64 = 5_000_000;
const BOOT: &str = "7d1c0d8f6f1a4f0e9c6a1b2c3d4e5f60";
const MACHINE: &str = "1a3e5d7c1b2f4e60a8c9d0e1f2a3b4c5";
const SEQUENCE: &str = "2b7d9f1a3c5e4f70b2d4f6a8c0e2a4c6";

/// The time that the writer itself told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    Kernel,
    Realtime,
    None,
}

/// An entry before it is stored. Its own fields are lines of the export format, each with its newline.
#[derive(Clone, Debug)]
pub(super) struct Record {
    /// When it was written, in microseconds after the log's beginning.
    pub(super) written: u64,
    pub(super) clock: Clock,
    pub(super) fields: String,
}

impl Record {
    /// A record of the kernel's.
    pub(super) fn kernel(written: u64, text: &str) -> Self {
        let fields = format!(
            "_TRANSPORT=kernel\nPRIORITY=4\nSYSLOG_FACILITY=0\nSYSLOG_IDENTIFIER=kernel\nMESSAGE={text}\n"
        );
        Self { written, clock: Clock::Kernel, fields }
    }

    /// A record of PID 1 about a unit. `more` are whole lines.
    pub(super) fn manager(written: u64, unit: &str, life: Option<&str>, text: &str, more: &str) -> Self {
        let life = life.map_or_else(String::new, |life| format!("INVOCATION_ID={life}\n"));
        let fields = format!(
            "_TRANSPORT=journal\nPRIORITY=5\nSYSLOG_FACILITY=3\nSYSLOG_IDENTIFIER=systemd\nUNIT={unit}\n{life}\
             MESSAGE={text}\n{more}_PID=1\n_UID=0\n_GID=0\n_COMM=systemd\n_SYSTEMD_CGROUP=/init.scope\n\
             _SYSTEMD_UNIT=init.scope\n_SYSTEMD_SLICE=-.slice\n"
        );
        Self { written, clock: Clock::Realtime, fields }
    }

    /// A line of a process's standard output.
    pub(super) fn line(written: u64, writer: &Writer<'_>, text: &str) -> Self {
        let Writer { unit, life, pid, comm } = writer;
        let fields = format!(
            "_STREAM_ID={life}\n_TRANSPORT=stdout\nPRIORITY=6\nSYSLOG_FACILITY=3\nSYSLOG_IDENTIFIER={comm}\n\
             MESSAGE={text}\n_PID={pid}\n_UID=0\n_GID=0\n_COMM={comm}\n_EXE=/usr/bin/{comm}\n\
             _SYSTEMD_CGROUP=/system.slice/{unit}\n_SYSTEMD_UNIT={unit}\n_SYSTEMD_SLICE=system.slice\n\
             _SYSTEMD_INVOCATION_ID={life}\n"
        );
        Self { written, clock: Clock::None, fields }
    }

    /// Adds it to an export as its `number`th entry, stored so many microseconds after the log's beginning.
    pub(super) fn store(&self, stored: u64, number: u64, out: &mut String) {
        let (realtime, monotonic) = (BEGIN + stored, UP + stored);
        let x = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let _ = write!(
            out,
            "__CURSOR=s={SEQUENCE};i={number:x};b={BOOT};m={monotonic:x};t={realtime:x};x={x:x}\n\
             __REALTIME_TIMESTAMP={realtime}\n__MONOTONIC_TIMESTAMP={monotonic}\n_BOOT_ID={BOOT}\n\
             _MACHINE_ID={MACHINE}\n_HOSTNAME=soak-01\n"
        );
        let _ = match self.clock {
            Clock::Kernel => writeln!(out, "_SOURCE_MONOTONIC_TIMESTAMP={}", UP + self.written),
            Clock::Realtime => writeln!(out, "_SOURCE_REALTIME_TIMESTAMP={}", BEGIN + self.written),
            Clock::None => Ok(()),
        };
        out.push_str(&self.fields);
        out.push('\n');
    }
}

/// Microseconds after the log's beginning, from an incident's time.
pub(super) fn since_begin(realtime: Option<u64>) -> u64 {
    realtime.unwrap_or_default().saturating_sub(BEGIN)
}

/// Who writes a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Writer<'a> {
    pub(super) unit: &'a str,
    pub(super) life: &'a str,
    pub(super) pid: u64,
    pub(super) comm: &'a str,
}
