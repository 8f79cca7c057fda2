//! Whom the last kills hit, for what is told of them afterwards.

use std::collections::VecDeque;

use nwlog_ingest::Event;
use nwlog_ingest::event::Fact;
use nwlog_ingest::event::oom::{Aftermath, AftermathKind, OomFact, OomNote, OomNoteKind};
use nwlog_ingest::time::Moment;
use serde::{Deserialize, Serialize};

use super::Machine;
use crate::key::Subject;

/// The victims that are remembered.
const MAX_VICTIMS: usize = 64;
/// How long after a kill its aftermath may be told, in microseconds. Pids come again.
const AFTERMATH_US: u64 = 60_000_000;

/// Whom the last kills hit, by pid.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Victims(VecDeque<(u32, Moment, Subject)>);

impl Victims {
    pub(super) fn note(&mut self, pid: u32, at: Moment, subject: &Subject) {
        if self.0.len() == MAX_VICTIMS {
            self.0.pop_front();
        }
        self.0.push_back((pid, at, subject.clone()));
    }

    fn find(&self, pid: u32, at: &Moment) -> Option<&Subject> {
        let is_it = |(known, then, _): &&(u32, Moment, Subject)| *known == pid && is_near(then, at);
        self.0.iter().rev().find(is_it).map(|(_, _, subject)| subject)
    }
}

fn is_near(kill: &Moment, at: &Moment) -> bool {
    at.since(kill) <= AFTERMATH_US
}

impl Machine {
    /// Adds what became of a victim to its kill.
    pub(super) fn tell_aftermath(&mut self, event: &Event, told: &Aftermath) {
        let of = |kill: &Event| match &kill.fact {
            Fact::Oom(OomFact::Kill(oom)) => oom.victim.pid == told.pid && is_near(&kill.at, &event.at),
            _ => false,
        };
        if told.kind == AftermathKind::Spared {
            self.orphans.retain(|kill| !of(kill));
        } else if let Some(subject) = self.victims.find(told.pid, &event.at) {
            self.units.get_mut(subject).into_iter().for_each(|unit| unit.tell_aftermath(event, told));
        } else if let Some(kill) = self.orphans.iter_mut().rev().find(|kill| of(kill))
            && let Fact::Oom(OomFact::Kill(oom)) = &mut kill.fact
        {
            let (at, text) = (event.at, event.text.clone());
            oom.notes.push(OomNote { at, kind: OomNoteKind::Aftermath, text });
        }
    }
}
