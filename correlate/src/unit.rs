//! A unit's lives, and where it stands.

mod facts;
mod standing;

use std::collections::VecDeque;

use nwlog_ingest::event::{Fact, Identity, OomFact, UnitFact};
use nwlog_ingest::time::Moment;
use nwlog_ingest::{Event, Id128};
use serde::{Deserialize, Serialize};

pub(crate) use standing::{Stand, Standing};

use crate::life::{Dump, Life};
use crate::occurrence::Occurrence;

/// The lives of a unit that are kept at once. Those before them have been judged long ago, or are judged early.
const MAX_LIVES: usize = 512;
/// The lives of a unit that are kept whatever became of them.
const MIN_LIVES: usize = 2;
/// The lives of a unit that are kept although all is told of them, where they failed.
const MAX_JUDGED: usize = 6;
/// The stop requests that are remembered.
const MAX_STOPS: usize = 32;

/// What is known of a unit on one boot.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Unit {
    pub(crate) lives: VecDeque<Life>,
    count: u64,
    pub(crate) standing: Stand,
    /// When a stop of it was asked for.
    pub(crate) stops: VecDeque<Moment>,
    /// When a run of it, which ends with its start job, went well.
    finishes: VecDeque<Moment>,
    /// The longest that systemd waited before it restarted the unit, in microseconds.
    pub(crate) longest_restart_us: u64,
    /// It ended well by itself before, and nobody minded.
    pub(crate) ended_well_before: bool,
    /// Its start jobs end with its process.
    pub(crate) is_oneshot: bool,
    /// Dumps whose life was not written down: journald knew the dead process's unit only.
    pub(crate) unplaced: Vec<Dump>,
    /// The last ends of lives that went well and were restarted by systemd.
    pub(crate) clean_ends: Vec<Occurrence>,
    /// There were enough of them to call it a loop.
    pub(crate) is_looping: bool,
}

impl Unit {
    /// Tells a unit of an event about it. Returns the number of the life that it changed.
    pub(crate) fn tell(&mut self, event: &Event) -> Option<u64> {
        self.note_unit(event);
        if let Fact::Go(go) = &event.fact
            && event.origin.invocation.is_none()
            && event.origin.unit.is_some()
            && event.origin.container.is_none()
        {
            let dump = facts::dump(event, go);
            if !dump.is_recovered() && !dump.is_race() && self.unplaced.len() < crate::life::MAX_FACTS {
                self.unplaced.push(dump);
                return self.lives.back().map(|life| life.number);
            }
        }
        let number = self.life_of(event);
        let life = self.lives.iter_mut().find(|life| life.number == number)?;
        facts::tell(life, event);
        Some(number)
    }

    /// The life that an event belongs to: by its invocation, else the last one that had begun by then.
    fn life_of(&mut self, event: &Event) -> u64 {
        let (at, record) = (event.at, event.identity);
        let begins = matches!(event.fact, Fact::Unit(UnitFact::Starting | UnitFact::Started { .. }));
        let Some(invocation) = event.origin.invocation else {
            if matches!(event.fact, Fact::Unit(UnitFact::Coredump { .. }))
                && let Some(life) = self.lives.iter().rev().find(|life| life.has_dumped(&at))
            {
                return life.number;
            }
            let began = |life: &&Life| life.began().unwrap_or(life.first).order(&at).is_le();
            let known = self.lives.iter().rev().find(began).or_else(|| self.lives.back());
            return match known.filter(|life| !is_next_life(life, &event.fact)) {
                Some(life) => life.number,
                None => self.begin(None, at, record),
            };
        };
        if let Some(life) = self.lives.iter().find(|life| life.invocation == Some(invocation)) {
            return life.number;
        }
        // What was seen before any record that names the life is that life's, unless another one begins here.
        let nameless = |life: &&mut Life| life.invocation.is_none() && life.ended().is_none() && !begins;
        match self.lives.back_mut().filter(nameless) {
            Some(life) => {
                life.invocation = Some(invocation);
                life.number
            }
            None => self.begin(Some(invocation), at, record),
        }
    }

