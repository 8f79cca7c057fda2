//! Ends that went well, and that nobody asked for.
//!
//! Opens: a service whose start job was done, and that then ended with SUCCESS, with no stop job and no restart within the
//! larger of 60 s and the longest restart delay seen for it.
//! Joins: nothing; a second one of the same unit says nothing new.
//! Closes: as all do.
//! Suppressed by: everything that makes ending by itself the usual thing: oneshots; a timer, socket or path of its name; a
//! D-Bus activation; instances that sockets make; transient units; systemd's own, of which those on the bus exit when
//! idle; users' units, which end when their window is closed; a unit that ended well before in this log. Also by a log that
//! ends too early, that does not show the boot's beginning and so not every timer and socket, or that lacks lines of the
//! manager's: then silence proves nothing.
//! Why so: this is the one failure that nobody reports. Most ends of this kind are meant, so it is never more than a
//! notice, and told only where all that could explain it would have been seen.

use nwlog_ingest::event::Manager;
use nwlog_ingest::time::Moment;

use super::Verdict;
use crate::incident::{Cause, Kind};
use crate::key::Subject;
use crate::life::Life;
use crate::unit::Unit;

/// How long nothing may follow before an end is called silent, in microseconds.
const SILENCE_US: u64 = 60_000_000;
/// How long a clean end of this unit waits for what may follow it, in microseconds.
pub(crate) fn silence_us(unit: &Unit) -> u64 {
    SILENCE_US.max(unit.longest_restart_us)
}

/// The verdict on an end that was silent.
pub(crate) fn of_end(life: &Life, unit: &Unit, subject: &Subject, is_triggered: bool) -> Option<Verdict> {
    let at = ended_by_itself(life, unit, subject)?;
    let returned = life.up_again.is_some_and(|up| up.since(&at) <= silence_us(unit));
    let is_silent = life.restart.is_none() && !returned && !is_triggered && !unit.ended_well_before;
    is_silent.then(|| Verdict::new(Kind::UnitFailure, Cause::SilentExit, at, life.record))
}

/// When a service that should go on ended well, and nobody had asked for it.
pub(super) fn ended_by_itself(life: &Life, unit: &Unit, subject: &Subject) -> Option<Moment> {
    let name = subject.unit.as_deref()?;
    let (up, end) = (life.up?, life.succeeded?);
    // Up to v245 a oneshot's start job is logged as "Started" after its process has ended.
    let is_oneshot = unit.is_oneshot || life.finished || up.order(&end).is_ge();
    let asked = life.stopping.is_some() || life.stopped.is_some() || life.failed.is_some();
    let plain = subject.manager == Manager::System
        && subject.is("service")
        && !["run-", "systemd-"].iter().any(|prefix| name.starts_with(prefix))
        && !is_socket_instance(name);
    (plain && !is_oneshot && !asked).then_some(end)
}

/// Whether a unit has a name that does not come again: a session, a transient unit, an instance of a socket's.
pub(crate) fn comes_once(subject: &Subject) -> bool {
    let name = subject.unit.as_deref().unwrap_or_default();
    subject.is("scope") || name.starts_with("run-") || is_socket_instance(name)
}

/// Accept=yes sockets name their services `NAME@COUNTER-…` (systemd, src/core/socket.c, instance_from_socket).
fn is_socket_instance(name: &str) -> bool {
    let instance = name.split_once('@').map(|(_, instance)| instance).unwrap_or_default();
    let digits = instance.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && instance.as_bytes().get(digits) == Some(&b'-')
}
