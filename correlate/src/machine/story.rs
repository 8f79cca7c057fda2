//! Occurrences to episodes, and episodes to incidents.

use nwlog_ingest::time::Moment;

use super::{Machine, Task};
use crate::change::{Change, ChangeKind};
use crate::config::Config;
use crate::episode::{Episode, Surroundings};
use crate::incident::{Incident, IncidentId, Kind, State};
use crate::key::{Subject, incident_id};
use crate::occurrence::Occurrence;
use crate::unit::Standing;

/// How long an episode is kept after its end for what is told late, in microseconds.
const GRACE_US: u64 = 180_000_000;
/// How far around an incident a gap still matters, in microseconds.
const GAP_NEAR_US: u64 = 60_000_000;
/// The episodes of one boot that go on at once. Beyond it the ones that were quiet longest are closed.
const MAX_EPISODES: usize = 4_096;
/// How long an episode that is over is remembered, in microseconds: a backlog of the kernel's has been stored 26 minutes late.
const PAST_US: u64 = 1_800_000_000;
/// The episodes of one boot that are over and remembered.
const MAX_PAST: usize = 64;

impl Machine {
    /// Tells an occurrence: to the episode that it belongs to, or as the first of a new one.
    pub(super) fn story(&mut self, mut told: Occurrence, config: &Config, out: &mut Vec<Change>) {
        self.has_news = true;
        if !config.strict {
            self.nearby.tell(&mut told);
            self.needs.tell(&mut told);
        }
        if let Some(disk) = &mut told.disk {
            let on = |directory: &str| self.mounts.of(directory).map(Into::into);
            disk.mount = disk.directory.as_deref().and_then(on);
        }
        self.settle_stops(&told.subject, &told.first);
        if told.is_late {
            self.reopen(&told);
        }
        let number = match self.episode_of(&told) {
            Some(number) => {
                self.join(number, told, config, out);
                number
            }
            None => self.open(told),
        };
        self.link_needs(config);
        let Some(episode) = self.episodes.get_mut(&number) else { return };
        episode.revision += 1;
        let closes = episode.ends_at().saturating_add(GRACE_US);
        self.agenda.insert((closes, Task::Close(number)));
        if config.updates {
            let kind = if std::mem::replace(&mut episode.is_told, true) {
                ChangeKind::Updated
            } else {
                ChangeKind::Opened
            };
            self.emit(number, kind, State::Open, false, config, out);
        }
        if self.episodes.len() > MAX_EPISODES {
            let quiet =
                self.episodes.iter().min_by_key(|(_, episode)| episode.last.key()).map(|(number, _)| *number);
            if let Some(number) = quiet {
                self.episodes.get_mut(&number).into_iter().for_each(|episode| episode.is_early = true);
                self.close(number, true, config, out);
            }
        }
    }

    /// Adds an occurrence to an episode. One that began earlier, with another unit, is what the episode is about.
    fn join(&mut self, number: u64, told: Occurrence, config: &Config, out: &mut Vec<Change>) {
        let Some(episode) = self.episodes.get_mut(&number) else { return };
        let is_root = told.subject != episode.subject && told.first.order(&episode.first).is_lt();
        // One who reads no further than this end tells of both at once, by the life.
        let is_both = told.is_ending && episode.has_outlived(&told);
        let is_told = episode.is_told;
        let id = (is_root || is_both).then(|| self.id_of(&told));
        if is_root && is_told {
            self.emit(number, ChangeKind::Withdrawn, State::Withdrawn, false, config, out);
            out.iter_mut().rev().take(1).for_each(|change| change.incident.into = id);
        }
        let Some(episode) = self.episodes.get_mut(&number) else { return };
        // What the episode would have taken anyway has no name of its own.
        let new = told.alone.iter().filter(|alone| !episode.takes(alone, None));
        let names: Vec<_> = new.map(|alone| alone.id(&self.key)).collect();
        names.into_iter().for_each(|name| episode.absorb(name));
        if is_both {
            id.into_iter().for_each(|id| episode.absorb(id));
        }
        let root = id.filter(|_| is_root).map(|id| (id, told.subject.clone()));
        episode.join(told);
        if let Some((id, subject)) = root {
            let before = episode.begin_with(id, subject);
            for other in self.episodes.values_mut() {
                other.links.iter_mut().filter(|link| **link == before).for_each(|link| *link = id);
            }
        }
    }

    fn id_of(&self, told: &Occurrence) -> IncidentId {
        // Where the life went on, it can have more than one story: the record names this one.
        let life = told.life.filter(|_| told.is_ending);
        incident_id(&self.key, &told.subject, life, told.record)
    }

    fn open(&mut self, told: Occurrence) -> u64 {
        let id = self.id_of(&told);
        let names: Vec<_> = told.alone.iter().map(|alone| alone.id(&self.key)).collect();
        let mut episode = Episode::open(id, told);
        names.into_iter().for_each(|name| episode.absorb(name));
        for other in self.episodes.values_mut() {
            if other.subject == episode.subject && other.goes_on_at(&episode.first) {
                other.name(id);
                episode.name(other.id);
            }
        }
        self.opened += 1;
        self.episodes.insert(self.opened, episode);
        self.opened
    }

