//! Where a unit stands: the last word on it.

use nwlog_ingest::Event;
use nwlog_ingest::event::Fact;
use nwlog_ingest::event::unit::UnitFact;
use nwlog_ingest::time::Moment;
use serde::{Deserialize, Serialize};

use super::Unit;
use crate::life::Life;

/// The last word on a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Stand {
    /// Nothing was said yet.
    #[default]
    Unknown,
    /// It runs, or its last run ended well as it should.
    Up(Moment),
    /// A start job is under way.
    Starting(Moment),
    /// It failed, or ended and nobody asked for it.
    Down(Moment),
    /// It failed, and systemd said that it will restart it.
    Restarting(Moment),
    /// systemd will not restart it any more.
    StartLimit(Moment),
    /// It was stopped by request.
    Stopped(Moment),
}

/// The last word, without its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Up,
    Down,
    StartLimit,
    Stopped,
    Unknown,
}

impl Stand {
    pub(crate) fn at(self) -> Option<Moment> {
        match self {
            Self::Unknown => None,
            Self::Up(at)
            | Self::Starting(at)
            | Self::Down(at)
            | Self::Restarting(at)
            | Self::StartLimit(at)
            | Self::Stopped(at) => Some(at),
        }
    }

    /// Where the unit stands, for one who has seen the log up to `seen`. What rests on nothing more having come is
    /// said only once it had the time to come, or where nothing can come because the machine went down.
    pub(crate) fn standing(self, seen: u64, lateness_us: u64, is_over: bool) -> Standing {
        let waited = |at: Moment| is_over || seen >= at.key().saturating_add(lateness_us);
        match self {
            Self::Unknown => Standing::Unknown,
            Self::Up(_) => Standing::Up,
            Self::StartLimit(_) => Standing::StartLimit,
            Self::Stopped(_) => Standing::Stopped,
            Self::Down(at) if waited(at) => Standing::Down,
            Self::Starting(_) | Self::Restarting(_) if is_over => Standing::Down,
            Self::Down(_) | Self::Starting(_) | Self::Restarting(_) => Standing::Unknown,
        }
    }
}

impl Unit {
    /// Keeps what an event says of the unit as a whole.
    pub(super) fn note_unit(&mut self, event: &Event) {
        let Fact::Unit(fact) = &event.fact else { return };
        let at = event.at;
        if self.standing.at().is_some_and(|before| at.order(&before).is_lt()) {
            return;
        }
        self.standing = match (fact, self.standing) {
            (UnitFact::Starting, _) => Stand::Starting(at),
            (UnitFact::Started { finished }, _) => {
                if *finished {
                    self.is_oneshot = true;
                    super::remember(&mut self.finishes, at);
                }
                self.note_up(at);
                Stand::Up(at)
            }
            // The oneshot's process ended before its start job did: that is how it should be.
            (UnitFact::Succeeded, stand) if self.is_oneshot || matches!(stand, Stand::Starting(_)) => {
                Stand::Up(at)
            }
            (UnitFact::Stopping, stand) => {
                self.stop(at);
                stand
            }
            (UnitFact::Stopped { job_type }, stand) => {
                let by_systemd = job_type.as_deref() == Some("restart") || job_type.is_none();
                let asked = self.stops.back().is_some_and(|stop| !self.ended_since(stop));
                if !by_systemd {
                    self.stop(at);
                    Stand::Stopped(at)
                } else if asked && !matches!(stand, Stand::Restarting(_) | Stand::StartLimit(_)) {
                    Stand::Stopped(at)
                } else {
                    stand
                }
            }
            (UnitFact::RestartScheduled { .. }, stand) => {
                if let Some(down) = stand.at().filter(|_| matches!(stand, Stand::Down(_))) {
                    self.longest_restart_us = self.longest_restart_us.max(at.since(&down));
                }
                Stand::Restarting(at)
            }
            (UnitFact::StartLimit, _) => Stand::StartLimit(at),
            (_, Stand::StartLimit(limit)) => Stand::StartLimit(limit),
            (UnitFact::MainExit(_) | UnitFact::Failed { .. } | UnitFact::Succeeded, _) => Stand::Down(at),
            (UnitFact::StartFailed { .. }, _) => Stand::Down(at),
            (_, stand) => stand,
        };
    }

    /// A start job ended well: the life before it has its end.
    fn note_up(&mut self, at: Moment) {
        let ended = |life: &&mut Life| life.ended().is_some_and(|end| end.order(&at).is_lt());
        for life in self.lives.iter_mut().rev().filter(ended) {
            if life.up_again.is_some() {
                break;
            }
            life.up_again = Some(at);
        }
    }

    /// Whether a life ended and another began after a moment.
    fn ended_since(&self, at: &Moment) -> bool {
        self.lives.back().and_then(Life::began).is_some_and(|began| began.order(at).is_gt())
    }
}
