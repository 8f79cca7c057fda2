//! The machine: its units, and the records that are still to be stored.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::rc::Rc;

use super::account::Account;
use super::record::Record;
use super::{Plan, failure, noise};
use crate::generator::rng::Rng;

/// The mean time between two entries of a log that is long enough, in microseconds.
const PACE: u64 = 8_000;
/// The least that a log lasts, in microseconds: failures go on for hours.
const LASTS: u64 = 10 * 3_600_000_000;
/// So long before the log's end nothing begins to fail any more, so that all of it ends inside the log.
const CALM: u64 = 3 * 3_600_000_000;
/// When the first unit fails: the machine is up by then.
const FIRST: u64 = 60_000_000;
/// How long a unit is left alone after its failure, in microseconds: longer than any episode goes on.
const REST: u64 = 2 * 3_600_000_000;
/// The units that fail. At most one in two is busy with that at a time.
const UNITS: usize = 600;
/// The units of the noise.
const OTHERS: usize = 60;

/// A unit in its present life.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) name: String,
    /// The process's name.
    pub(super) comm: String,
    pub(super) pid: u64,
    pub(super) life: String,
    pub(super) restarts: u64,
    /// It is left alone until then.
    pub(super) busy_until: u64,
}

impl Unit {
    fn new(name: &str, number: usize, rng: &mut Rng) -> Self {
        let comm = format!("{name}-{number:03}");
        let mut unit = Self {
            name: format!("{comm}.service"),
            comm,
            pid: 0,
            life: String::new(),
            restarts: 0,
            busy_until: 0,
        };
        unit.begin(rng);
        unit
    }

    /// A new life.
    pub(super) fn begin(&mut self, rng: &mut Rng) {
        self.pid = rng.range(800, 4_000_000);
        self.life = rng.id();
    }
}

/// The machine, as a stream of its journal's export.
pub(super) struct Machine {
    plan: Plan,
    pub(super) rng: Rng,
    pub(super) account: Rc<RefCell<Account>>,
    /// When the next noise is stored, in microseconds after the log's beginning.
    now: u64,
    pace: u64,
    stored: u64,
    /// Records that are due later, by when they are stored.
    due: BTreeMap<(u64, u64), Record>,
    queued: u64,
    failed: u64,
    next_failure: u64,
    pub(super) units: Vec<Unit>,
    pub(super) others: Vec<Unit>,
    bytes: String,
    given: usize,
    is_over: bool,
}

impl Machine {
    pub(super) fn new(plan: Plan, account: Rc<RefCell<Account>>) -> Self {
        let mut rng = Rng::new(plan.seed);
        let units = (0..UNITS).map(|n| Unit::new("svc", n, &mut rng)).collect();
        let others = (0..OTHERS).map(|n| Unit::new("app", n, &mut rng)).collect();
        let mut machine = Self {
            plan,
            rng,
            account,
            now: 1_000_000,
            pace: PACE.max(LASTS / plan.entries.max(1)),
            stored: 0,
            due: BTreeMap::new(),
            queued: 0,
            failed: 0,
            next_failure: FIRST,
            units,
            others,
            bytes: String::new(),
            given: 0,
            is_over: false,
        };
        noise::boot(&mut machine);
        machine
    }

    /// Stores a record a little after it was written.
    pub(super) fn say(&mut self, record: Record) {
        let lag = self.rng.range(40, 1_500);
        self.say_late(record, lag);
    }

    /// Stores a record so long after it was written.
    pub(super) fn say_late(&mut self, record: Record, lag: u64) {
        self.queued += 1;
        self.due.insert((record.written + lag, self.queued), record);
    }

    /// A unit that has been well for long, and now is left alone by all else.
    pub(super) fn healthy(&mut self) -> Option<usize> {
        let from = usize::try_from(self.rng.below(self.units.len() as u64)).unwrap_or(0);
        let at = (from..self.units.len())
            .chain(0..from)
            .find(|at| self.units.get(*at).is_some_and(|unit| unit.busy_until <= self.now))?;
        let until = self.now + REST;
        self.units.get_mut(at).into_iter().for_each(|unit| unit.busy_until = until);
        Some(at)
    }

    /// Makes the next entries.
    fn go_on(&mut self) {
        self.bytes.clear();
        self.given = 0;
        while self.bytes.len() < 1 << 18 && !self.is_over {
            let next = self.due.first_key_value().map(|((at, _), _)| *at);
            if next.is_some_and(|at| at <= self.now)
                && let Some(((at, _), record)) = self.due.pop_first()
            {
                self.stored += 1;
                record.store(at, self.stored, &mut self.bytes);
                continue;
            }
            if self.stored >= self.plan.entries {
                self.is_over = true;
                // What is under way is told to its end.
                while let Some(((at, _), record)) = self.due.pop_first() {
                    self.stored += 1;
                    record.store(at, self.stored, &mut self.bytes);
                }
                break;
            }
            self.fail();
            noise::any(self, self.now);
            self.now += self.rng.range(42, 2 * self.pace);
        }
    }

    /// Lets the next unit fail, if its time has come: one at a time, as the kernel kills.
    fn fail(&mut self) {
        if self.failed >= self.plan.failures || self.now < self.next_failure {
            return;
        }
        let Some(unit) = self.healthy() else { return };
        self.failed += 1;
        self.next_failure += (self.pace * self.plan.entries - CALM) / self.plan.failures.max(1);
        failure::any(self, unit, self.now, self.failed);
    }
}

impl Read for Machine {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.bytes.len() && !self.is_over {
            self.go_on();
        }
        let rest = self.bytes.as_bytes().get(self.given..).unwrap_or_default();
        let length = rest.len().min(buffer.len());
        let (Some(to), Some(from)) = (buffer.get_mut(..length), rest.get(..length)) else { return Ok(0) };
        to.copy_from_slice(from);
        self.given += length;
        Ok(length)
    }
}
