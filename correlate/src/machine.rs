//! One boot of one machine: its units, and the episodes that go on.

mod blind;
mod early;
mod hear;
mod look;
mod mounts;
mod nearby;
mod needs;
mod orphans;
mod story;
mod victims;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use nwlog_ingest::Event;
use nwlog_ingest::event::Manager;
use nwlog_ingest::event::gap::GapFact;
use nwlog_ingest::pairs;
use nwlog_ingest::time::Moment;
use serde::{Deserialize, Serialize};

pub(crate) use early::Early;
use mounts::Mounts;
use nearby::Nearby;
use needs::Needs;
use victims::Victims;

use crate::change::Change;
use crate::config::Config;
use crate::episode::Episode;
use crate::key::{BootKey, Subject};
use crate::unit::Unit;
use crate::window::Window;

/// The users whose managers are remembered.
const MAX_USERS: usize = 1_024;

/// The units that come and go by themselves, as many as are remembered.
const MAX_TRIGGERED: usize = 8_192;

/// One boot of one machine.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Machine {
    key: BootKey,
    host: Option<Box<str>>,
    window: Window,
    /// The largest time of storage that was seen.
    watermark: u64,
    /// How far the log has been told: never by what came in one batch, only by what was due.
    now: u64,
    #[serde(with = "pairs")]
    units: BTreeMap<Subject, Unit>,
    agenda: BTreeSet<(u64, Task)>,
    episodes: BTreeMap<u64, Episode>,
    opened: u64,
    gaps: VecDeque<Noted>,
    kills: VecDeque<Killed>,
    /// Kills of processes whose unit the kernel did not name.
    orphans: Vec<Event>,
    /// Whom the last kills hit.
    #[serde(default)]
    victims: Victims,
    /// What the kernel said of no unit, and may explain what befell one.
    #[serde(default)]
    nearby: Nearby,
    /// What failed to start, and who waited for it.
    #[serde(default)]
    needs: Needs,
    /// Where file systems are mounted.
    #[serde(default)]
    mounts: Mounts,
    /// Episodes that are over, for what comes too late.
    #[serde(default)]
    past: VecDeque<Episode>,
    /// Units whose services come and go: those of timers, sockets and paths, and what D-Bus activated.
    triggered: BTreeSet<Box<str>>,
    /// A service manager has spoken: what it does not say of a unit did not happen.
    is_managed: bool,
    /// The users whose managers have spoken: where their journals are not read, nobody tells of their units.
    #[serde(default)]
    users: BTreeSet<Manager>,
    /// The log shows the boot's beginning, and so every timer, socket and path that is there.
    has_beginning: bool,
    /// The targets that the machine was up for were left.
    left: Option<Moment>,
    /// The machine goes down: what ends now ends by that.
    shutdown: Option<Moment>,
    /// The shutdowns after which it came up again without another boot, from the first target left to the first reached.
    #[serde(default)]
    soft_reboots: VecDeque<(Moment, Moment)>,
    /// An occurrence was told since this was asked for last.
    #[serde(skip)]
    has_news: bool,
}

/// What is to be looked at, once its time has come.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum Task {
    Life(Subject, u64),
    /// A life that has to go for want of room.
    Early(Subject, u64),
    Orphans,
    Close(u64),
}

/// A kill whose victim's unit is known.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Killed {
    at: Moment,
    block: u64,
    cgroup: Box<str>,
    victim: Subject,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Noted {
    at: Moment,
    unit: Option<Box<str>>,
    fact: GapFact,
}

