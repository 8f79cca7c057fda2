//! A flood of lines with failures among them, taken by a real journald and followed live.
//!
//! [`stage`] has the journald and who floods it, [`failure`] makes what is to be found, [`follower`] measures who follows, and
//! [`account`] holds what was told against what happened. The process that calls this has to be PID 1 of a namespace: what it
//! writes about units is then a service manager's word, for journald says whose it is.

mod account;
mod failure;
mod follower;
mod stage;

use std::path::Path;
use std::time::{Duration, Instant};

use tempfile::TempDir;

pub use self::account::Account;
use self::failure::Failures;
pub use self::follower::Spent;
use self::follower::{Follow, Nobody, Nwlog, Other};
use self::stage::{Length, Stage};

/// What is to be done.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    /// The nwlog to measure.
    pub nwlog: &'a Path,
    /// How long it is flooded. Kills take 650 ms each at the least.
    pub length: Duration,
    /// How many failures are among it.
    pub failures: usize,
    /// Where journals lie meanwhile.
    pub dir: &'a Path,
}

/// What came of one run.
#[derive(Clone, Debug)]
pub struct Run {
    /// Who followed.
    pub who: &'static str,
    /// The entries that journald stored, and how long it was flooded.
    pub stored: u64,
    /// From the first line to the last.
    pub took: Duration,
    /// What whoever followed took for it; none where nobody did.
    pub spent: Option<Spent>,
}

/// What came of all.
#[derive(Clone, Debug)]
pub struct Report {
    /// nwlog's run, then those of the same number of lines.
    pub runs: Vec<Run>,
    /// What nwlog told, held against what happened.
    pub account: Account,
}

/// Floods a journald that nwlog follows for so long, then one that journalctl follows and one that nobody does, with as many
/// lines.
///
/// # Errors
/// This machine has no journald, no memory cgroups, or does not let this process have them.
pub fn flood(plan: &Plan<'_>) -> anyhow::Result<Report> {
    let mut nwlog = Nwlog::new(plan.nwlog)?;
    let (first, failures) = run(plan, Length::Time(plan.length), &mut nwlog)?;
    let account = Account::of(&failures, &nwlog)?;
    let lines = Length::Lines(first.stored);
    let mut journalctl = Other::journalctl();
    let mut runs = vec![first];
    runs.push(run(plan, lines, &mut journalctl)?.0);
    runs.push(run(plan, lines, &mut Nobody)?.0);
    Ok(Report { runs, account })
}

fn run(plan: &Plan<'_>, length: Length, follow: &mut dyn Follow) -> anyhow::Result<(Run, Failures)> {
    let folder = TempDir::new_in(plan.dir)?;
    let mut stage = Stage::set(folder.path())?;
    let mut failures = Failures::new();
    follow.start(&stage)?;
    let before = stage.stored()?;
    let began = Instant::now();
    stage.flood(length)?;
    for nth in 0..plan.failures {
        let due = began + plan.length * u32::try_from(nth)? / u32::try_from(plan.failures)?;
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        failures.make(nth, &stage)?;
    }
    stage.wait()?;
    let took = began.elapsed();
    stage.sync()?;
    let ended = Instant::now();
    let stored = stage.stored()? - before;
    let spent = follow.end(&failures, stored, ended)?;
    Ok((Run { who: follow.who(), stored, took, spent }, failures))
}
