//! Services that end well and are restarted, over and over.
//!
//! Opens: three ends with SUCCESS within 10 minutes that nobody asked for, each restarted by systemd.
//! Joins: each further one within 10 minutes of the one before.
//! Closes: as all do.
//! Suppressed by: what suppresses a silent exit, but for the restart; logins on a terminal, which end when one logs out.
//! Why so: a single end of this kind is what `Restart=always` is for. Three in a row mean that the program does not do what
//! it is started for.

use super::{Verdict, silent_exit};
use crate::incident::{Cause, Kind};
use crate::key::Subject;
use crate::life::Life;
use crate::unit::Unit;

/// The time in which clean ends count as a loop, in microseconds.
pub(crate) const LOOP_US: u64 = 600_000_000;
/// How many of them make a loop.
pub(crate) const LOOP_ENDS: usize = 3;

/// The verdict on an end that systemd restarted the unit after; it holds where there are enough of them.
pub(crate) fn of_end(life: &Life, unit: &Unit, subject: &Subject) -> Option<Verdict> {
    let at = silent_exit::ended_by_itself(life, unit, subject)?;
    let interactive = subject.unit.as_deref().is_some_and(|name| name.contains("getty@"));
    (life.restart.is_some() && !interactive)
        .then(|| Verdict::new(Kind::UnitFailure, Cause::RestartLoop, at, life.record))
}