impl Machine {
    pub(crate) fn new(key: BootKey) -> Self {
        Self {
            key,
            host: None,
            window: Window::default(),
            watermark: 0,
            now: 0,
            units: BTreeMap::new(),
            agenda: BTreeSet::new(),
            episodes: BTreeMap::new(),
            opened: 0,
            gaps: VecDeque::new(),
            kills: VecDeque::new(),
            orphans: Vec::new(),
            victims: Victims::default(),
            nearby: Nearby::default(),
            needs: Needs::default(),
            mounts: Mounts::default(),
            past: VecDeque::new(),
            triggered: BTreeSet::new(),
            is_managed: false,
            users: BTreeSet::new(),
            has_beginning: false,
            left: None,
            shutdown: None,
            soft_reboots: VecDeque::new(),
            has_news: false,
        }
    }

    /// Takes an event in, and tells what has become due.
    pub(crate) fn push(&mut self, event: Box<Event>, config: &Config, out: &mut Vec<Change>) {
        let received = event.received.key();
        self.window.hold(event, config.lateness_us);
        self.advance(received, config, out);
    }

    /// Time has passed.
    pub(crate) fn advance(&mut self, to: u64, config: &Config, out: &mut Vec<Change>) {
        self.watermark = self.watermark.max(to);
        self.run(self.watermark, config, out);
    }

    /// Nothing more comes: tells everything, and what the log's end left open.
    pub(crate) fn end(&mut self, config: &Config, out: &mut Vec<Change>) {
        // What is held is told among what falls due, as it would be in a log that goes on.
        while let Some(due) = self.window.due() {
            self.run(due, config, out);
        }
        self.now = self.watermark;
        let lives: Vec<_> = self
            .units
            .iter()
            .flat_map(|(subject, unit)| unit.lives.iter().map(|life| (subject.clone(), life.number)))
            .collect();
        for (subject, number) in lives {
            self.look(&subject, number, u64::MAX, config, out);
        }
        self.adopt_orphans(u64::MAX, config, out);
        for number in self.episodes.keys().copied().collect::<Vec<_>>() {
            self.close(number, true, config, out);
        }
        self.agenda.clear();
    }

    /// Does what is due up to a moment, in the order in which it became due.
    fn run(&mut self, until: u64, config: &Config, out: &mut Vec<Change>) {
        loop {
            let due = self.window.due().filter(|due| *due <= until);
            let task = self.agenda.first().map(|(at, _)| *at).filter(|at| *at <= until);
            match (due, task) {
                (Some(due), task) if task.is_none_or(|task| due <= task) => {
                    self.now = self.now.max(due);
                    if let Some(event) = self.window.take() {
                        self.apply(event, config);
                    }
                }
                (_, Some(_)) => {
                    if let Some((at, task)) = self.agenda.pop_first() {
                        self.now = self.now.max(at);
                        self.attend(at, task, config, out);
                    }
                }
                _ => break,
            }
        }
    }

    fn attend(&mut self, at: u64, task: Task, config: &Config, out: &mut Vec<Change>) {
        match task {
            Task::Life(subject, number) => self.look(&subject, number, at, config, out),
            Task::Early(subject, number) => {
                self.look(&subject, number, u64::MAX, config, out);
                if let Some(unit) = self.units.get_mut(&subject) {
                    unit.lives.retain(|life| life.number != number);
                }
            }
            Task::Orphans => self.adopt_orphans(at, config, out),
            Task::Close(number) => self.close(number, false, config, out),
        }
    }

    /// Whether the manager that a subject belongs to has spoken.
    fn is_managed(&self, subject: &Subject) -> bool {
        self.is_managed && (subject.manager == Manager::System || self.users.contains(&subject.manager))
    }

    /// Whether a unit comes and goes by itself, as far as the log can tell.
    fn is_triggered(&self, subject: &Subject) -> bool {
        let Some(name) = subject.unit.as_deref() else { return false };
        // Where not all of them are known, none is called silent.
        if !self.has_beginning || self.triggered.len() >= MAX_TRIGGERED {
            return true;
        }
        let template = name.split_once('@').map(|(stem, _)| format!("{stem}@.service"));
        self.triggered.contains(name) || template.is_some_and(|template| self.triggered.contains(&*template))
    }
}