    pub(crate) fn begin(&mut self, invocation: Option<Id128>, at: Moment, record: Identity) -> u64 {
        self.count += 1;
        self.lives.push_back(Life::new(self.count, invocation, at, record));
        self.count
    }

    /// A life that has to go for want of room.
    pub(crate) fn overflow(&self) -> Option<u64> {
        (self.lives.len() > MAX_LIVES).then(|| self.lives.front().map(|life| life.number)).flatten()
    }

    pub(crate) fn life(&self, number: u64) -> Option<&Life> {
        self.lives.iter().find(|life| life.number == number)
    }

    pub(crate) fn life_mut(&mut self, number: u64) -> Option<&mut Life> {
        self.lives.iter_mut().find(|life| life.number == number)
    }

    /// Forgets the lives that were judged and that later ones have followed: some are kept for what comes too late.
    pub(crate) fn forget(&mut self) {
        let goes = |life: &Life, lives: usize| {
            life.judged && (lives > MAX_JUDGED || lives > MIN_LIVES && !life.has_failed())
        };
        while self.lives.front().is_some_and(|life| goes(life, self.lives.len())) {
            self.lives.pop_front();
        }
        for life in self.lives.iter_mut().filter(|life| life.judged) {
            life.settle();
        }
    }

    /// Whether all of its lives are over, and went well.
    pub(crate) fn is_spent(&self) -> bool {
        let is_over = |life: &Life| life.judged && !life.has_failed() && !life.has_kill;
        self.unplaced.is_empty() && self.clean_ends.is_empty() && self.lives.iter().all(is_over)
    }

    /// Whether a stop was asked for between two moments.
    pub(crate) fn stop_between(&self, from: &Moment, to: &Moment) -> Option<Moment> {
        self.stops.iter().find(|at| at.order(from).is_ge() && at.order(to).is_lt()).copied()
    }

    /// The first stop that was asked for after a moment.
    pub(crate) fn stop_after(&self, from: &Moment) -> Option<Moment> {
        self.stops.iter().find(|at| at.order(from).is_ge()).copied()
    }

    /// The first run after a moment that ended with its start job, and well.
    pub(crate) fn mended_after(&self, from: &Moment) -> Option<Moment> {
        self.finishes.iter().find(|at| at.order(from).is_ge()).copied()
    }

    fn stop(&mut self, at: Moment) {
        remember(&mut self.stops, at);
    }

    /// Whether the kernel killed in the life of this unit that was on at a moment.
    pub(crate) fn is_victim(&self, at: &Moment, within_us: u64) -> bool {
        self.lives
            .iter()
            .flat_map(|life| &life.kills)
            .any(|kill| at.since(&kill.at).max(kill.at.since(at)) <= within_us)
    }

    /// What a kernel's kill is, where an event is one.
    pub(crate) fn kill_of(event: &Event) -> Option<&nwlog_ingest::event::oom::OomKill> {
        match &event.fact {
            Fact::Oom(OomFact::Kill(oom)) => Some(oom),
            _ => None,
        }
    }
}

fn remember(moments: &mut VecDeque<Moment>, at: Moment) {
    if moments.len() == MAX_STOPS {
        moments.pop_front();
    }
    moments.push_back(at);
}

/// Whether a record that names no life, as those of systemd before v235 and all text, is about the life after this one.
fn is_next_life(life: &Life, fact: &Fact) -> bool {
    match fact {
        Fact::Unit(UnitFact::Starting) => life.ended().is_some(),
        Fact::Unit(UnitFact::Started { .. }) => life.ended().is_some() || life.up.is_some(),
        Fact::Unit(UnitFact::MainExit(_)) => life.exit.is_some(),
        // What it waits for failed: nothing of it was started.
        Fact::Unit(UnitFact::StartFailed { result }) if &**result == "dependency" => {
            !life.waited_in_vain() && (life.up.is_some() || life.ended().is_some())
        }
        _ => false,
    }
}
