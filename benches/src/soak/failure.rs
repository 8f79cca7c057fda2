//! Failures, each with its row in the account.

mod disk;
mod go;
mod memory;
mod unit;

use super::account::Row;
use super::machine::{Machine, Unit};
use super::noise::{self, STARTED};
use super::record::{Record, Writer};

type Failure = fn(&mut Scene<'_>);

/// Every kind, one after the other.
const KINDS: &[Failure] = &[
    memory::own_limit,
    memory::own_limit_as_signal,
    memory::slice_limit,
    memory::whole_machine,
    memory::child,
    memory::crash_loop,
    memory::stored_late,
    memory::oomd,
    go::panic,
    go::panic_stored_late,
    go::fatal_error,
    go::deadlock,
    go::recovered,
    go::panics_to_the_start_limit,
    disk::no_space,
    disk::no_space_ends_it,
    disk::read_only,
    disk::quota,
    unit::exit_and_restart,
    unit::exit_and_down,
    unit::exits_to_the_start_limit,
    unit::signal,
    unit::core_dump,
    unit::sigkill,
    unit::sigkill_on_request,
    unit::start_timeout,
    unit::stop_timeout,
    unit::runtime_timeout,
    unit::watchdog,
    unit::no_such_program,
    unit::protocol,
    unit::mount_and_dependency,
    unit::exit_in_requested_stop,
    unit::two_causes,
];

/// Lets a unit fail. The kinds take turns.
pub(super) fn any(machine: &mut Machine, unit: usize, now: u64, number: u64) {
    let kinds = KINDS.len() as u64;
    let Some(fails) = usize::try_from(number % kinds).ok().and_then(|at| KINDS.get(at)) else { return };
    let Some(of) = machine.units.get(unit).cloned() else { return };
    let mut scene = Scene { machine, index: unit, unit: of, at: now };
    scene.line("all is well");
    scene.wait(5_000);
    fails(&mut scene);
    let Scene { unit, index, .. } = scene;
    machine.units.get_mut(index).into_iter().for_each(|known| *known = unit.clone());
}

/// A unit that fails, and the moment that is being told.
pub(super) struct Scene<'a> {
    pub(super) machine: &'a mut Machine,
    index: usize,
    pub(super) unit: Unit,
    pub(super) at: u64,
}

impl Scene<'_> {
    /// Time passes, in microseconds.
    pub(super) fn wait(&mut self, us: u64) {
        self.at += us;
    }

    pub(super) fn say(&mut self, record: Record) {
        self.machine.say(record);
    }

    /// A line of the unit's.
    pub(super) fn line(&mut self, text: &str) {
        self.line_late(text, 100);
    }

    /// A line of the unit's that is stored later; it has no time of its own.
    pub(super) fn line_late(&mut self, text: &str, lag: u64) {
        let Unit { name, life, pid, comm, .. } = &self.unit;
        let writer = Writer { unit: name, life, pid: *pid, comm };
        let record = Record::line(self.at, &writer, text);
        self.machine.say_late(record, lag);
        self.at += 20;
    }

    /// What the manager says of the unit, without a message id.
    pub(super) fn manager(&mut self, text: &str) {
        self.manager_with(text, "");
    }

    pub(super) fn manager_with(&mut self, text: &str, more: &str) {
        let text = format!("{}: {text}", self.unit.name);
        let record = Record::manager(self.at, &self.unit.name, Some(&self.unit.life), &text, more);
        self.say(record);
        self.at += 500;
    }

    /// The main process ends, and the unit with it.
    pub(super) fn exit(&mut self, code: &str, status: u32, name: &str, result: &str) {
        let record = noise::exit(self.at, &self.unit, code, status, name);
        self.say(record);
        self.at += 5_000;
        let record = noise::failed(self.at, &self.unit, result);
        self.say(record);
        self.at += 500;
    }

    /// systemd restarts it.
    pub(super) fn restart(&mut self) {
        self.restart_scheduled();
        self.wait(20_000);
        self.begin();
    }

    pub(super) fn restart_scheduled(&mut self) {
        self.wait(200_000);
        self.unit.restarts += 1;
        let n = self.unit.restarts;
        let more = format!("MESSAGE_ID=5eb03494b6584870a536b337290809b3\nN_RESTARTS={n}\n");
        self.manager_with(&format!("Scheduled restart job, restart counter is at {n}."), &more);
    }

    /// A new life of it.
    pub(super) fn begin(&mut self) {
        let mut rng = self.machine.rng.clone();
        self.unit.begin(&mut rng);
        self.machine.rng = rng;
        self.job(STARTED, "start", "done");
        self.wait(1_000);
    }

    pub(super) fn job(&mut self, id: &str, kind: &str, result: &str) {
        let record = noise::job(self.at, &self.unit.name, Some(&self.unit.life), id, kind, result);
        self.say(record);
        self.at += 500;
    }

    /// systemd gives up.
    pub(super) fn give_up(&mut self, result: &str) {
        self.restart_scheduled();
        self.manager("Start request repeated too quickly.");
        let record = noise::failed(self.at, &self.unit, result);
        self.say(record);
        self.at += 500;
        self.job(START_FAILED, "start", "failed");
        self.start_tomorrow();
    }

    /// Somebody starts it again, long after its episode is over.
    pub(super) fn start_tomorrow(&mut self) {
        let now = self.at;
        self.wait(TOMORROW_US);
        self.begin();
        self.at = now;
    }

    /// Writes down what the generator knows of the failure that begins now.
    pub(super) fn account(
        &mut self,
        kind: &'static str,
        cause: &'static str,
        occurrences: u64,
        outcome: &'static str,
    ) {
        let unit = self.unit.name.clone();
        self.account_of(unit, kind, cause, occurrences, outcome);
    }

    pub(super) fn account_of(
        &mut self,
        unit: String,
        kind: &'static str,
        cause: &'static str,
        occurrences: u64,
        outcome: &'static str,
    ) {
        let row = Row { unit, kind, cause, first: self.at, occurrences, outcome };
        self.machine.account.borrow_mut().add(row);
    }
}

/// "Failed to start", "Dependency failed for".
pub(super) const START_FAILED: &str = "be02cf6855d2428ba40df7e9d022f03d";
/// How long a unit that is down stays so, in microseconds: longer than any episode goes on.
const TOMORROW_US: u64 = 80 * 60_000_000;