    /// The episode that an occurrence belongs to.
    ///
    /// Ends of one unit's lives are one story, whatever their roots. What its life goes on after joins what is like it.
    /// Refusals join those of others in the same directory.
    fn episode_of(&self, told: &Occurrence) -> Option<u64> {
        let goes_on = |episode: &Episode| episode.goes_on_at(&told.first);
        let find = |joins: &dyn Fn(&Episode) -> bool| {
            self.episodes
                .iter()
                .rev()
                .find(|(_, episode)| goes_on(episode) && joins(episode))
                .map(|(number, _)| *number)
        };
        if told.is_late {
            let its = self.episodes.iter().rev().find(|(_, episode)| episode.has_told(told));
            if let Some((number, _)) = its {
                return Some(*number);
            }
        }
        if told.is_ending
            && let Some(number) = find(&|episode| episode.has_end_of(&told.subject))
        {
            return Some(number);
        }
        match told.kind {
            Kind::UnitFailure => None,
            Kind::GoPanic if told.is_ending => None,
            _ => {
                let alone = told.as_alone();
                find(&|episode| episode.takes(&alone, told.cause))
            }
        }
    }

    /// A stop on request ends the episodes of its unit, and so does a oneshot's next run that ends well.
    fn settle_stops(&mut self, subject: &Subject, until: &Moment) {
        let Some(unit) = self.units.get(subject) else { return };
        for episode in self.episodes.values_mut().filter(|episode| episode.subject == *subject) {
            if episode.stopped.is_none() {
                episode.stop(unit.stop_between(&episode.last_failure(), until));
            }
        }
    }

    /// Closes an episode whose time is over, or all that is left at the log's end.
    pub(super) fn close(&mut self, number: u64, is_end: bool, config: &Config, out: &mut Vec<Change>) {
        self.settle(number);
        let Some(episode) = self.episodes.get_mut(&number) else { return };
        let closes = episode.ends_at().saturating_add(GRACE_US);
        if !is_end && self.now < closes {
            self.agenda.insert((closes, Task::Close(number)));
            return;
        }
        let over = episode.is_early || self.now >= episode.ends_at() || self.shutdown.is_some();
        let state = if over { State::Closed } else { State::Open };
        episode.revision += 1;
        let kind = if over { ChangeKind::Closed } else { ChangeKind::Updated };
        self.emit(number, kind, state, is_end, config, out);
        if let Some(episode) = self.episodes.remove(&number).filter(|_| !is_end) {
            self.past.retain(|past| past.ends_at().saturating_add(PAST_US) >= self.now);
            if self.past.len() == MAX_PAST {
                self.past.pop_front();
            }
            self.past.push_back(episode);
        }
    }

    /// Opens an episode again that is over, and that told of a life of which more came to be known.
    fn reopen(&mut self, told: &Occurrence) {
        if let Some(at) = self.past.iter().position(|past| past.has_told(told))
            && let Some(past) = self.past.remove(at)
        {
            self.opened += 1;
            self.episodes.insert(self.opened, past);
        }
    }

    /// What was heard of its subject since its last occurrence ends an episode, if it is a stop or a run that went well.
    pub(super) fn settle(&mut self, number: u64) {
        let Some(episode) = self.episodes.get_mut(&number) else { return };
        let Some(unit) = self.units.get(&episode.subject) else { return };
        let last = episode.last_failure();
        if episode.stopped.is_none() {
            episode.stop(unit.stop_after(&last));
        }
        episode.mended = episode.mended.or_else(|| unit.mended_after(&last));
    }

    fn emit(
        &self,
        number: u64,
        kind: ChangeKind,
        state: State,
        is_end: bool,
        config: &Config,
        out: &mut Vec<Change>,
    ) {
        out.extend(self.episodes.get(&number).map(|episode| {
            let incident = self.render(episode, state, is_end, config);
            Change { kind, incident, corrects: None }
        }));
    }

    /// Where the subject of an episode stands. What a kill or a crash did to a life that nothing was heard of since is known
    /// only once its end would have been told.
    fn standing(&self, episode: &Episode, config: &Config, is_over: bool) -> Standing {
        let Some(unit) = self.units.get(&episode.subject) else { return Standing::Unknown };
        let waited = self.now.saturating_sub(episode.last.key()) >= config.lateness_us || is_over;
        let is_unit = episode.subject.unit.as_deref().is_some_and(|name| !name.starts_with('/'));
        match unit.standing.standing(self.now, config.lateness_us, is_over) {
            Standing::Down if unit.standing.at().is_some_and(|at| self.is_deaf_after(&at)) => {
                Standing::Unknown
            }
            Standing::Up if !waited && !episode.has_ends() => Standing::Unknown,
            Standing::Unknown
                if waited && is_unit && self.is_managed(&episode.subject) && !episode.has_ends() =>
            {
                Standing::Up
            }
            standing => standing,
        }
    }

    pub(super) fn render(&self, episode: &Episode, state: State, is_end: bool, config: &Config) -> Incident {
        let is_over = is_end && self.shutdown.is_some();
        let standing = self.standing(episode, config, is_over);
        let gaps = self.gaps_near(&episode.subject, &episode.first, &episode.last, GAP_NEAR_US);
        let host = self.host.as_deref();
        episode.render(Surroundings { boot: &self.key, host, state, standing, gaps: gaps.collect() })
    }
}
