//! One more occurrence.

use serde::{Deserialize, Serialize};

use super::{Episode, MAX_UNITS};
use crate::incident::{Cause, CauseCount, DiskDetail, Kind, MAX_FIELDS};
use crate::occurrence::Occurrence;

/// The lives that an incident lists.
const MAX_INVOCATIONS: usize = 64;

/// How the end of a life was told.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Told {
    occurrence: u64,
    kind: Kind,
    cause: Option<Cause>,
}

impl Episode {
    /// Adds an occurrence.
    pub(crate) fn join(&mut self, told: Occurrence) {
        let is_own = told.subject == self.subject;
        let key = (told.subject.clone(), told.life_number);
        // A life that was told of as going on, and then ended by the same root, is still one occurrence.
        let before = self.lives.get(&key).copied();
        let is_new = !(told.is_ending && before.is_some());
        if is_new {
            self.count(&told);
        }
        let occurrence = before.flatten().map_or(self.occurrences, |before| before.occurrence);
        if told.is_ending {
            if let Some(before) = before.flatten() {
                self.revise(before, &told);
            } else {
                self.restarts += u64::from(told.is_restarted);
            }
            self.lives.insert(key, Some(Told { occurrence, kind: told.kind, cause: told.cause }));
            while self.lives.len() > MAX_INVOCATIONS {
                self.lives.pop_first();
            }
        } else if told.life.is_some() {
            self.lives.entry(key).or_default();
        }
        if !self.units.contains(&told.subject) && self.units.len() < MAX_UNITS {
            self.units.push(told.subject.clone());
        }
        if let Some(life) = told.life.filter(|life| told.is_ending && !self.invocations.contains(life)) {
            if self.invocations.len() < MAX_INVOCATIONS {
                self.invocations.push(life)
            } else {
                self.left_out += 1
            }
        }
        if let Some((error, directory)) = told.refusal() {
            self.refusal.get_or_insert_with(|| (error, directory.into()));
        }
        if told.is_ending && !self.ended.contains(&told.subject) && self.ended.len() < MAX_UNITS {
            self.ended.push(told.subject.clone());
        }
        let is_root = told.first.order(&self.first).is_lt();
        self.note_time(&told, is_own, before.flatten().is_some());
        self.note_details(told, is_root, occurrence);
    }

    /// The root of an end that was told before is another one.
    fn revise(&mut self, before: Told, told: &Occurrence) {
        let (was, is) = ((before.kind, before.cause), (told.kind, told.cause));
        if was == is {
            return;
        }
        for known in self.causes.iter_mut().filter(|known| (known.kind, known.cause) == was) {
            known.count = known.count.saturating_sub(1);
        }
        self.causes.retain(|known| known.count > 0);
        match self.causes.iter_mut().find(|known| (known.kind, known.cause) == is) {
            Some(known) => known.count += 1,
            None => self.causes.push(CauseCount { kind: told.kind, cause: told.cause, count: 1 }),
        }
        if before.occurrence <= 1 {
            (self.kind, self.cause) = is;
        }
    }

    fn count(&mut self, told: &Occurrence) {
        self.occurrences += 1;
        match self.causes.iter_mut().find(|known| (known.kind, known.cause) == (told.kind, told.cause)) {
            Some(known) => known.count += 1,
            None => self.causes.push(CauseCount { kind: told.kind, cause: told.cause, count: 1 }),
        }
        // The first occurrence whose root is known names the incident.
        if self.cause.is_none() && told.cause.is_some() && self.kind == told.kind {
            self.cause = told.cause;
        }
    }

    fn note_time(&mut self, told: &Occurrence, is_own: bool, is_again: bool) {
        if told.first.order(&self.first).is_lt() {
            self.first = told.first;
        }
        for at in [told.last, told.first] {
            if at.order(&self.last).is_gt() {
                self.last = at;
            }
        }
        if is_again {
            let is_first = told.first.order(&self.first).is_le();
            if let Some(detected) = told.detected.filter(|_| is_first) {
                self.detect_us = Some(detected.since(&told.first));
            }
            return;
        }
        if self.occurrences > 1 {
            self.longest_gap_us = self.longest_gap_us.max(told.first.since(&self.last_failure));
        }
        let end = if told.is_ending { told.first } else { told.last };
        if end.order(&self.last_failure).is_gt() {
            self.last_failure = end;
        }
        if !is_own || !told.is_ending {
            self.all_requested &= told.is_requested && told.is_ending;
            return;
        }
        self.all_requested &= told.is_requested;
        if let Some(detected) = told.detected.filter(|_| self.detect_us.is_none()) {
            self.detect_us = Some(detected.since(&told.first));
        }
        self.awaits = Some(told.first);
        self.awaits_restart = !told.is_restarted;
        if let Some(up) = told.up_again {
            self.up_again(up);
        }
    }

    fn note_details(&mut self, mut told: Occurrence, is_root: bool, occurrence: u64) {
        if self.context.is_empty() && self.occurrences == 1 {
            self.context = told.context();
            told.fields.extend(told.context_fields());
        }
        for field in std::mem::take(&mut told.fields) {
            if self.fields.len() < MAX_FIELDS && !self.fields.contains(&field) {
                self.fields.push(field);
            }
        }
        told.items.list.iter_mut().for_each(|item| item.occurrence = occurrence);
        self.timeline.extend(told.items);
        self.result = told.result.or(self.result.take());
        self.process = told.process.or(self.process.take());
        self.last_word = told.last_word.or(self.last_word.take());
        self.oom = told.oom.or(self.oom.take());
        // The first dump is the crash; the later ones are mostly its echo.
        self.go = self.go.take().or(told.go);
        if let Some(disk) = told.disk {
            match &mut self.disk {
                // What was refused first names it.
                Some(known) if is_root => {
                    *known = DiskDetail { refused: known.refused + disk.refused, ..disk }
                }
                Some(known) => known.refused += disk.refused,
                None => self.disk = Some(disk),
            }
        }
        if let Some((first, last)) = told.cursors {
            match &mut self.cursors {
                Some((_, known)) => *known = last,
                None => self.cursors = Some((first, last)),
            }
        }
    }
}
