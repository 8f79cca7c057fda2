//! Makes a log, reads it, and holds what comes out against the account, all at once.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::{Duration, Instant};

use nwlog_correlate::{Advance, Change, ChangeKind, Config, Correlator};
use nwlog_ingest::scan::{Scanned, Session};
use nwlog_ingest::source::{Chunks, Limits};

use super::Plan;
use super::account::Account;
use super::machine::Machine;

/// How often the log is looked at while it is read.
const SAMPLES: u64 = 20;
/// How much of the log is decoded at once, in bytes.
const CHUNK: usize = 1 << 20;

/// What came of a soak.
#[derive(Clone, Debug)]
pub struct Report {
    /// The generator's account, and what was found of it.
    pub account: Account,
    /// How many entries there were.
    pub entries: u64,
    /// How long it took, with the making of the log.
    pub took: Duration,
    /// The most memory that the process ever had, in KiB, where the system tells.
    pub peak_kb: Option<u64>,
    /// The most incidents that were open at once.
    pub most_open: usize,
    /// The log looked at some times.
    pub samples: Vec<Sample>,
}

/// The state somewhere in the log.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// After how many entries.
    pub entries: u64,
    /// The incidents that are open.
    pub open: usize,
    /// The correlator's whole state, saved, in bytes.
    pub state: usize,
}

/// Runs one.
///
/// # Errors
/// Where what the generator makes is no log.
pub fn soak(plan: Plan) -> anyhow::Result<Report> {
    let began = Instant::now();
    let account = Rc::new(RefCell::new(Account::default()));
    let machine = Machine::new(plan, Rc::clone(&account));
    let (mut session, mut correlator) = (Session::default(), Correlator::new(Config::default()));
    let mut told = Told { account: Rc::clone(&account), open: BTreeSet::new(), most_open: 0 };
    let (mut entries, mut samples) = (0, Vec::new());
    for chunk in Chunks::new(machine, Limits { chunk: CHUNK, ..Limits::default() })? {
        let scanned = Scanned::of(chunk?);
        let seen = scanned.seen().to_vec();
        entries += scanned.stats().entries;
        session.take(scanned, &mut |event| correlator.push(event));
        for seen in seen {
            correlator.advance(Advance::To { origin: Box::new(seen.origin), at: seen.last });
        }
        told.take(correlator.changes(), false);
        if entries * SAMPLES >= (samples.len() as u64 + 1) * plan.entries {
            samples.push(Sample { entries, open: told.open.len(), state: correlator.snapshot().len() });
        }
    }
    session.finish(&mut |event| correlator.push(event));
    told.take(correlator.changes(), false);
    correlator.advance(Advance::End);
    told.take(correlator.changes(), true);
    let most_open = told.most_open;
    drop(told);
    let mut account = account.take();
    account.end();
    Ok(Report { account, entries, took: began.elapsed(), peak_kb: peak_kb(), most_open, samples })
}

/// What the correlator has told so far.
struct Told {
    account: Rc<RefCell<Account>>,
    open: BTreeSet<u64>,
    most_open: usize,
}

impl Told {
    /// An incident is held against the account when its last word is there: it is closed, or the log ends.
    fn take(&mut self, changes: Vec<Change>, is_end: bool) {
        for Change { kind, incident, .. } in changes {
            match kind {
                ChangeKind::Updated if is_end => self.account.borrow_mut().hold(&incident),
                ChangeKind::Opened => {
                    self.open.insert(incident.id.0);
                    self.most_open = self.most_open.max(self.open.len());
                }
                ChangeKind::Updated => {}
                ChangeKind::Withdrawn => {
                    self.open.remove(&incident.id.0);
                }
                ChangeKind::Closed => {
                    self.open.remove(&incident.id.0);
                    self.account.borrow_mut().hold(&incident);
                }
            }
        }
    }
}

/// The most resident memory that this process ever had (Linux, proc_pid_status(5), VmHWM).
fn peak_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}
